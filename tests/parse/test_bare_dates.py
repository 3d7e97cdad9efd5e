"""Texts that name a day, a month or a year and nothing else."""

from __future__ import annotations

import pytest

from feedbuilder.parse.dates.bare_dates import Span, bare_date, heading_span


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2026", Span.YEAR),
        ("2026年", Span.YEAR),
        ("2026 (14)", Span.YEAR),
        ("November 2026", Span.MONTH),
        ("2026-11", Span.MONTH),
        ("März 2026", Span.MONTH),
        ("Friday, 20 November 2026", Span.DAY),
        ("2026年11月20日", Span.DAY),
        ("20.11.2026", Span.DAY),
        ("Friday", Span.WEEKDAY),
        ("Mon", None),
        ("20 November", None),
        ("The war of 1914", None),
        ("Board meeting, 3 May 2026", None),
        ("Ministers agree on 2026", None),
        ("Most read", None),
        ("", None),
    ],
)
def test_what_a_text_names(text: str, span: Span | None) -> None:
    assert bare_date(text) is span


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("20 November", Span.DAY),
        ("Friday, 20 November", Span.DAY),
        ("20.11.", Span.DAY),
        ("Yesterday", Span.DAY),
        ("Heute", Span.DAY),
        ("2026", Span.YEAR),
        ("Most read", None),
        ("Board meeting, 3 May", None),
        ("20 November 15:30", None),
        ("7/12", None),
    ],
)
def test_what_a_heading_names(text: str, span: Span | None) -> None:
    assert heading_span(text) is span
