"""How stories are found in the store: by their addresses, by what a list called them, by the keys they were given."""

from __future__ import annotations

from feedbuilder.model import AddressRule, SourceState
from feedbuilder.store import SqlStore
from tests.store.makers import DAY, MINUTE, NOW, make_item, make_run, make_source, poll

WORLD, ASIA = make_source("world"), make_source("asia")
TALKS, TRADE, TEA = make_item("talks"), make_item("trade"), make_item("tea")


def filled(store: SqlStore) -> dict[str, str]:
    """Fill a store: two lists show one story, one of them two more; return the ids of the stories."""
    poll(store, WORLD, [TALKS, TRADE], NOW)
    poll(store, ASIA, [make_item("talks", title="Talks, it is said"), TEA], NOW + MINUTE)
    return {item.canonical.removeprefix("site.example/"): item.id for item in store.items()}


def test_an_address_is_that_of_the_story_that_has_it_as_its_own(store: SqlStore) -> None:
    ids = filled(store)
    with store.transaction() as memory:
        memory.add_aliases({"site.example/tea": ids["trade"], "site.example/old": ids["trade"], "none": ids["tea"]})
        memory.add_aliases({"site.example/old": ids["talks"]})  # one that is known stays what it was
        known = memory.known(["site.example/tea", "site.example/old", "site.example/new", "site.example/tea"])
        assert memory.known([]) == {}
    assert {address: story.identity.id for address, story in known.items()} == {
        "site.example/tea": ids["tea"],
        "site.example/old": ids["trade"],
    }


def test_all_that_was_said_of_a_story_is_known_in_one_order(store: SqlStore) -> None:
    filled(store)
    with store.transaction() as memory:
        [talks] = memory.known([TALKS.canonical]).values()
    assert [(one.source, one.title) for one in talks.statements] == [
        ("asia", "Talks, it is said"),
        ("world", "Story of talks"),
    ]
    assert talks.item is not None
    assert talks.item.sources == ("asia", "world")


def test_a_story_whose_texts_were_forgotten_is_known_without_them(store: SqlStore) -> None:
    poll(store, WORLD, [TALKS], NOW)
    poll(store, WORLD, [TRADE], NOW + MINUTE)
    assert store.prune(NOW + 30 * DAY, keep_age=DAY, keep_items=0, shown=()) == 1
    with store.transaction() as memory:
        [talks] = memory.known([TALKS.canonical]).values()
    assert (talks.item, talks.statements) == (None, ())


def test_stories_that_may_be_meant_are_those_of_the_list_then_those_of_a_key(store: SqlStore) -> None:
    ids = filled(store)
    poll(store, WORLD, [TRADE], NOW + DAY)
    with store.transaction() as memory:
        memory.add_aliases({"number:7@site.example": ids["tea"], "number:8@site.example": ids["trade"]})
        keys = ["number:7@site.example", "number:8@site.example", "number:9@site.example"]

        def found(*titles: str, resolved: str = "none") -> list[str]:
            told = memory.candidates("world", titles, [ids.get(resolved, "")], keys)
            return [one.identity.canonical.removeprefix("site.example/") for one in told]

        assert found() == ["trade", "tea"]
        assert found("Story of talks") == ["talks", "trade", "tea"]
        assert found("Story of talks", resolved="tea") == ["talks", "trade"]
        assert found("Talks, it is said") == ["trade", "tea"]  # so the other list called it


def test_what_was_learnt_and_lost_is_told_whether_or_not_the_list_was_looked_at(store: SqlStore) -> None:
    rule = AddressRule("parameter", "s", NOW, "a?s=1", "a?s=2", tells_apart=False)
    with store.transaction() as memory:
        assert memory.standing("world") == {}
        assert (memory.backlog("world"), memory.address_rules("world")) == (None, ())
        memory.learn("world", [rule])
        assert memory.address_rules("world") == (rule,)
    with store.transaction() as memory:
        assert memory.address_rules("world") == (rule,)
        assert memory.standing("world") == {}
        assert memory.address_rules("world") == (rule,)
        memory.record(make_run(), SourceState("world"))
    assert store.address_rules() == {"world": (rule,)}
