"""How the store counts the spellings of tags, and the addresses that tags were given."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from feedbuilder.model import ArticleStatement, ArticleVisit, Completion, Item, Precision, Source, TagFeed
from feedbuilder.store import SqlStore
from tests.store.makers import NOW, make_item, make_source, poll

IRAN = TagFeed("iran", "", "iran", "Iran")


def counted(store: SqlStore, *, configured: bool = False) -> Counter[tuple[str, str]]:
    """Return how often each spelling is there, by key and name."""
    found: Counter[tuple[str, str]] = Counter()
    for use in store.tag_uses():
        if use.configured is configured:
            found[use.key, use.name] += use.items
    return found


def read_article(store: SqlStore, item: Item, source: Source, tags: tuple[str, ...]) -> None:
    """Have the article's own page name these tags."""
    with store.transaction() as memory:
        known = memory.known([item.canonical])[item.canonical]
        assert known.item is not None
        visit = visit_of(known.identity.id, item, source)
        memory.complete(visit, Completion(known.identity, ArticleStatement(tags=tags), known.item), NOW)


def visit_of(item_id: str, item: Item, source: Source) -> ArticleVisit:
    return ArticleVisit(
        item=item_id,
        canonical=item.canonical,
        source=source.id,
        link=item.link,
        title=item.title,
        published=NOW,
        precision=Precision.INSTANT,
        due=NOW,
        held_until=NOW + timedelta(minutes=10),
    )


def test_spellings_are_counted_as_they_are_shown(store: SqlStore) -> None:
    tags = [("#Iran",), ("Iran", "World  News"), ("IRAN", "#")]
    poll(store, make_source(), [make_item(f"n{number}", tags=names) for number, names in enumerate(tags)], NOW)
    assert counted(store) == {("iran", "Iran"): 2, ("iran", "IRAN"): 1, ("world news", "World News"): 1}


def test_one_item_has_a_tag_once_in_its_first_spelling(store: SqlStore) -> None:
    poll(store, make_source(), [make_item(tags=("Iran", "IRAN", "#iran"))], NOW)
    assert counted(store) == {("iran", "Iran"): 1}


def test_what_is_said_no_longer_is_not_counted(store: SqlStore) -> None:
    poll(store, make_source(), [make_item(tags=("Iran",))], NOW)
    poll(store, make_source(), [make_item(tags=("Oman",))], NOW + timedelta(hours=1))
    assert counted(store) == {("oman", "Oman"): 1}


def test_configured_tags_count_for_all_items_of_their_source(store: SqlStore) -> None:
    source = make_source(tags=["World News", "#Iran"])
    store.sync_sources([source, make_source("other", tags=["World news"])], NOW)
    poll(store, source, [make_item("a"), make_item("b")], NOW)
    expected = {("world news", "World News"): 2, ("iran", "Iran"): 2, ("world news", "World news"): 0}
    assert counted(store, configured=True) == expected
    store.sync_sources([make_source("other")], NOW)
    assert counted(store, configured=True) == {}
    assert counted(store) == {("world news", "World News"): 2, ("iran", "Iran"): 2}


def test_what_articles_say_themselves_counts_too(store: SqlStore) -> None:
    source, item = make_source(), make_item(tags=("Iran",))
    poll(store, source, [item], NOW)
    read_article(store, item, source, ("IRAN", "#Oman"))
    assert counted(store) == {("iran", "Iran"): 1, ("iran", "IRAN"): 1, ("oman", "Oman"): 1}


def test_an_item_that_has_a_tag_in_three_ways_is_one_item(store: SqlStore) -> None:
    source, item = make_source(tags=["IRAN"]), make_item(tags=("Iran",))
    store.sync_sources([source], NOW)
    poll(store, source, [item], NOW)
    poll(store, make_source("other"), [item, make_item("b", tags=("#iran", "Oman"))], NOW)
    read_article(store, item, source, ("iran", "Yemen"))
    keys = frozenset({"iran", "oman", "yemen", "never"})
    assert store.tag_items(keys, frozenset()) == {"iran": 2, "oman": 1, "yemen": 1}
    assert store.tag_items(keys, frozenset({"world"})) == {"iran": 1, "yemen": 1}
    assert store.tag_items(frozenset({"oman"}), frozenset({"world", "other"})) == {"oman": 1}
    assert store.tag_items(frozenset(), frozenset()) == {}


def test_items_that_wait_for_their_own_page_do_not_count_yet(store: SqlStore) -> None:
    source, item = make_source(), make_item(tags=("Iran",))
    (change,) = poll(store, source, [item], NOW).changes
    with store.transaction() as memory:
        memory.plan([visit_of(change.identity.id, item, source)])
    assert store.tag_items(frozenset({"iran"}), frozenset()) == {}
    store.release(None)
    assert store.tag_items(frozenset({"iran"}), frozenset()) == {"iran": 1}


def test_an_address_that_was_given_stays_what_it_was(store: SqlStore) -> None:
    assert store.tag_feeds() == []
    store.remember_tag_feeds([IRAN, TagFeed("b-oman", "b", "oman", "Oman")])
    store.remember_tag_feeds([TagFeed("iran", "other", "persia", "Persia")])
    assert store.tag_feeds() == [TagFeed("b-oman", "b", "oman", "Oman"), IRAN]


def test_it_outlives_its_items_and_goes_with_its_feed(store: SqlStore) -> None:
    store.remember_tag_feeds([IRAN])
    store.register_feeds(["iran"], NOW)
    poll(store, make_source(), [make_item(tags=("Iran",))], NOW)
    poll(store, make_source(), [make_item("other")], NOW + timedelta(days=1))
    assert store.prune(NOW + timedelta(days=9), keep_age=timedelta(days=7), keep_items=1000, shown=()) == 1
    assert counted(store) == {}
    assert store.tag_feeds() == [IRAN]
    store.forget_feeds(["iran", "unknown"])
    assert store.tag_feeds() == []
