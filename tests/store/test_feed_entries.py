"""The newest entries that a feed asks for are the same by whichever way they are found, on both databases."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from feedbuilder.model import ArticleVisit, Known, Outline, Precision
from feedbuilder.model.wording import tag_key
from feedbuilder.store import SqlStore, feed_entries
from feedbuilder.store.feed_entries import BATCH, FEW
from feedbuilder.store.feed_queries import RARE
from tests.store.makers import MINUTE, NOW, make_item, make_source, poll
from tests.store.test_store_tags import read_article

BUSY, SLOW = make_source("busy", tags=["News"]), make_source("slow", tags=["News"])
MANY = [make_source(f"wire-{number}", tags=["Wire"]) for number in range(FEW + 1)]
SOURCES = [BUSY, SLOW, *MANY]

ASKED: list[tuple[list[str], list[str]]] = [
    ([], []),
    ([], ["busy"]),
    ([], ["slow"]),
    ([], ["busy", "slow"]),
    ([], ["slow", "nowhere"]),
    ([], [one.id for one in MANY]),
    (["news"], []),
    (["wire"], []),
    (["tea"], []),
    (["tea", "news"], []),
    (["honey"], []),
    (["honey", "tea"], []),
    (["tea"], ["busy"]),
    (["none"], []),
]
"""Keys of tags, and ids of sources."""


def waiting(known: Known) -> ArticleVisit:
    """Return what makes an item wait for its own page."""
    one = known.identity
    return ArticleVisit(
        item=one.id,
        canonical=one.canonical,
        source="busy",
        link=f"https://{one.canonical}",
        title=None,
        published=one.published,
        precision=Precision.INSTANT,
        due=NOW,
        held_until=NOW + MINUTE,
    )


def fill(store: SqlStore) -> None:
    """Remember stories that sources share, many of which came at one moment, and some of which wait for their page."""
    random = Random(7)
    store.sync_sources(SOURCES, NOW)
    for number in range(60):
        source = [random.choice(MANY), SLOW, BUSY][number % 3]
        names = [f"{number}-{place}" for place in range(random.randrange(1, 9))]
        page = [make_item(name, tags=("Tea",) if random.random() < 0.2 else ()) for name in names]
        shared = [make_item(f"{random.randrange(number)}-0", tags=("Tea",))] if number % 5 == 4 else []
        poll(store, source, [*page, *shared], NOW + number // 2 * MINUTE)
        if number % 7 == 0:
            read_article(store, page[0], source, ("Tea", "Honey"))
    with store.transaction() as memory:
        known = memory.known(f"site.example/{number}-0" for number in range(1, 60, 8))
        memory.plan(map(waiting, known.values()))


def test_every_way_leads_to_the_same_entries(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store)
    everything = list(store.newest(tags=frozenset(), sources=frozenset()))
    assert len(everything) > 2 * BATCH
    ways = ((RARE, BATCH, FEW), (RARE, BATCH, 0), (1, BATCH, 0), (RARE, 20, FEW))
    for (rare, batch, few), (tags, sources) in product(ways, ASKED):
        monkeypatch.setattr(feed_entries, "RARE", rare)
        monkeypatch.setattr(feed_entries, "BATCH", batch)
        monkeypatch.setattr(feed_entries, "FEW", few)
        wanted = [
            item
            for item in everything
            if (not tags or not {tag_key(tag) for tag in item.tags}.isdisjoint(tags))
            and (not sources or not set(item.sources).isdisjoint(sources))
        ]
        asked = {"tags": frozenset(tags), "sources": frozenset(sources)}
        assert list(store.newest(**asked)) == wanted, (rare, batch, few, tags, sources)
        assert list(store.outlines(**asked)) == list(map(Outline.of, wanted)), (rare, batch, few, tags, sources)
