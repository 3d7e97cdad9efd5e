"""Filters: one vocabulary over the parts of an item, and which of them left it out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from feedbuilder.model import Filter, Item, SaidDate
from feedbuilder.model.item_filter import Filterable, left_out_by

NOW = datetime(2026, 2, 6, 10, tzinfo=UTC)
DUBAI = ZoneInfo("Asia/Dubai")
ENGLISH = "The council votes to close the library on Main Street, and it is said that they will not go."
GERMAN = "Der Rat will die Bücherei in der Hauptstraße schließen, und das ist nicht alles."


def an_item(**parts: Any) -> Filterable:
    made: dict[str, Any] = {
        "title": "Live: Ferry line merges",
        "summary": "Two companies sail as one.",
        "authors": ("Ann Lee",),
        "tags": ("Trade", "Ferries"),
        "content_html": "<p>The <b>harbour</b> board agreed.</p><p>From March.</p>",
        "published": SaidDate(datetime(2026, 2, 4, 21, tzinfo=UTC)),
    }
    item = Item("site.example/a", "https://site.example/news/a", **(made | parts))
    return Filterable.of_item(item, item.published.at if item.published else NOW, NOW, DUBAI)


MATCHING: list[dict[str, Any]] = [
    {"title": "ferry"},
    {"title": ["nothing", "^live"]},
    {"summary": r"\bcompanies\b"},
    {"content": "harbour board"},
    {"text": "march"},
    {"text": "two companies"},
    {"link": "/news/"},
    {"author": "lee$"},
    {"tag": "^trade$"},
    {"begins": "live"},
    {"begins": ["Nothing", "LIVE: ferry"]},
    {"begins": "Live:"},
    {"begins": "Live: Ferry line merges"},
    {"longer_than": 20},
    {"shorter_than": 60},
    {"older_than": "1d"},
    {"younger_than": "2d"},
    {"since": "2026-02-05"},
    {"until": "2026-02-05"},
    {"title": "ferry", "author": "lee"},
]
OTHER: list[dict[str, Any]] = [
    {"title": "bus"},
    {"summary": "harbour"},
    {"content": "companies"},
    {"text": "lighthouse"},
    {"link": "/sport/"},
    {"author": "mara"},
    {"tag": "^tra$"},
    {"begins": "Liv"},
    {"begins": "Ferry"},
    {"longer_than": 60},
    {"shorter_than": 20},
    {"older_than": "2d"},
    {"younger_than": "1d"},
    {"since": "2026-02-06"},
    {"until": "2026-02-04"},
    {"title": "ferry", "author": "mara"},
]


@pytest.mark.parametrize("asked", MATCHING, ids=str)
def test_what_matches_is_taken_in_and_left_out(asked: dict[str, Any]) -> None:
    assert left_out_by(Filter.model_validate(asked), Filter(), an_item()) is None
    assert left_out_by(Filter(), Filter.model_validate(asked), an_item()) is not None


@pytest.mark.parametrize("asked", OTHER, ids=str)
def test_what_does_not_match_is_not_taken_in(asked: dict[str, Any]) -> None:
    assert left_out_by(Filter.model_validate(asked), Filter(), an_item()) is not None
    if len(asked) == 1:
        assert left_out_by(Filter(), Filter.model_validate(asked), an_item()) is None


def test_every_part_has_an_item_on_either_side_of_it() -> None:
    for asked in (MATCHING, OTHER):
        assert {name for one in asked for name in one} | {"language"} == set(Filter.model_fields)


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"title": ["bus", "tram"]}, 'include: title = ["bus", "tram"]'),
        ({"begins": "Ferry"}, 'include: begins = "Ferry"'),
        ({"older_than": "7d"}, 'include: older_than = "7d"'),
        ({"longer_than": 400}, "include: longer_than = 400"),
        ({"since": "2026-02-06"}, "include: since = 2026-02-06"),
    ],
)
def test_the_reason_is_what_people_wrote(asked: dict[str, Any], reason: str) -> None:
    assert left_out_by(Filter.model_validate(asked), Filter(), an_item()) == reason


def test_what_was_not_said_matches_nothing() -> None:
    silent = an_item(title=None, summary=None, authors=(), tags=(), content_html=None)
    for name in ("title", "summary", "content", "text", "author", "tag"):
        assert left_out_by(Filter.model_validate({name: "."}), Filter(), silent) is not None
        assert left_out_by(Filter(), Filter.model_validate({name: "."}), silent) is None
    assert left_out_by(Filter(), Filter(begins=("a",)), silent) is None


def test_what_has_no_date_is_new() -> None:
    undated = an_item(published=None)
    assert undated.age == timedelta()
    assert left_out_by(Filter.model_validate({"younger_than": "1d"}), Filter(), undated) is None


@pytest.mark.parametrize(
    ("text", "codes", "taken", "left"),
    [
        (ENGLISH, "en", True, True),
        (ENGLISH, ["fr", "en-GB"], True, True),
        (ENGLISH, "de", False, False),
        (GERMAN, "de", True, True),
        (GERMAN, "en", False, False),
        ("Merkel, Macron", "de", True, False),
    ],
)
def test_a_doubtful_language_lets_the_item_through(text: str, codes: Any, *, taken: bool, left: bool) -> None:
    item = an_item(title=text, summary=None, content_html=None)
    asked = Filter.model_validate({"language": codes})
    assert (left_out_by(asked, Filter(), item) is None) is taken
    assert (left_out_by(Filter(), asked, item) is not None) is left


@pytest.mark.parametrize("wrong", [{"language": "english"}, {"title": "("}, {"older_than": 3}, {"since": "soon"}])
def test_what_is_no_filter_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Filter.model_validate(wrong)
