"""Whatever a site does to its addresses, no story comes twice, none is lost, and two are never made one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedbuilder.model import Changes, Item, Precision, Source
from feedbuilder.pipeline.known_stories import known_stories, remember_addresses
from feedbuilder.store import SqlStore, merge, open_store
from tests.pipeline.news_site import NOISES, SCHEMES, START, NewsSite

SOURCE = Source.model_validate({"id": "news", "url": "https://news.example/", "selectors": {"item": "article"}})


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlStore]:
    path: Path = tmp_path_factory.mktemp("histories") / "news.db"
    with open_store(path) as opened:
        yield opened


def read(store: SqlStore, source: Source, items: list[Item], now: datetime) -> Changes:
    """Read a page as the pipeline does; what it lists has been shown to readers."""
    with store.transaction() as memory:
        found = known_stories(items, source, memory, now)
        changes = merge(found.items, found.stories, source, now)
        memory.apply(changes)
        remember_addresses(found, changes, memory)
        if found.rules:
            memory.learn(source.id, found.rules)
    store.announce([change.identity.id for change in changes.changes])
    return changes


def live(store: SqlStore, site: NewsSite, name: str, readings: int) -> None:
    """Let a site live for some readings, and hold every story to its id."""
    source, random = SOURCE.model_copy(update={"id": name}), site.random
    ids: dict[int, str] = {}
    site.publish(8)
    for number in range(readings):
        page = site.page(8)
        changes = read(store, source, [item for _, item in page], START + timedelta(days=60, hours=number))
        told = f"{site.scheme} {site.noises} {site.precision} reading {number}"
        assert len(changes.changes) == len({story.number for story, _ in page}), told
        for (story, item), change in zip(page, changes.changes, strict=True):
            known = ids.setdefault(story.number, change.identity.id)
            assert change.identity.id == known, f"{told}: {story} came again as {item.canonical}"
        assert len(set(ids.values())) == len(ids), told
        if random.random() < 0.5:
            site.publish(random.choice((1, 1, 2)), column=random.random() < 0.4)
        if random.random() < 0.5:
            site.change(random.choice(site.listed), section=random.choice(("world", "sports", "life")))
        if random.random() < 0.4 and site.scheme in {"number-slug", "folder", "number", "query"}:
            story = random.choice(site.listed)
            site.change(story, edition=story.edition + 1)


@given(
    st.integers(0, 2**31),
    st.sampled_from(SCHEMES),
    st.sets(st.sampled_from(NOISES), max_size=3),
    st.sampled_from([Precision.INSTANT, Precision.DAY]),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_story_keeps_its_id_however_its_address_changes(
    store: SqlStore, seed: int, scheme: str, noises: set[str], precision: Precision
) -> None:
    name = f"s{seed}-{scheme}-{'-'.join(sorted(noises))}-{precision}"
    live(store, NewsSite(Random(seed), scheme, tuple(sorted(noises)), precision, f"{name}.example"), name, readings=10)
