"""Dates in Associated Press style, cut texts and counters."""

from __future__ import annotations

from datetime import datetime

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from feedbuilder.newsroom.phrasing import ap_date, ap_time, cut, cut_markup, views


@pytest.mark.parametrize(
    ("month", "name"),
    [
        *((1, "Jan."), (2, "Feb."), (3, "March"), (4, "April"), (5, "May"), (6, "June")),
        *((7, "July"), (8, "Aug."), (9, "Sept."), (10, "Oct."), (11, "Nov."), (12, "Dec.")),
    ],
)
def test_months(month: int, name: str) -> None:
    assert ap_date(datetime(2026, month, 6)) == f"{name} 6, 2026"  # noqa: DTZ001 - its own zone is the point


@pytest.mark.parametrize(
    ("hour", "minute", "text"),
    [
        *((0, 0, "midnight"), (0, 5, "12:05 a.m."), (3, 0, "3 a.m."), (11, 59, "11:59 a.m."), (12, 0, "noon")),
        *((12, 35, "12:35 p.m."), (15, 0, "3 p.m."), (23, 59, "11:59 p.m.")),
    ],
)
def test_times(hour: int, minute: int, text: str) -> None:
    assert ap_time(datetime(2026, 2, 6, hour, minute)) == text  # noqa: DTZ001 - its own zone is the point


def test_cutting() -> None:
    assert cut("Harbour", 4) == "Harb"
    assert cut("Harbour", 4, "…") == "Harb…"
    assert cut("Harbour", 7, "…") == "Harbour"


@pytest.mark.parametrize(
    ("html", "length", "result"),
    [
        ("<p>One <b>two</b></p>", 5, "<p>One <b>t..."),
        ("<p>One <b>two</b></p>", 7, "<p>One <b>two</b></p>"),
        ("R&amp;D &lt;b&gt;", 3, "R&amp;D..."),
        ("a < b", 3, "a <..."),
    ],
)
def test_cutting_markup_leaves_open_what_is_open(html: str, length: int, result: str) -> None:
    assert cut_markup(html, length, "...") == result


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=60), st.integers(0, 70))
def test_escaped_text_is_cut_like_the_text_itself(text: str, length: int) -> None:
    html = cut_markup(str(escape(text)), length)
    assert BeautifulSoup(f"<p>{html}</p>", "html.parser").get_text() == text[:length]


def test_counters_move() -> None:
    assert views("/some/page", 1) != views("/some/page", 2)
    assert views("/some/page", 10_000)[-4] == ","
