"""Feeds that tags make, on the sample newsroom: articles' own tags, aliases, noise, and addresses for good."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence

import pytest

from feedbuilder.newsroom import Story, at
from tests.acceptance.place import Place, quick_demo, with_sources

AUTO = '[[feed]]\nauto = "tags"\nmin_items = 3\n'


def configured(*, feeds: str = AUTO, tags: str = "") -> str:
    """Return the demo's configuration with other feeds, and with one source, whose list gives no tags."""
    source = with_sources(quick_demo(), "world-news").partition("# ---- Feeds")[0]
    source = re.sub(r"(?m)^tags = .*$", "", source)
    source = source.replace('host_gap = "0s"', 'host_gap = "0s"\narticles_per_run = 500')
    return f"{source}\n{tags}\n{feeds}"


@pytest.fixture
def tagged(place: Place) -> Place:
    place.write_config(configured())
    return place


def publish(place: Place, *tags: Sequence[str]) -> None:
    """Let the newsroom publish a story with each of these sets of tags, on the World News page, and build."""
    for names in tags:
        number = len(place.newsroom.stories())
        words = dict.fromkeys(["World News", *names])
        place.newsroom.add(
            Story(
                slug=f"tagged-{number}",
                title=f"The Harbour of Story {number} Opens Again After Repairs",
                section="world",
                tags=tuple(words),
                published=at("2026-02-06 15:00"),
                summary="Ships return.",
            )
        )
    assert not place.build().failed


def slugs(place: Place) -> set[str]:
    return {path.parent.name for path in place.output.glob("[!_]*/feed.json")}


def titles(place: Place, slug: str) -> list[str]:
    return [entry.title for entry in place.feed(slug).entries]


def tags_of(place: Place, slug: str) -> set[str]:
    feed = json.loads((place.output / slug / "feed.json").read_bytes())
    return {tag for item in feed["items"] for tag in item.get("tags", [])}


def test_articles_own_tags_make_feeds_that_stand_wherever_feeds_do(tagged: Place) -> None:
    assert not tagged.build().failed
    assert slugs(tagged) == {"world-news", "global-news"}
    assert "Global News" in tags_of(tagged, "world-news")
    overview = (tagged.output / "index.html").read_text() + (tagged.output / "feeds.opml").read_text()
    status = json.loads((tagged.output / "status.json").read_bytes())
    assert {feed["slug"] for feed in status["feeds"]} == slugs(tagged)
    for slug in slugs(tagged):
        assert len(tagged.feed(slug).entries) >= 3
        assert f"/{slug}/rss.xml" in overview


def test_a_second_build_changes_no_byte(tagged: Place) -> None:
    tagged.build()
    before = tagged.files()
    for _ in range(2):
        assert not tagged.build().failed
        assert tagged.files() == before


def test_a_tag_gets_its_feed_with_its_nth_item(tagged: Place) -> None:
    publish(tagged, ["Harbours"], ["Harbours"])
    assert "harbours" not in slugs(tagged)
    publish(tagged, ["#HARBOURS"])
    assert len(titles(tagged, "harbours")) == 3
    assert tags_of(tagged, "harbours") >= {"Harbours"}
    assert "HARBOURS" not in tags_of(tagged, "harbours")


def test_the_majority_spells_a_tag_and_never_moves_its_feed(tagged: Place) -> None:
    publish(tagged, ["Harbours"], ["Harbours"], ["HARBOURS"])
    before = titles(tagged, "harbours")
    publish(tagged, ["HARBOURS"], ["HARBOURS"])
    assert "harbours-2" not in slugs(tagged)
    assert set(before) < set(titles(tagged, "harbours"))
    assert tagged.feed("harbours").feed.title == "HARBOURS"


def test_other_names_and_noise_hold_for_items_that_are_known_already(tagged: Place) -> None:
    publish(tagged, ["Harbours", "Int'l"], ["Harbors", "Int'l"], ["harbor", "Int'l"])
    assert "Int'l" in tags_of(tagged, "world-news")
    assert "harbours" not in slugs(tagged)
    rules = '[tags]\naliases = { Harbours = ["Harbors", "Harbor"], "World News" = [] }\ndrop = ["Int\'l"]\n'
    tagged.write_config(configured(tags=rules))
    publication = tagged.build().publication
    assert publication is not None
    assert publication.stale == ("intl",)
    assert len(titles(tagged, "harbours")) == 3
    assert "Harbours" in tags_of(tagged, "world-news")
    assert not {"Int'l", "Harbors", "harbor"} & tags_of(tagged, "world-news")


def test_an_address_outlives_the_number_that_its_tag_needed(tagged: Place) -> None:
    publish(tagged, ["Harbours"], ["Harbours"], ["Harbours"])
    before = tagged.files()
    tagged.write_config(configured(feeds=AUTO.replace("3", "1000")))
    tagged.build()
    assert tagged.files() == before


def test_an_address_outlives_its_store_and_the_items_that_made_it(tagged: Place) -> None:
    publish(tagged, ["C", "Harbours"], ["C"], ["C"])
    publish(tagged, ["C++"], ["C++"], ["C++"])
    before = {slug: titles(tagged, slug) for slug in slugs(tagged)}
    assert {"c", "c-2"} < before.keys()
    shutil.rmtree(tagged.folder / "var")
    tagged.write_config(configured(feeds=AUTO.replace("3", "1000")))
    tagged.build()
    assert {slug: titles(tagged, slug) for slug in slugs(tagged)} == before


def test_what_an_item_was_tagged_before_rules_were_taken_away_outlives_the_store(tagged: Place) -> None:
    rules = '[tags]\naliases = { Harbours = ["Harbors"] }\ndrop = ["Noise"]\n'
    tagged.write_config(configured(tags=rules))
    publish(tagged, ["Harbours", "Noise"], ["Harbors"], ["#harbors", "Noise"])
    shutil.rmtree(tagged.folder / "var")
    tagged.write_config(configured())
    tagged.build()
    assert {tag.casefold() for tag in tags_of(tagged, "world-news")} >= {"harbours", "harbors", "noise"}


def test_feeds_of_a_table_that_was_taken_away_wait_for_prune(tagged: Place) -> None:
    publish(tagged, ["Harbours"], ["Harbours"], ["Harbours"])
    tagged.write_config(configured(feeds='[[feed]]\nslug = "harbours"\ntags = ["Harbours"]\n'))
    publication = tagged.build().publication
    assert publication is not None
    assert set(publication.stale) == slugs(tagged) - {"harbours"}
    with tagged.open() as installation:
        installation.output.remove(publication.stale)
        installation.store.forget_feeds(publication.stale)
    assert slugs(tagged) == {"harbours"}
    tagged.write_config(configured())
    tagged.build()
    assert {"harbours", "world-news"} < slugs(tagged)


def test_the_settings_of_the_table_hold_for_its_feeds(tagged: Place) -> None:
    only = AUTO + 'slug = "topic"\ntitle = "On {tag}"\nentries = 4\ntags = { none = ["Noise"] }\n'
    tagged.write_config(configured(feeds=only + 'sources = ["world-news"]\n'))
    publish(tagged, ["Harbours"], ["Harbours"], ["Harbours", "Noise"])
    assert "topic-harbours" not in slugs(tagged)
    assert "topic-noise" not in slugs(tagged)
    publish(tagged, ["Harbours"])
    assert len(titles(tagged, "topic-harbours")) == 3
    assert len(titles(tagged, "topic-world-news")) == 4
    assert tagged.feed("topic-harbours").feed.title == "On Harbours"
    assert "Noise" not in tags_of(tagged, "topic-world-news")
