"""A store that was lost is filled again from what was published, and then nothing is new."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from feedbuilder.model import Item, Known, StoredItem
from feedbuilder.store import SqlStore, merge, open_store
from feedbuilder.store.recovery import assume
from tests.store.makers import DAY, MINUTE, NOW, instant, known_after, make_item, make_source, poll

WORLD, ASIA = make_source("world", tags=["World"]), make_source("asia", tags=["Asia"])
WHOLE = "Iran and US return to nuclear talks in Oman as tensions shake Tehran"


def newest(store: SqlStore) -> list[StoredItem]:
    return list(store.newest(tags=frozenset(), sources=frozenset()))


def published(store: SqlStore) -> list[Known]:
    """Return what a published feed tells: each entry, and that each of its sources listed it."""
    recovered = []
    for item in newest(store):
        with store.transaction() as memory:
            known = memory.known([item.canonical])[item.canonical]
        said = [
            replace(
                one,
                link=item.link,
                title=item.title,
                summary=item.summary,
                authors=item.authors,
                image=item.image,
                tags=item.own_tags,
                first_seen=item.first_seen,
                revised=None,
                former_images=(),
            )
            for one in known.statements
        ]
        recovered.append(Known(known.identity, item, tuple(said), announced=True))
    return recovered


def test_ids_dates_and_texts_come_back(store: SqlStore, tmp_path: Path) -> None:
    with open_store(tmp_path / "lost.db") as lost:
        lost.sync_sources([WORLD, ASIA], NOW)
        poll(
            lost, WORLD, [make_item(title=WHOLE[:30]), make_item("other", published=instant("2026-02-01T00:00Z"))], NOW
        )
        poll(lost, ASIA, [make_item(title=WHOLE, tags=("Oman",), image="https://s.example/a.jpg")], NOW + MINUTE)
        before, known = newest(lost), published(lost)
    assert store.is_empty()
    assert store.seed(known, NOW + DAY) == 2
    assert not store.is_empty()
    assert newest(store) == [replace(item, last_seen=NOW + DAY) for item in before]
    store.sync_sources([WORLD, ASIA], NOW + DAY)
    for source, page in [
        (WORLD, [make_item(title=WHOLE[:30]), make_item("other")]),
        (ASIA, [make_item(title=WHOLE, tags=("Oman",), image="https://s.example/a.jpg")]),
    ]:
        changes = poll(store, source, page, NOW + DAY)
        assert (changes.new, changes.changed) == ((), ())
    assert newest(store) == [replace(item, last_seen=NOW + DAY) for item in before]


def test_a_story_that_was_reworded_meanwhile_is_changed(store: SqlStore, tmp_path: Path) -> None:
    with open_store(tmp_path / "lost.db") as lost:
        poll(lost, WORLD, [make_item(summary="Three hurt")], NOW)
        store.seed(published(lost), NOW)
    assert len(poll(store, WORLD, [make_item(summary="Four hurt")], NOW + DAY).changed) == 1


def test_dates_that_were_published_are_fixed(store: SqlStore, tmp_path: Path) -> None:
    with open_store(tmp_path / "lost.db") as lost:
        poll(lost, WORLD, [make_item()], NOW)
        store.seed(published(lost), NOW)
    poll(store, WORLD, [make_item(published=instant("2026-02-01T00:00Z"))], NOW + DAY)
    assert newest(store)[0].published == NOW


def test_only_an_empty_store_is_filled(store: SqlStore, tmp_path: Path) -> None:
    with open_store(tmp_path / "lost.db") as lost:
        poll(lost, WORLD, [make_item("lost")], NOW)
        known = published(lost)
    poll(store, WORLD, [make_item("here")], NOW)
    assert store.seed(known, NOW) == 0
    assert [item.canonical for item in newest(store)] == ["site.example/here"]
    with open_store(tmp_path / "other.db") as other:
        assert other.seed([], NOW) == 0
        assert other.is_empty()


def test_files_that_contradict_each_other_do_no_harm(store: SqlStore, tmp_path: Path) -> None:
    with open_store(tmp_path / "lost.db") as lost:
        poll(lost, WORLD, [make_item("a"), make_item("b")], NOW)
        first, second = published(lost)
    same_id = replace(second, identity=replace(second.identity, id=first.identity.id))
    same_address = replace(second, identity=replace(second.identity, canonical=first.identity.canonical))
    nowhere = replace(second, statements=())
    assert store.seed([first, first, same_id, same_address, nowhere], NOW) == 1
    assert [item.id for item in newest(store)] == [first.identity.id]
    assert poll(store, WORLD, [make_item("b")], NOW + DAY).new == ()


def test_nothing_is_forgotten_before_the_pages_were_read_again(store: SqlStore, tmp_path: Path) -> None:
    with open_store(tmp_path / "lost.db") as lost:
        poll(lost, WORLD, [make_item()], NOW)
        store.seed(published(lost), NOW + 999 * DAY)
    assert store.prune(NOW + 1000 * DAY, keep_age=30 * DAY, keep_items=100, shown=()) == 0


CUTS = st.sampled_from([None, WHOLE, WHOLE[:20] + "…", WHOLE[:40], WHOLE[:41] + "..."])
TEXTS = st.one_of(CUTS, st.sampled_from(["Nuclear talks", "Nuclear talks return", "Talks"]))
SOURCES = {source.id: source for source in (WORLD, ASIA, make_source("other"))}
NAMES = st.sampled_from(sorted(SOURCES))
ORDERS = st.permutations(sorted(SOURCES))

# What is promised: lists that cut one wording differently, however often they were read, and lists that have each their
# own wording. Where several lists have their own wordings and reword them too, nobody can tell from the published
# entry which one had the last word, and filling the store again may bring one change.
CUT_DIFFERENTLY = st.lists(st.tuples(NAMES, st.builds(make_item, title=CUTS, summary=CUTS)), min_size=1, max_size=6)
EACH_ITS_OWN = st.lists(
    st.tuples(NAMES, st.builds(make_item, title=TEXTS, summary=TEXTS)),
    min_size=1,
    max_size=3,
    unique_by=lambda reading: reading[0],
)


@given(readings=CUT_DIFFERENTLY | EACH_ITS_OWN, order=ORDERS)
@settings(max_examples=200, deadline=None)
def test_what_lists_said_last_is_no_news_to_a_store_filled_again(
    readings: list[tuple[str, Item]], order: list[str]
) -> None:
    known: dict[str, Known] = {}
    for number, (name, item) in enumerate(readings):
        known = known_after(merge([item], known, SOURCES[name], NOW + number * MINUTE), known)
    ((canonical, before),) = known.items()
    assert before.item is not None
    said = [replace(one, title=before.item.title, summary=before.item.summary) for one in before.statements]
    known = {canonical: replace(before, statements=tuple(assume(before.item, said, NOW + DAY)))}
    last = dict(readings)
    for name in filter(last.__contains__, order):
        changes = merge([last[name]], known, SOURCES[name], NOW + DAY)
        assert (changes.new, changes.changed) == ((), ())
        known = known_after(changes, known)
