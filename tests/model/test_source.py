"""How selectors are written."""

from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from feedbuilder.model import DataPlace, Feed, Pick, Reading, Selectors, Source


def source(**selectors: Any) -> Source:
    return Source.model_validate({"id": "s", "url": "https://example.org/", "selectors": {"item": "li", **selectors}})


@pytest.mark.parametrize(
    ("text", "css", "attribute"),
    [
        ("h2 a", "h2 a", None),
        ("time@datetime", "time", "datetime"),
        ("@data-url", "", "data-url"),
        ('a[href*="@"]', 'a[href*="@"]', None),
        ('a[href*="@"]@title', 'a[href*="@"]', "title"),
        ("a[data-x=y@z]", "a[data-x=y@z]", None),
        ("a @ title", "a", "title"),
    ],
)
def test_the_last_at_sign_outside_quotes_starts_the_attribute(text: str, css: str, attribute: str | None) -> None:
    pick = Pick.parse(text)
    assert (pick.css, pick.attribute) == (css, attribute)
    assert Pick.parse(str(pick)) == pick


@pytest.mark.parametrize("text", ["", "  ", "a@", "a@two words", "@"])
def test_a_selector_that_selects_nothing_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        Pick.parse(text)


def test_a_list_is_alternatives_and_join_puts_together() -> None:
    selectors = source(title=["h2 a@title", "h2 a"], date={"join": [".day", ".time"]}).selectors
    assert selectors.title is not None
    assert selectors.date is not None
    assert [str(reading.picks[0]) for reading in selectors.title] == ["h2 a@title", "h2 a"]
    assert [[str(pick) for pick in reading.picks] for reading in selectors.date] == [[".day", ".time"]]


@pytest.mark.parametrize(
    ("keys", "floor", "ceiling"),
    [
        ({}, 10, 360),
        ({"interval": "5m"}, 5, 360),
        ({"interval": "12h"}, 10, 720),
        ({"max_interval": "2m"}, 2, 2),
        ({"min_interval": "8h"}, 480, 480),
    ],
)
def test_the_interval_adapts_around_what_was_asked_for(keys: dict[str, str], floor: int, ceiling: int) -> None:
    made = Source.model_validate({"id": "s", "url": "https://example.org/", "selectors": {"item": "li"}, **keys})
    assert (made.floor, made.ceiling) == (timedelta(minutes=floor), timedelta(minutes=ceiling))


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ({"join": [".a"], "select": ".b"}, "either select"),
        ({}, "either select"),
        ([], "at least one selector"),
        (5, "a selector, a table"),
        ({"select": "a", "match": "("}, "not a regular expression"),
    ],
)
def test_a_wrong_rule_says_what_is_expected(rule: object, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        source(date=rule)


def test_the_floor_of_the_interval_lies_below_its_ceiling() -> None:
    with pytest.raises(ValidationError, match="longer than max_interval"):
        Source.model_validate(
            {
                "id": "s",
                "url": "https://example.org/",
                "min_interval": "7h",
                "max_interval": "6h",
                "selectors": {"item": "li"},
            }
        )


def test_a_reading_is_the_same_however_it_was_written() -> None:
    assert source(title="h2").selectors == source(title=[Reading(select=Pick(css="h2"))]).selectors


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("json-ld", DataPlace.VOCABULARY),
        ("microformats", DataPlace.VOCABULARY),
        ("script#__NEXT_DATA__", DataPlace.SCRIPT),
        ('script[type="application/json"]', DataPlace.SCRIPT),
        ("window.__STATE__", DataPlace.VARIABLE),
        ("window.app.state", DataPlace.VARIABLE),
        ("__NUXT__", DataPlace.VARIABLE),
        ("self.__next_f", DataPlace.VARIABLE),
        ("#app@data-page", DataPlace.ATTRIBUTE),
    ],
)
def test_where_data_may_be(place: str, kind: DataPlace) -> None:
    selectors = Selectors.model_validate({"from": place, "item": "posts"})
    assert selectors.place is kind
    assert selectors.model_dump(by_alias=True)["from"] == place
    assert Selectors(from_=place, item="posts") == selectors


@pytest.mark.parametrize("place", ["scripts", "script-x", "json", "li", "a.b", "@", "x@", ""])
def test_what_is_no_place_of_data_is_refused(place: str) -> None:
    with pytest.raises(ValidationError, match="expected"):
        Selectors.model_validate({"from": place, "item": "posts"})


def test_a_template_makes_an_address_of_what_matched() -> None:
    (reading,) = (
        source(link={"select": "@data-id", "match": r"n(\d+)", "template": "/news/{}.html"}).selectors.link or ()
    )
    assert list(reading.kept(" post-n7 ")) == ["/news/7.html"]
    assert list(reading.kept("post-7")) == []


def test_a_feed_chooses_tags_whatever_their_spelling() -> None:
    feed = Feed.model_validate({"slug": "w", "tags": {"any": ["#World News"], "none": ["Sport"]}})
    assert feed.tags.admits(frozenset({"world news", "asia"}))
    assert not feed.tags.admits(frozenset({"world news", "sport"}))
    assert not feed.tags.admits(frozenset({"asia"}))


def test_a_feed_that_names_no_tags_admits_all() -> None:
    assert Feed.model_validate({"slug": "w"}).tags.admits(frozenset())


def test_a_table_of_the_browser_is_for_pages_that_it_opens() -> None:
    made = {"id": "app", "url": "https://app.example/", "selectors": {"item": "article"}}
    with pytest.raises(ValidationError, match='needs kind = "browser"'):
        Source.model_validate({**made, "browser": {"scroll": 1}})
    opened = Source.model_validate({**made, "kind": "browser"})
    assert opened.needs_browser
    assert opened.kind.is_page
    watched = Source.model_validate({**made, "kind": "changes", "selectors": {}, "browser": {"wait_for": "main"}})
    assert watched.needs_browser
    with pytest.raises(ValidationError, match="next names pages as they are sent"):
        Source.model_validate({**made, "kind": "browser", "next": "a.next"})
    with pytest.raises(ValidationError):
        Source.model_validate({**made, "kind": "browser", "browser": {"block": ["scripts"]}})
