"""Slugs are safe file names that never collide, and without [[feed]] every tag is a feed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedbuilder.feeds import feeds_for, slugify
from feedbuilder.model import ConfigError, Feed, Source
from feedbuilder.model.feed import SLUG_PATTERN
from feedbuilder.model.wording import tag_key


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("World News", "world-news"),
        ("#Global News", "global-news"),
        ("Women’s Rights", "womens-rights"),
        ("Élections à l'étranger", "elections-a-letranger"),
        ("Новости", "novosti"),
        ("世界新闻", "shijiexinwen"),
        ("C++ & C#", "c-c"),
        ("CON", "con-feed"),
        ("lpt1", "lpt1-feed"),
        ("com10", "com10"),
    ],
)
def test_slugs_are_plain_words(name: str, slug: str) -> None:
    assert slugify(name) == slug


def test_a_name_of_signs_only_gets_a_stable_slug() -> None:
    assert re.fullmatch(r"feed-[0-9a-f]{6}", slugify("!!!"))
    assert slugify("!!!") == slugify("!!!") != slugify("???")


@given(st.text(max_size=120))
@settings(max_examples=200, deadline=None)
def test_any_text_gives_a_slug_that_the_configuration_would_accept(name: str) -> None:
    assert re.fullmatch(SLUG_PATTERN, slugify(name))


def test_without_feeds_there_is_one_per_tag_and_all(source: Any) -> None:
    sources = [
        source("a", tags=["World News", "Climate"]),
        source("b", tags=["#world news", "Sport"]),
        source("c", tags=["World  News"]),
    ]
    made = feeds_for([], sources)
    assert [(feed.slug, feed.title) for feed in made] == [
        ("world-news", "World News"),
        ("climate", "Climate"),
        ("sport", "Sport"),
        ("all", "All news"),
    ]
    assert made[0].tags.any == ("World News",)
    assert made[-1].tags.any == ()


def test_sources_without_tags_still_have_the_feed_of_everything(source: Any) -> None:
    assert [feed.slug for feed in feeds_for([], [source(tags=["", "#"])])] == ["all"]


def test_the_first_of_two_tags_with_one_slug_keeps_it(source: Any) -> None:
    first, second, _ = feeds_for([], [source(tags=["C", "C++"])])
    assert first.slug == "c"
    assert re.fullmatch(r"c-[0-9a-f]{6}", second.slug)
    assert feeds_for([], [source(tags=["C", "C#!", "C++"])])[2].slug == second.slug


def test_a_tag_that_looks_like_a_hashed_slug_takes_it_from_nobody(source: Any) -> None:
    hashed = feeds_for([], [source(tags=["C", "C++"])])[1].slug
    slugs = [feed.slug for feed in feeds_for([], [source(tags=["C", hashed, "C++"])])]
    assert slugs[:2] == ["c", hashed]
    assert len(set(slugs)) == 4


def test_a_tag_called_all_does_not_take_the_address_of_everything(source: Any) -> None:
    tag, everything = feeds_for([], [source(tags=["All"])])
    assert everything.slug == "all"
    assert tag.slug.startswith("all-")


@given(st.lists(st.text(max_size=100), max_size=12))
@settings(max_examples=100, deadline=None)
def test_slugs_never_collide(names: list[str]) -> None:
    tagged = Source.model_validate(
        {"id": "a", "url": "https://a.example/", "tags": names, "selectors": {"item": "article"}}
    )
    slugs = [feed.slug for feed in feeds_for([], [tagged])]
    assert len(set(slugs)) == len(slugs) == len({tag_key(name) for name in names} - {""}) + 1


def test_configured_feeds_are_taken_as_they_are(feed: Any, source: Any) -> None:
    configured = (feed("one", aliases=["old"]), feed("two"))
    assert feeds_for(configured, [source(tags=["Climate"])]) == configured


def test_two_feeds_cannot_claim_one_address(feed: Any) -> None:
    with pytest.raises(ConfigError) as caught:
        feeds_for([feed("one", aliases=["two"]), feed("two"), feed("one")], [])
    assert len(caught.value.problems) == 2
    assert '"two" is the slug of "Two" and also an alias of "one"' in caught.value.problems[1]


def test_feeds_made_of_tags_are_those_that_their_tables_would_make(source: Any) -> None:
    made = feeds_for([], [source(tags=["World News", "#Новости", " C++ "])])
    written = [{"slug": feed.slug, "title": feed.title, "tags": list(feed.tags.any)} for feed in made]
    assert [Feed.model_validate(table) for table in written] == list(made)
    assert [feed.model_dump_json() for feed in made] == [Feed.model_validate(t).model_dump_json() for t in written]
