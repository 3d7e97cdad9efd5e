"""Which tags are one, which are none, and what each is shown as."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedbuilder.feeds import Tagging, compose, route
from feedbuilder.model import Site, TagRules, TagUse
from feedbuilder.model.wording import tag_key

RULES = TagRules(aliases={"World News": ("Worldnews", "#int'l")}, drop=("News", "Breaking"))


@pytest.mark.parametrize("name", ["World News", "#world  news", "WORLDNEWS", "Int'l", "ｗｏｒｌｄｎｅｗｓ"])
def test_all_names_of_a_tag_are_one(name: str) -> None:
    tagging = Tagging.of(RULES)
    assert tagging.key(name) == "world news"
    assert tagging.shown([name]) == ("World News",)


def test_what_is_dropped_is_no_tag() -> None:
    tagging = Tagging.of(RULES)
    assert tagging.keys(["#NEWS", "breaking", "Iran", "#"]) == {"iran"}
    assert tagging.shown(["#NEWS", "Iran", "breaking"]) == ("Iran",)


def test_a_tag_is_shown_once_in_the_place_of_its_first_name() -> None:
    assert Tagging.of(RULES).shown(["Int'l", "Iran", "World News", "#iran"]) == ("World News", "Iran")


def test_the_most_common_spelling_is_shown_whatever_an_item_has() -> None:
    uses = [TagUse("iran", "IRAN", 3), TagUse("iran", "Iran", 7), TagUse("iran", "iran", 6)]
    assert Tagging.of(TagRules(), uses).shown(["#IRAN"]) == ("Iran",)


def test_of_equals_the_first_in_the_alphabet_is_shown_in_whatever_order_they_come() -> None:
    uses = [TagUse("iran", "Iran", 3), TagUse("iran", "IRAN", 3)]
    for ordered in (uses, uses[::-1]):
        assert Tagging.of(TagRules(), ordered).shown(["iran"]) == ("IRAN",)


def test_what_both_tables_of_tags_count_is_added_up() -> None:
    uses = [TagUse("iran", "IRAN", 3), TagUse("iran", "Iran", 2), TagUse("iran", "Iran", 2)]
    assert Tagging.of(TagRules(), uses).shown(["iran"]) == ("Iran",)


def test_the_configuration_spells_tags_before_the_majority_does() -> None:
    uses = [TagUse("iran", "IRAN", 900), TagUse("iran", "Iran", 0, configured=True)]
    assert Tagging.of(TagRules(), uses).shown(["IRAN"]) == ("Iran",)
    assert Tagging.of(TagRules(aliases={"#iran": ()}), uses).shown(["IRAN"]) == ("iran",)


def test_the_spelling_that_most_sources_are_given_wins_though_few_items_have_it() -> None:
    sources = [TagUse("eu", name, items, configured=True) for name, items in (("EU", 1), ("eu", 99), ("EU", 1))]
    assert Tagging.of(TagRules(), sources).shown(["Eu"]) == ("EU",)


@given(st.lists(st.sampled_from(["News", "#news", "Int'l", "worldnews", "Iran", "IRAN", "World News", "#", "C#", ""])))
@settings(max_examples=100, deadline=None)
def test_what_is_shown_means_what_it_did_and_stays_so(names: list[str]) -> None:
    tagging = Tagging.of(RULES)
    shown = tagging.shown(names)
    assert frozenset(map(tag_key, shown)) == tagging.keys(names)
    assert tagging.shown(shown) == shown


def test_the_names_behind_a_tag_lead_to_its_items() -> None:
    assert Tagging.of(RULES).behind(["world news"]) == {"world news", "worldnews", "int'l"}
    assert Tagging.of(RULES).behind(["iran"]) == {"iran"}


def test_feeds_take_items_by_what_their_tags_mean(feed: Any, item: Any) -> None:
    tagging = Tagging.of(RULES)
    items = [item(1, tags=("Worldnews",)), item(2, tags=("News",)), item(3, tags=("INT'L", "Iran"))]
    assert len(route(feed(tags=["World News"]), items, tagging)) == 2
    assert len(route(feed(tags={"any": ["World News"], "none": ["Iran"]}), items, tagging)) == 1


def test_entries_show_what_their_tags_mean(feed: Any, item: Any, site: Site, noon: Any) -> None:
    entry = item(1, tags=("Int'l", "Iran", "News"))
    document = compose(feed(), [entry], [], site, noon, tagging=Tagging.of(RULES))
    assert document.shown[0].tags == ("World News", "Iran")
    assert document.entries[0].tags == entry.tags
