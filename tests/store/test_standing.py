"""The marks by which items are known again that a list shows as before: gone with the first change of anything else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, update

from feedbuilder.model import ArticleStatement, ArticleVisit, Completion, Item, Precision, SourceState
from feedbuilder.store import SqlStore
from feedbuilder.store.tables import backlogs, identities, items, statements
from feedbuilder.store.transaction import SqlTransaction
from tests.store.makers import DAY, MINUTE, NOW, instant, make_item, make_run, make_source, poll

WORLD, ASIA = make_source("world"), make_source("asia")
TALKS, TRADE = make_item("talks", published=instant("2026-02-06T09:00Z")), make_item("trade")
TEA = make_item("tea")
"""Listed by a third source."""


def marked(store: SqlStore) -> set[str]:
    """Return the marks of both sources."""
    with store.transaction() as memory:
        return {mark for source in (WORLD, ASIA) for mark in memory.standing(source.id)}


@pytest.fixture
def standing(store: SqlStore) -> SqlStore:
    """Return a store in which two sources list the same items, and all four stand."""
    for source in (WORLD, ASIA):
        poll(store, source, [TALKS, TRADE], NOW)
    poll(store, make_source("africa"), [TEA], NOW)
    with store.transaction() as memory:
        known = memory.known([TALKS.canonical, TRADE.canonical])
        for source in (WORLD, ASIA):
            ids = {name: known[item.canonical].identity.id for name, item in (("talks", TALKS), ("trade", TRADE))}
            memory.stand(source.id, {ids[name]: f"{source.id} {name}" for name in ids})
    return store


def test_a_mark_tells_its_item_and_the_date_that_it_had(standing: SqlStore) -> None:
    with standing.transaction() as memory:
        found = memory.standing("world")
        known = memory.known([TALKS.canonical])[TALKS.canonical]
    assert set(found) == {"world talks", "world trade"}
    assert found["world talks"].item == known.identity.id
    assert TALKS.published
    assert found["world talks"].dated == TALKS.published.at
    assert found["world trade"].dated is None


def test_a_list_stands_as_a_whole_until_anything_is_known_otherwise(standing: SqlStore) -> None:
    with standing.transaction() as memory:
        assert memory.all_stand("world", 2)
        assert memory.all_stand("asia", 2)
        assert not memory.all_stand("world", 3)  # another item is on the page
        assert not memory.all_stand("africa", 1)  # it was never seen to change nothing
        assert memory.all_stand("nobody", 0)
    poll(standing, ASIA, [replace(TALKS, title="Quite another headline"), TRADE], NOW + MINUTE)
    with standing.transaction() as memory:
        assert not memory.all_stand("world", 2)
        memory.stand("world", {one.item: mark for mark, one in memory.standing("world").items()})
    with standing._database.writing() as connection:
        connection.execute(update(statements).values(standing="a mark"))
        connection.execute(insert(backlogs).values(source="world", shown=True, oldest=NOW, newest=NOW))
    with standing.transaction() as memory:
        assert not memory.all_stand("world", 2)  # something was lost
        assert memory.all_stand("asia", 2)


def _visit(memory: SqlTransaction, item: Item) -> ArticleVisit:
    known = memory.known([item.canonical])[item.canonical]
    return ArticleVisit(
        item=known.identity.id,
        canonical=item.canonical,
        source="world",
        link=item.link,
        title=item.title,
        summary=None,
        published=known.identity.published,
        precision=Precision.INSTANT,
        due=NOW,
        held_until=None,
    )


def _read(memory: SqlTransaction) -> None:
    known = memory.known([TALKS.canonical])[TALKS.canonical]
    assert known.item
    visit = _visit(memory, TALKS)
    memory.plan([visit])
    for source in (WORLD, ASIA):
        memory.stand(source.id, {visit.item: f"{source.id} talks"})
    memory.complete(visit, Completion(known.identity, ArticleStatement(title="Talks"), known.item), NOW)


def _joined(memory: SqlTransaction) -> None:
    known = memory.known([TALKS.canonical, TEA.canonical])
    memory.absorb(known[TEA.canonical].identity, known[TALKS.canonical].identity.id)


CHANGES: dict[str, Callable[[SqlTransaction], object]] = {
    "its page is to be read": lambda memory: memory.plan([_visit(memory, TALKS)]),
    "its page was read": _read,
    "another went into it": _joined,
    "its date was put right": lambda memory: memory._connection.execute(
        update(identities).where(identities.c.canonical == TALKS.canonical).values(published=NOW - DAY)
    ),
    "it was forgotten": lambda memory: memory._connection.execute(
        delete(items).where(items.c.link == TALKS.link),
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_mark_goes_when_something_else_is_known_of_its_item(standing: SqlStore, change: str) -> None:
    with standing.transaction() as memory:
        CHANGES[change](memory)
    assert not marked(standing) & {"world talks", "asia talks"}


@pytest.mark.parametrize(
    "now_shown",
    [
        {"title": "Another title"},
        {"summary": "More of it"},
        {"tags": ("Tea",)},
        {"published": instant("2026-02-06T12:00Z")},
    ],
)
def test_a_mark_goes_when_any_list_says_something_else(standing: SqlStore, now_shown: dict[str, object]) -> None:
    poll(standing, ASIA, [replace(TALKS, **now_shown), TRADE], NOW + MINUTE)  # type: ignore[arg-type]
    assert marked(standing) == {"world trade", "asia trade"}


def test_a_mark_goes_when_a_further_list_shows_its_item(standing: SqlStore) -> None:
    poll(standing, make_source("africa"), [TALKS, TEA], NOW + MINUTE)
    assert marked(standing) == {"world trade", "asia trade"}


def test_marks_stay_while_lists_say_the_same_and_feeds_show_it(standing: SqlStore) -> None:
    poll(standing, WORLD, [TALKS, TRADE, make_item("tea")], NOW + MINUTE)
    standing.announce([item.id for item in standing.items()])
    with standing.transaction() as memory:
        memory.record(make_run("asia"), SourceState("asia", last_success=NOW + timedelta(hours=1)))
    assert len(marked(standing)) == 4


def test_what_is_not_listed_does_not_stand(standing: SqlStore) -> None:
    poll(standing, WORLD, [TRADE], NOW + MINUTE)
    assert marked(standing) == {"world trade", "asia talks", "asia trade"}
