"""What is remembered of watched pages and of hubs, on either database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from feedbuilder.model import Edition, HubState, Printing
from feedbuilder.store import SqlStore
from tests.store.makers import NOW, make_source

EDITION = Edition("1 abc", ("Swim from 9 to 17", "No dogs 🐕", "x" * 2_000), ("one", "two"), 3)
HUB = "https://hub.example/"


def test_an_edition_comes_back_and_makes_way_for_the_next(store: SqlStore) -> None:
    assert store.edition("world") is None
    for edition in (EDITION, replace(EDITION, lines=(), restless=0, is_doubted=True)):
        with store.transaction() as memory:
            memory.remember_edition("world", edition)
        assert store.edition("world") == edition
    store.sync_sources([make_source()], NOW)
    assert store.edition("other") is None


def printing(slug: str, updated: str) -> Printing:
    return Printing(
        slug, updated, anew=True, summary={"updated": updated, "addresses": [["rss.xml", f"https://f/{slug}"]]}
    )


def test_what_a_hub_was_told_is_remembered(store: SqlStore) -> None:
    store.settle([printing("a", "1"), printing("b", "1")], (), {}, 0)
    assert store.hub_state(HUB) is None
    store.meet_hub(HUB)
    assert store.hub_state(HUB) == HubState()
    assert store.untold(HUB) == {}
    store.settle([printing("b", "2"), printing("c", "1")], (), {}, 0)
    news = store.untold(HUB)
    assert {slug: addresses for slug, (_, addresses) in news.items()} == {"b": ("https://f/b",), "c": ("https://f/c",)}
    state = HubState(2, NOW, NOW + timedelta(minutes=1), "no answer")
    store.remember_hub(HUB, state, [("b", news["b"][0])])
    assert list(store.untold(HUB)) == ["c"]
    assert store.hub_state(HUB) == state
    store.meet_hub("https://other.example/")
    assert store.hub_state(HUB) is None
