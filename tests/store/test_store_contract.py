"""What every store promises, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import product

import pytest

from feedbuilder.model import HostWait, Item, Outcome, Run, SourceState, StoredItem, Validators
from feedbuilder.store import SourceCount, SqlStore, feed_queries, lookup, merge
from feedbuilder.store.known_rows import meant
from tests.patience import PATIENCE
from tests.store.makers import DAY, MINUTE, NOW, instant, make_item, make_run, make_source, poll

WORLD = make_source("world", tags=["World News"])
ASIA = make_source("asia", tags=["Asia", "world  news"])
ALL: frozenset[str] = frozenset()


def newest(store: SqlStore, *, tags: Iterable[str] = (), sources: Iterable[str] = ()) -> list[StoredItem]:
    return list(store.newest(tags=frozenset(tags), sources=frozenset(sources)))


def names(items: Iterable[StoredItem]) -> list[str]:
    """Return the last part of each address: what the item was called when it was made."""
    return [item.canonical.rpartition("/")[2] for item in items]


# Remembering


def test_what_was_merged_comes_back_whole(store: SqlStore) -> None:
    store.sync_sources([WORLD], NOW)
    item = make_item(
        title="Où vont l’eau et le feu? 火 🔥",
        summary="a <b> c & d",
        authors=("Ann", "Bob"),
        image="https://site.example/a.jpg",
        tags=("Oman", "Iran"),
        published=instant("2026-02-06T13:28:00.123456+04:00"),
    )
    (change,) = poll(store, WORLD, [item], NOW).new
    assert newest(store) == [change.item]
    assert change.item.tags == ("Iran", "Oman", "World News")


def test_polling_a_page_again_finds_nothing_new_and_nothing_changed(store: SqlStore) -> None:
    page = [make_item(str(number), summary="What happened", tags=("x",)) for number in range(5)]
    assert len(poll(store, WORLD, page, NOW).new) == 5
    before = newest(store)
    again = poll(store, WORLD, page, NOW + MINUTE)
    assert (again.new, again.changed) == ((), ())
    assert [replace(item, last_seen=NOW) for item in newest(store)] == before
    with store.transaction() as memory:
        memory.record(make_run(), SourceState("world", last_success=NOW + MINUTE))
    assert {item.last_seen for item in newest(store)} == {NOW + MINUTE}


def test_a_rewording_is_remembered(store: SqlStore) -> None:
    poll(store, WORLD, [make_item(summary="Three hurt")], NOW)
    assert len(poll(store, WORLD, [make_item(summary="Four hurt")], NOW + MINUTE).changed) == 1
    (item,) = newest(store)
    assert (item.summary, item.changed, item.published) == ("Four hurt", NOW + MINUTE, NOW)
    assert not poll(store, WORLD, [make_item(summary="Four hurt")], NOW + 2 * MINUTE).changed


def test_two_sources_share_one_entry_with_the_tags_of_both(store: SqlStore) -> None:
    store.sync_sources([WORLD, ASIA], NOW)
    poll(store, WORLD, [make_item(tags=("Iran",))], NOW)
    poll(store, ASIA, [make_item(tags=("Oman",))], NOW + MINUTE)
    (item,) = newest(store)
    assert item.sources == ("asia", "world")
    assert item.tags == ("Asia", "Iran", "Oman", "World News")
    with store.transaction() as memory:
        known = memory.known(["site.example/talks", "site.example/other"])
    assert list(known) == ["site.example/talks"]
    assert known["site.example/talks"].item == item
    assert [one.source for one in known["site.example/talks"].statements] == ["asia", "world"]


def test_a_transaction_that_raises_leaves_nothing_behind(store: SqlStore) -> None:
    def fail_half_way() -> None:
        with store.transaction() as memory:
            memory.apply(merge([make_item()], {}, WORLD, NOW))
            memory.record(make_run(), SourceState("world", failures=3))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert store.is_empty()
    assert store.states() == {}
    assert store.runs(None, 10) == []


def test_changes_may_be_applied_without_asking_what_was_known(store: SqlStore) -> None:
    changes = merge([make_item(tags=("Iran",))], {}, WORLD, NOW)
    for _ in range(2):
        with store.transaction() as memory:
            memory.apply(changes)
    assert newest(store, tags=["iran"]) == [replace(changes.changes[0].item, tags=("Iran",))]


def test_ten_thousand_items_of_one_page(store: SqlStore) -> None:
    page = [make_item(str(number)) for number in range(10_000)]
    assert len(poll(store, WORLD, page, NOW).new) == 10_000
    assert poll(store, WORLD, page[:5_000], NOW + MINUTE).new == ()
    assert store.counts() == {"world": SourceCount(items=10_000, listed=5_000)}


def test_text_that_no_database_takes_is_stored_as_well_as_it_can_be(store: SqlStore) -> None:
    poll(store, WORLD, [make_item(title="a\0b\ud800c")], NOW)
    assert newest(store)[0].title == "a\N{REPLACEMENT CHARACTER}b?c"
    with store.transaction() as memory:
        memory.record(make_run(outcome=Outcome.FAILED, error="\0\udfff"), SourceState("world", error="\0\udfff"))
    assert store.state("world").error == "\N{REPLACEMENT CHARACTER}?"


def test_stories_are_found_by_their_titles_however_long_they_are(store: SqlStore) -> None:
    begins = "\0Länger, \ud83d 📰" * 40
    titles = {"one": begins + "one", "two": begins + "two", "short": "Short", "other": None}
    poll(store, WORLD, [make_item(name, title=title) for name, title in titles.items()], NOW)
    poll(store, ASIA, [make_item("three", title="Short")], NOW)
    links = {item.id: item.link for item in store.items()}
    with store._database.reading() as connection:
        for name, title in titles.items():
            called, by_key = meant(connection, "world", [title] if title else [], ["no such"])
            assert by_key == set()
            assert [links[one] for one in called] == ([f"https://site.example/{name}"] if title else [])


def test_an_address_of_any_length_is_known_again(store: SqlStore) -> None:
    noise = "".join(hashlib.sha256(bytes([number])).hexdigest() for number in range(100))
    item = make_item(noise)
    assert len(poll(store, WORLD, [item], NOW).new) == 1
    assert poll(store, WORLD, [item], NOW + MINUTE).new == ()
    assert newest(store)[0].canonical == f"site.example/{noise}"


def test_threads_that_poll_one_story_make_one_entry(store: SqlStore) -> None:
    sources = [make_source(f"s{number}") for number in range(8)]
    start = threading.Barrier(len(sources))
    new: list[int] = []

    def read(number: int) -> None:
        start.wait(PATIENCE)
        new.append(len(poll(store, sources[number], [make_item(), make_item(str(number))], NOW).new))

    threads = [threading.Thread(target=read, args=[number]) for number in range(len(sources))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert sorted(new) == [1] * 7 + [2]
    assert len(newest(store)) == 9
    assert store.items(search="talks")[0].sources == tuple(source.id for source in sources)


# The order of feeds, and what they ask for


def test_newest_comes_by_first_sight_then_by_date(store: SqlStore) -> None:
    poll(store, WORLD, [make_item("old"), make_item("older")], NOW)
    late = [make_item("late", published=instant("2020-01-01T00:00Z")), make_item("fresh")]
    poll(store, WORLD, late, NOW + MINUTE)
    assert names(newest(store)) == ["fresh", "late", "old", "older"]


def test_items_of_one_moment_come_as_on_their_page(store: SqlStore) -> None:
    page = [make_item(str(number), published=instant("2026-02-01T00:00Z")) for number in range(20)]
    poll(store, WORLD, page, NOW)
    assert names(newest(store)) == [str(number) for number in range(20)]
    assert [item.position for item in newest(store)] == list(range(20))


@pytest.mark.parametrize("rare", [0, 2000], ids=["walked through", "sorted"])
def test_tags_are_those_of_the_item_or_of_its_sources(
    store: SqlStore, rare: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feedbuilder.store.feed_queries.RARE", rare)
    store.sync_sources([WORLD, ASIA, make_source("plain")], NOW)
    poll(store, WORLD, [make_item("w")], NOW)
    poll(store, ASIA, [make_item("a", tags=("#Tea",))], NOW + MINUTE)
    poll(store, make_source("plain"), [make_item("p", tags=("World   NEWS",)), make_item("q")], NOW + 2 * MINUTE)
    assert names(newest(store, tags=["world news"])) == ["p", "a", "w"]
    assert names(newest(store, tags=["tea"])) == ["a"]
    assert names(newest(store, tags=["tea", "asia"])) == ["a"]
    assert names(newest(store, tags=["tea", "world news"])) == ["p", "a", "w"]
    assert names(newest(store, tags=["coffee"])) == []
    assert names(newest(store, sources=["plain", "nowhere"])) == ["p", "q"]
    assert names(newest(store, tags=["world news"], sources=["plain"])) == ["p"]


def test_new_tags_of_a_source_count_for_its_old_items(store: SqlStore) -> None:
    store.sync_sources([WORLD], NOW)
    poll(store, WORLD, [make_item()], NOW)
    store.sync_sources([make_source("world", tags=["Globe"])], NOW + MINUTE)
    assert newest(store, tags=["world news"]) == []
    assert newest(store, tags=["globe"])[0].tags == ("Globe",)


def test_the_items_of_a_removed_source_stay_with_its_tags(store: SqlStore) -> None:
    store.sync_sources([WORLD, ASIA], NOW)
    poll(store, WORLD, [make_item()], NOW)
    store.sync_sources([ASIA], NOW + MINUTE)
    assert newest(store, tags=["world news"])[0].tags == ("World News",)
    store.sync_sources([], NOW + 2 * MINUTE)
    assert names(newest(store, tags=["world news"])) == ["talks"]


def test_an_item_is_found_by_the_tags_that_its_list_gives_now(store: SqlStore) -> None:
    poll(store, WORLD, [make_item(tags=("Iran", "Oman"))], NOW)
    poll(store, WORLD, [make_item(tags=("Iran", "Talks"))], NOW + MINUTE)
    assert names(newest(store, tags=["oman"])) == []
    assert newest(store, tags=["talks"])[0].tags == ("Iran", "Talks")


def test_newest_sees_one_state_whatever_is_written_meanwhile(store: SqlStore) -> None:
    page = [make_item(str(number), title="before") for number in range(350)]
    poll(store, WORLD, page, NOW)
    reading = store.newest(tags=ALL, sources=ALL)
    first = next(reading)
    poll(store, WORLD, [make_item("new"), *(replace(item, title="after") for item in page)], NOW + MINUTE)
    store.prune(NOW + 9999 * DAY, keep_age=DAY, keep_items=1, shown=())
    assert {item.title for item in (first, *reading)} == {"before"}
    assert len(newest(store)) == 351


def test_a_reading_that_is_given_up_holds_nothing(store: SqlStore) -> None:
    poll(store, WORLD, [make_item(str(number)) for number in range(300)], NOW)
    for _ in range(40):  # more than there are connections
        reading = store.newest(tags=ALL, sources=ALL)
        next(reading)
        del reading
    assert len(poll(store, WORLD, [make_item("next")], NOW).new) == 1


# Sources and runs


def test_an_unknown_source_has_an_empty_state(store: SqlStore) -> None:
    assert store.state("nobody") == SourceState("nobody")
    assert store.states() == {}


def test_a_state_and_a_run_come_back_as_they_were(store: SqlStore) -> None:
    state = SourceState(
        "world",
        fingerprint="abc",
        validators=Validators('W/"1"', "Fri, 06 Feb 2026 10:00:00 GMT"),
        interval=timedelta(minutes=30) * 0.7 * 1.15,
        next_due=NOW + MINUTE,
        blocked_until=NOW + 2 * MINUTE,
        failures=2,
        last_run=NOW,
        last_success=NOW - DAY,
        last_change=NOW - 2 * DAY,
        error="503",
        requested=NOW,
    )
    run = make_run(outcome=Outcome.FAILED, found=1, new=2, changed=3, error="x", status=503, retry_after=30 * MINUTE)
    with store.transaction() as memory:
        memory.record(run, state)
    assert store.state("world") == state
    assert store.states() == {"world": state}
    assert store.runs("world", 5) == [run]


def test_runs_come_last_first_and_the_oldest_are_forgotten(store: SqlStore) -> None:
    with store.transaction() as memory:
        for number in range(205):
            memory.record(make_run(now=NOW + number * MINUTE, found=number), SourceState("world"))
        memory.record(make_run("asia", now=NOW), SourceState("asia"))
    assert [run.found for run in store.runs("world", 999)] == list(range(204, 4, -1))
    assert [run.source for run in store.runs(None, 2)] == ["asia", "world"]


def test_a_request_stands_until_the_source_was_read(store: SqlStore) -> None:
    blocked = SourceState("world", blocked_until=NOW + DAY, failures=1)
    with store.transaction() as memory:
        memory.record(make_run(), blocked)
    store.request(["world", "asia"], NOW)
    assert set(store.requested()) == {"asia", "world"}
    assert store.state("world") == replace(blocked, requested=NOW)
    with store.transaction() as memory:
        memory.record(make_run(), SourceState("world"))
    assert set(store.requested()) == {"asia"}


def test_a_forced_request_ends_the_waiting(store: SqlStore) -> None:
    with store.transaction() as memory:
        memory.record(make_run(), SourceState("world", blocked_until=NOW + DAY))
    store.request(["world"], NOW, force=True)
    assert store.state("world") == SourceState("world", requested=NOW)


def test_nobody_waits_for_a_source_that_was_removed(store: SqlStore) -> None:
    store.sync_sources([WORLD, ASIA], NOW)
    store.request(["world", "asia"], NOW)
    store.sync_sources([ASIA], NOW)
    assert set(store.requested()) == {"asia"}


def test_a_host_that_wants_to_be_left_alone_is_remembered_until_it_is_forgotten(store: SqlStore) -> None:
    first = HostWait("a.example", NOW + MINUTE, NOW, 1, "a.example says that we ask too often", 429)
    robots = HostWait("https://b.example/robots.txt", NOW + MINUTE, NOW, 1, "no answer")
    for wait in (first, robots):
        store.remember_wait(wait)
    again = replace(first, until=NOW + DAY, refusals=2, reason="again")
    store.remember_wait(again)
    assert store.host_waits() == [again, robots]
    store.forget_waits(["a.example", "never.example"])
    assert store.host_waits() == [robots]


def test_taking_up_the_configuration_again_leaves_the_states(store: SqlStore) -> None:
    state = SourceState("world", failures=1, validators=Validators("1"))
    with store.transaction() as memory:
        memory.record(make_run(), state)
    store.sync_sources([WORLD, ASIA], NOW)
    assert store.states() == {"asia": SourceState("asia"), "world": state}


# Feeds


def test_a_feed_is_registered_once(store: SqlStore) -> None:
    assert store.register_feeds(["world", "all"], NOW) == {"world": NOW, "all": NOW}
    assert store.register_feeds(["all", "asia"], NOW + DAY) == {"all": NOW, "asia": NOW + DAY}
    assert store.feeds() == {"all": NOW, "asia": NOW + DAY, "world": NOW}
    store.forget_feeds(["world", "never"])
    assert store.register_feeds(["world"], NOW + 2 * DAY) == {"world": NOW + 2 * DAY}


def test_a_date_that_was_announced_is_fixed(store: SqlStore) -> None:
    poll(store, WORLD, [make_item("read"), make_item("unread")], NOW)
    ids = {names([item])[0]: item.id for item in newest(store)}
    for _ in range(2):
        store.announce([ids["read"], "urn:uuid:unknown"])
    said = instant("2026-02-01T09:00Z")
    poll(store, WORLD, [make_item("read", published=said), make_item("unread", published=said)], NOW + MINUTE)
    assert {names([item])[0]: item.published for item in newest(store)} == {"read": NOW, "unread": said.at}


# Looking


def test_items_are_found_by_source_tag_and_words(store: SqlStore) -> None:
    store.sync_sources([WORLD, ASIA], NOW)
    poll(store, WORLD, [make_item("1", title="ÜBER DIE STRASSE"), make_item("2", summary="100% sure_thing")], NOW)
    poll(store, ASIA, [make_item("3", title="ТОКИО", tags=("Tea",))], NOW + MINUTE)
    assert names(store.items()) == ["3", "1", "2"]
    assert names(store.items(limit=1)) == ["3"]
    assert names(store.items(source="world")) == ["1", "2"]
    assert names(store.items(tag="#TEA")) == ["3"]
    assert names(store.items(search="straße")) == ["1"]
    assert names(store.items(search="токио")) == ["3"]
    assert names(store.items(search="SITE.example/2")) == ["2"]
    assert names(store.items(search="0% SURE_")) == ["2"]
    assert names(store.items(search="0_")) == []
    assert names(store.items(source="world", tag="tea", search="1")) == []


@pytest.mark.parametrize(("rare", "near"), [(2000, 5000), (2, 1), (2, 4), (2, 9), (4, 4), (1, 0)])
def test_the_same_items_are_found_on_each_way(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch, rare: int, near: int
) -> None:
    monkeypatch.setattr(feed_queries, "RARE", rare)
    monkeypatch.setattr(lookup, "NEAR", near)
    store.sync_sources([WORLD, ASIA], NOW)
    for number in range(12):
        tags = ("Tea",) if number in {0, 2, 3, 9} else ("Old",) if number < 5 else ()
        item = make_item(str(number), title="Talks" if number % 2 else "Tea time", tags=tags)
        poll(store, ASIA if number in {2, 3, 4, 8} else WORLD, [item], NOW + number // 2 * MINUTE)
    everything = store.items()
    assert len(everything) == 12
    for source, tag, words in product([None, "world", "asia"], [None, "tea", "old", "none"], [None, "talk", "none"]):
        wanted = [
            item
            for item in everything
            if source in {None, *item.sources}
            and tag in {None, *(one.casefold() for one in item.tags)}
            and (words or "") in (item.title or "").casefold()
        ]
        for limit in (1, 2, 3, 50):
            assert store.items(source=source, tag=tag, search=words, limit=limit) == wanted[:limit]


# Forgetting


def pruned(store: SqlStore, now: datetime, *, keep_items: int = 100, shown: Iterable[str] = ()) -> int:
    ids = {names([item])[0]: item.id for item in newest(store)}
    return store.prune(now, keep_age=30 * DAY, keep_items=keep_items, shown={ids[name] for name in shown})


def test_items_of_several_sources_count_once_and_go_when_the_last_of_them_saw_them(store: SqlStore) -> None:
    store.sync_sources([WORLD, ASIA], NOW)
    poll(store, WORLD, [make_item("both"), make_item("early"), make_item("late")], NOW)
    poll(store, WORLD, [make_item("late")], NOW + MINUTE)
    poll(store, ASIA, [make_item("both"), make_item("late")], NOW + 2 * MINUTE)
    poll(store, ASIA, [make_item("asia")], NOW + 3 * MINUTE)
    poll(store, WORLD, [make_item("world")], NOW + 3 * MINUTE)
    assert pruned(store, NOW + 3 * MINUTE, keep_items=5) == 0
    assert pruned(store, NOW + 3 * MINUTE, keep_items=4) == 1
    assert set(names(newest(store))) == {"both", "late", "asia", "world"}
    assert pruned(store, NOW + 3 * MINUTE, keep_items=2) == 2
    assert set(names(newest(store))) == {"asia", "world"}


def test_items_not_seen_for_long_are_forgotten_but_their_ids_never(store: SqlStore) -> None:
    store.sync_sources([WORLD], NOW)
    old = make_item("old", published=instant("2026-02-01T00:00Z"), tags=("x",))
    poll(store, WORLD, [old, make_item("shown"), make_item("listed")], NOW)
    first = store.items(search="old")[0]
    poll(store, WORLD, [make_item("listed")], NOW + MINUTE)
    assert pruned(store, NOW + 30 * DAY, shown=["shown"]) == 0
    assert pruned(store, NOW + 31 * DAY, shown=["shown"]) == 1
    assert names(newest(store)) == ["shown", "listed"]
    again = poll(store, WORLD, [replace(old, published=instant("2026-03-08T00:00Z"))], NOW + 31 * DAY)
    assert (again.new, again.changed) == ((), ())
    back = store.items(search="old")[0]
    assert back == replace(first, last_seen=NOW + 31 * DAY)
    assert names(newest(store)) == ["shown", "listed", "old"]


def test_the_items_seen_longest_ago_make_room(store: SqlStore) -> None:
    store.sync_sources([WORLD], NOW)
    for number in range(6):
        poll(store, WORLD, [make_item(str(number))], NOW + number * MINUTE)
    assert pruned(store, NOW + DAY, keep_items=3, shown=["0"]) == 3
    assert names(newest(store)) == ["5", "4", "0"]
    assert pruned(store, NOW + DAY, keep_items=1, shown=["0"]) == 1
    assert names(newest(store)) == ["5", "0"]


def test_a_removed_source_lists_nothing_any_more(store: SqlStore) -> None:
    store.sync_sources([WORLD, ASIA], NOW)
    poll(store, WORLD, [make_item("both"), make_item("one")], NOW)
    poll(store, ASIA, [make_item("both")], NOW)
    store.sync_sources([ASIA], NOW)
    assert pruned(store, NOW + 31 * DAY) == 1
    assert names(newest(store)) == ["both"]


# Moments


def test_moments_come_back_in_utc_from_whatever_zone(store: SqlStore) -> None:
    there = timezone(timedelta(hours=-9, minutes=-30))
    run = Run("world", NOW.astimezone(there), NOW.astimezone(there), Outcome.UNCHANGED)
    with store.transaction() as memory:
        memory.record(run, SourceState("world", next_due=NOW.astimezone(there)))
    state = store.state("world")
    assert state.next_due is not None
    assert (state.next_due, state.next_due.utcoffset()) == (NOW, timedelta())


def test_items_without_texts_are_items(store: SqlStore) -> None:
    poll(store, WORLD, [Item("site.example/x", "https://site.example/x")], NOW)
    assert newest(store)[0].title is None
