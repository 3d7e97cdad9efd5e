"""Steps that a text passes through: what each makes of it, how they are written, what of them is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from feedbuilder.model.field_selectors import Reading
from feedbuilder.model.steps import carried_out, walked

MADE: list[tuple[str | None, list[Any], list[str]]] = [
    ("  Lock closed ", ["strip"], ["Lock closed"]),
    ("Lock Closed", ["lower"], ["lock closed"]),
    ("Lock closed", ["upper"], ["LOCK CLOSED"]),
    ("it wasn't closed", ["title"], ["It Wasn't Closed"]),
    ("| Lock closed. ", [{"strip": " |."}], ["Lock closed"]),
    ("<p>Lock &amp; <b>gate</b></p><p>closed</p>", ["html-to-text", "strip"], ["Lock & gate closed"]),
    ("## Lock **closed**, see [the map](https://x.example/)", ["markdown-to-text"], ["Lock closed, see the map"]),
    ("2 * 3 * 4", ["markdown-to-text"], ["2 * 3 * 4"]),
    ("Breaking: lock closed", [{"replace": "^breaking: "}], ["lock closed"]),
    ("Breaking:\nlock closed", [{"replace": "(?s)^breaking.(.)", "with": r"\1"}], ["\nlock closed"]),
    ("3.2.2026", [{"replace": r"(\d+)\.(\d+)\.", "with": r"\2/\1/"}], ["2/3/2026"]),
    ("By Ann Lee, Northford", [{"match": "By ([^,]+)"}], ["Ann Lee"]),
    ("Ann Lee", [{"match": "By ([^,]+)"}], []),
    ("World, Trade,,Lock", [{"split": ","}, "strip"], ["World", "Trade", "Lock"]),
    ("World / Trade / Lock", [{"split": " / ", "take": -1}], ["Lock"]),
    ("World / Trade / Lock", [{"split": " / ", "take": 1}], ["Trade"]),
    ("World", [{"split": " / ", "take": 1}], []),
    ("World / Trade / Lock", [{"split": " / ", "take": -5}], []),
    ("03.02.26", [{"parse": "%d.%m.%y"}], ["2026-02-03"]),
    ("02/03/2026 14:05", [{"parse": "%m/%d/%Y %H:%M"}], ["2026-02-03T14:05:00"]),
    ("yesterday", [{"parse": "%d.%m.%y"}], []),
    ("pol", [{"map": {"pol": "Politics"}}], ["Politics"]),
    ("eco", [{"map": {"pol": "Politics"}}], ["eco"]),
    (None, [{"default": "News"}], ["News"]),
    ("", ["lower", {"default": "News"}, "upper"], ["NEWS"]),
    ("Lock", [{"default": "News"}], ["Lock"]),
    (None, ["lower"], []),
]


@pytest.mark.parametrize(("text", "steps", "made"), MADE)
def test_what_a_step_makes_of_a_text(text: str | None, steps: list[Any], made: list[str]) -> None:
    assert carried_out(Reading.model_validate({"select": "p", "steps": steps}).steps, text) == made


def test_a_reading_matches_first_then_puts_into_its_template_then_steps() -> None:
    reading = Reading.model_validate({"select": "p", "match": "No (.+)", "template": "<b>{}</b>", "steps": ["upper"]})
    assert list(reading.kept("No 7a")) == ["<B>7A</B>"]


def test_what_is_there_after_each_step_can_be_followed() -> None:
    steps = Reading.model_validate({"select": "p", "steps": [{"split": ","}, "strip", {"default": "x"}]}).steps
    assert [(step.name, texts) for step, texts in walked(steps, "a, b")] == [
        ("split", ["a", " b"]),
        ("strip", ["a", "b"]),
        ("default", ["a", "b"]),
    ]


REFUSED = {
    "no such step": (["shout"], "no step is called"),
    "two at once": ([{"split": ",", "strip": "."}], "expected one of"),
    "none": ([{}], "expected one of"),
    "with alone": ([{"split": ",", "with": "x"}], "with stands beside replace"),
    "take alone": ([{"strip": ",", "take": 1}], "take stands beside split"),
    "no such group": ([{"replace": "(a)", "with": r"\2"}], "with: "),
    "no such escape": ([{"replace": "a", "with": r"C:\x"}], "with: "),
    "no expression": ([{"replace": "("}], "not a regular expression"),
    "a date without a year": ([{"parse": "%d.%m."}], "with a year"),
    "no format": ([{"parse": "%Y %Q"}], "expected a format"),
}


@pytest.mark.parametrize(("steps", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_step_is_refused(steps: list[Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Reading.model_validate({"select": "p", "steps": steps})


def test_they_are_written_as_they_were_read() -> None:
    for _, steps, _ in MADE:
        reading = Reading.model_validate({"select": "p", "steps": steps})
        written = reading.model_dump(mode="json", by_alias=True)
        assert written["steps"] == steps
        assert Reading.model_validate(written) == reading


@given(st.text(max_size=200), st.sampled_from([steps for _, steps, _ in MADE]))
def test_any_text_passes_through_and_nothing_that_comes_is_empty(text: str, steps: list[Any]) -> None:
    assert all(
        made.strip() for made in carried_out(Reading.model_validate({"select": "p", "steps": steps}).steps, text)
    )
