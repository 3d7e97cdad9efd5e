"""Feeds that tags make: who gets an address, which, and that it is for good."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from feedbuilder.feeds import Tagging, addresses, candidates, expand, feed_of, give
from feedbuilder.model import Feed, TagFeed, TagRules, TagUse
from feedbuilder.model.wording import tag_key

PLAIN = Tagging()


def table(**changes: Any) -> Feed:
    return Feed.model_validate({"auto": "tags", "min_items": 3} | changes)


def uses(**items: int) -> list[TagUse]:
    return [TagUse(tag_key(name), name, number) for name, number in items.items()]


def given(slug: str, name: str | None = None, under: str = "") -> TagFeed:
    return TagFeed(slug, under, tag_key(name or slug), name or slug)


def made(
    feeds: Sequence[Feed], used: list[TagUse], known: Sequence[TagFeed] = (), tagging: Tagging = PLAIN
) -> list[TagFeed]:
    """Return the addresses that tags get, all of them having the items that they seem to have."""
    taken, found = addresses(feeds, known), []
    for auto, key in candidates(feeds, known, used, tagging):
        found.append(give(auto, key, taken, tagging))
        taken.add(found[-1].slug)
    return found


def slugs(
    feeds: Sequence[Feed], used: list[TagUse], known: Sequence[TagFeed] = (), tagging: Tagging = PLAIN
) -> list[str]:
    return [address.slug for address in made(feeds, used, known, tagging)]


def test_a_tag_with_enough_items_gets_an_address() -> None:
    used = uses(Iran=3, Oman=2)
    assert made([table()], used, tagging=Tagging.of(TagRules(), used)) == [TagFeed("iran", "", "iran", "Iran")]


def test_its_feed_has_the_settings_of_the_table() -> None:
    auto = table(slug="topic", title="On {tag}", description="All of {tag}.", entries=7, tags={"none": ["Ads"]})
    (address,) = made([auto], uses(Iran=3))
    assert (address.slug, address.table) == ("topic-iran", "topic")
    feed = feed_of(auto, "Iran", ["topic-iran"])
    assert (feed.slug, feed.auto, feed.entries) == ("topic-iran", None, 7)
    assert (feed.title, feed.description) == ("On Iran", "All of Iran.")
    assert (feed.tags.any, feed.tags.none) == (("Iran",), ("Ads",))


def test_tags_that_a_table_asks_for_are_asked_for_beside_its_own() -> None:
    feed = feed_of(table(tags=["Politics"]), "Iran", ["iran"])
    assert feed.tags.admits(frozenset({"iran", "politics"}))
    assert not feed.tags.admits(frozenset({"iran"}))
    assert not feed.tags.admits(frozenset({"politics"}))


def test_the_most_used_of_two_tags_with_one_slug_gets_it() -> None:
    used = [TagUse("c", "C", 3), TagUse("c++", "C++", 9)]
    found = {address.name: address.slug for address in made([table()], used)}
    assert found == {"c++": "c", "c": "c-2"}


def test_an_address_that_was_given_is_never_given_again() -> None:
    used = [TagUse("c", "C", 3)]
    assert slugs([table()], used, [given("c", "C++")]) == ["c-2"]
    assert slugs([table()], used, [given("c", "gone", under="former")]) == ["c-2"]
    assert slugs([table()], uses(All=3)) == ["all-2"]


def test_a_number_keeps_the_slug_short_enough() -> None:
    long = "a" * 90
    (slug,) = slugs([table()], uses(**{long: 3}), [given("a" * 80, "other")])
    assert slug == f"{'a' * 78}-2"


@pytest.mark.parametrize(
    "explicit",
    [
        {"slug": "iran"},
        {"slug": "iran", "tags": {"any": ["Iran"], "none": ["Sport"]}},
        {"slug": "persia", "aliases": ["iran"]},
        {"slug": "persia", "tags": ["#IRAN"]},
        {"slug": "persia", "tags": {"all": ["Iran"]}},
    ],
)
def test_a_tag_with_a_feed_of_its_own_gets_no_second_one(explicit: dict[str, Any]) -> None:
    assert slugs([Feed.model_validate(explicit), table()], uses(Iran=3)) == []


@pytest.mark.parametrize(
    "explicit",
    [
        {"slug": "persia", "tags": ["Iran", "Oman"]},
        {"slug": "persia", "tags": {"any": ["Iran"], "none": ["Sport"]}},
        {"slug": "persia", "tags": ["Iran"], "exclude": {"title": "x"}},
    ],
)
def test_a_feed_of_a_part_of_a_tag_is_not_its_feed(explicit: dict[str, Any]) -> None:
    assert slugs([Feed.model_validate(explicit), table()], uses(Iran=3)) == ["iran"]


def test_the_address_of_one_tag_does_not_keep_another_from_its_feed() -> None:
    explicit = Feed.model_validate({"slug": "c", "tags": {"any": ["C"], "none": ["Go"]}})
    used = [TagUse("c", "C", 3), TagUse("c++", "C++", 3)]
    assert slugs([explicit, table()], used) == ["c-2"]


def test_what_is_dropped_gets_no_feed_and_aliases_count_together() -> None:
    rules = Tagging.of(TagRules(aliases={"Iran": ("Persia",)}, drop=("News",)))
    assert slugs([table()], uses(News=9, Iran=1, Persia=2), tagging=rules) == ["iran"]


def test_each_table_gives_addresses_of_its_own() -> None:
    assert slugs([table(), table(slug="b")], uses(Iran=3)) == ["iran", "b-iran"]
    assert slugs([table(), table(slug="b")], uses(Iran=3), [given("iran")]) == ["b-iran"]


def test_feeds_of_tags_stand_where_their_table_does() -> None:
    feeds = [Feed(slug="one"), table(), Feed(slug="two")]
    stands = expand(feeds, [given("oman"), given("iran")], PLAIN)
    assert [feed.slug for feed, _ in stands] == ["one", "iran", "oman", "two"]
    assert [own for _, own in stands] == [(), (given("iran"),), (given("oman"),), ()]


def test_an_address_stays_when_its_tag_is_spelled_otherwise_or_gone() -> None:
    tagging = Tagging.of(TagRules(), uses(IRAN=9))
    (iran, _), (oman, _) = expand([table()], [given("iran", "Iran"), given("oman-2", "Oman")], tagging)
    assert (iran.slug, iran.title) == ("iran", "IRAN")
    assert (oman.slug, oman.title) == ("oman-2", "Oman")


def test_tags_that_became_one_share_one_feed_at_both_addresses() -> None:
    tagging = Tagging.of(TagRules(aliases={"Iran": ("Persia", "Eran")}))
    ((feed, own),) = expand([table()], [given("eran"), given("iran"), given("persia")], tagging)
    assert (feed.slug, feed.aliases, feed.title) == ("iran", ("eran", "persia"), "Iran")
    assert len(own) == 3
    ((feed, _),) = expand([table()], [given("persia")], tagging)
    assert (feed.slug, feed.title, feed.tags.any) == ("persia", "Iran", ("Iran",))


def test_an_address_becomes_an_alias_of_the_feed_that_its_tag_is_given_later() -> None:
    explicit = Feed.model_validate({"slug": "persia", "tags": ["Iran"], "aliases": ["old"]})
    ((feed, own),) = expand([explicit, table()], [given("iran")], PLAIN)
    assert (feed.slug, feed.aliases, own) == ("persia", ("old", "iran"), (given("iran"),))


def test_an_address_that_the_configuration_claims_is_the_configurations() -> None:
    own = Feed.model_validate({"slug": "iran", "tags": {"any": ["Iran"], "none": ["Sport"]}})
    assert [feed for feed, _ in expand([own, table()], [given("iran")], PLAIN)] == [own]
    assert slugs([own, table()], uses(Iran=9), [given("iran")]) == []


def test_an_address_ends_with_its_table_and_with_a_tag_that_is_dropped() -> None:
    assert expand([table(slug="b")], [given("iran")], PLAIN) == []
    assert expand([table()], [given("iran")], Tagging.of(TagRules(drop=("Iran",)))) == []
