"""Dates in formats that their source names: those fit, what leaves nothing open is read, the rest is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from feedbuilder.extract import missed_parts, survey_selectors
from feedbuilder.model import Item, Page, Source

Read = Callable[..., Item]


def said(only: Read, text: str, formats: Any, **settings: Any) -> str | None:
    item = only(f'<a href="/a">A title</a> <i>{text}</i>', date="i", date_format=formats, **settings)
    return f"{item.published.at:%Y-%m-%dT%H:%M} {item.published.precision}" if item.published else None


@pytest.mark.parametrize(
    ("text", "formats", "date"),
    [
        ("26/03/02", "%d/%m/%y", "2002-03-25T20:00 day"),
        ("05/02/26", "%d/%m/%y", "2026-02-04T20:00 day"),
        ("05/02/26", "%m/%d/%y", None),  # 2 May is to come
        ("20260205", "%Y%m%d", "2026-02-04T20:00 day"),
        ("2026|02|05 - 09h30", ["%d.%m.%Y", "%Y|%m|%d - %Hh%M"], "2026-02-05T05:30 instant"),
        ("05 Feb, 2026 0930 +0000", "%d %b, %Y %H%M %z", "2026-02-05T09:30 instant"),
        ("05.02.2026 10:00 UTC", "%d.%m.%Y %H:%M %Z", "2026-02-05T10:00 instant"),
        ("05.02.2026 10:00 gmt", "%d.%m.%Y %H:%M %Z", "2026-02-05T10:00 instant"),
        ("05.02.2026 10:00 CET", "%d.%m.%Y %H:%M %Z", "2026-02-05T09:00 instant"),
        ("03/02/26", "%Y|%m|%d", None),
        ("2 hours ago", "%Y|%m|%d", "2026-02-06T09:05 instant"),
        ("5 February 2026", "%Y|%m|%d", "2026-02-04T20:00 day"),
        ("13/01/26", "%Y|%m|%d", None),
    ],
)
def test_a_date_is_read_as_its_source_says(only: Read, text: str, formats: Any, date: str | None) -> None:
    assert said(only, text, formats) == date


def test_a_format_counts_before_what_the_list_would_say(items: Callable[..., tuple[Item, ...]]) -> None:
    html = "".join(
        f'<div class="card"><a href="/{n}">Title {n}</a><time datetime="2001-01-01">{text}</time></div>'
        for n, text in enumerate(("01/02/26", "01/31/26"))
    )
    found = items(html, date="time", date_format=["%d/%m/%y", "%m/%d/%y"])
    assert [item.published and item.published.at.date().isoformat() for item in found] == ["2026-01-31", "2026-01-30"]


def test_a_heading_completes_what_the_format_then_fits(items: Callable[..., tuple[Item, ...]]) -> None:
    html = '<h2>2026</h2><div class="card"><a href="/1">A title</a><i>5|2</i></div>'
    (item,) = items(html, date="i", group="h2", date_format="%d|%m %Y")
    assert item.published is not None
    assert item.published.at.date().isoformat() == "2026-02-04"


def test_what_does_not_fit_is_told(page: Callable[..., Page], source: Callable[..., Source]) -> None:
    html = '<div class="card"><a href="/1">A title</a><i>03/02/26</i></div>'
    made = source(date="i", date_format="%Y|%m|%d")
    survey = survey_selectors(page(html), made)
    (note,) = [note for note in survey.notes if note.key == "date"]
    assert note.fault
    assert '"03/02/26"' in note.text
    assert 'not written as "%Y|%m|%d"' in note.text
    (told,) = missed_parts(survey.items, made)
    assert 'written as date_format says, "%Y|%m|%d"' in told


@pytest.mark.parametrize("written", ["%d.%m.", "no signs", "%d.%q.%Y", ""])
def test_a_format_that_is_none_is_refused(source: Callable[..., Source], written: str) -> None:
    with pytest.raises(ValueError, match="expected a format of dates"):
        source(date_format=written)
