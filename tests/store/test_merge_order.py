"""Lists that show one story differently give one entry, in whatever order and however often they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedbuilder.model import Item, Known, Statement, StoredItem
from feedbuilder.store import merge
from feedbuilder.store.entry import compute, join_tags, same_picture
from tests.store.makers import DAY, MINUTE, NOW, known_after, make_item, make_source

NAMES = ("a", "b", "c")
SOURCES = {name: make_source(name) for name in NAMES}
WHOLE = "Iran and US return to nuclear talks in Oman as tensions shake Tehran"
OTHER = "Nuclear talks return to Oman"

# Texts as lists show them: whole, cut in three ways, another wording, nothing.
TEXTS = st.one_of(
    st.none(),
    st.builds(
        lambda text, length, mark: text[:length].rstrip() + mark if length < len(text) else text,
        st.sampled_from([WHOLE, OTHER]),
        st.integers(4, 70),
        st.sampled_from(["", "…", "...", " […]"]),
    ),
)
ITEMS = st.builds(
    make_item,
    link=st.sampled_from(
        ["https://site.example/talks", "http://site.example/talks", "https://www.site.example/talks/"]
    ),
    title=TEXTS,
    summary=TEXTS,
    authors=st.lists(st.sampled_from(["Ann", "Bob", "Admin"]), max_size=2, unique=True).map(tuple),
    image=st.sampled_from(
        [None, "https://s.example/a.jpg", "https://s.example/a-300x200.jpg", "https://s.example/b.jpg"]
    ),
    tags=st.lists(st.sampled_from(["Iran", "IRAN", "#Oman"]), max_size=2, unique=True).map(tuple),
)
LISTS = st.fixed_dictionaries(dict.fromkeys(NAMES, ITEMS))
ORDERS = st.lists(st.sampled_from(NAMES), max_size=6)


def read(lists: dict[str, Item], order: Sequence[str], known: dict[str, Known] | None = None) -> dict[str, Known]:
    """Return what is known after reading the lists in this order, a minute apart, all published in between."""
    known = dict(known or {})
    for number, name in enumerate(order):
        known = known_after(merge([lists[name]], known, SOURCES[name], NOW + number * MINUTE), known)
    return known


def entry(known: dict[str, Known]) -> StoredItem:
    (one,) = known.values()
    assert one.item is not None
    return one.item


def shown(item: StoredItem) -> tuple[object, ...]:
    """Return what does not depend on when the item was read."""
    return item.id, item.link, item.title, item.summary, item.authors, item.image, item.tags, item.sources


@given(lists=LISTS, first=ORDERS, second=ORDERS)
@settings(max_examples=150, deadline=None)
def test_the_order_and_number_of_readings_do_not_matter(
    lists: dict[str, Item], first: list[str], second: list[str]
) -> None:
    one = entry(read(lists, [*first, *NAMES]))
    other = entry(read(lists, [*second, *reversed(NAMES)]))
    assert shown(one) == shown(other)


@given(lists=LISTS, order=ORDERS)
@settings(max_examples=100, deadline=None)
def test_once_all_were_read_nothing_changes_any_more(lists: dict[str, Item], order: list[str]) -> None:
    known = read(lists, NAMES)
    before = entry(known)
    for number, name in enumerate(order):
        changes = merge([lists[name]], known, SOURCES[name], NOW + DAY + number * MINUTE)
        assert not changes.new
        assert not changes.changed
        known = known_after(changes, known)
    assert replace(entry(known), last_seen=before.last_seen) == before


@given(pages=st.lists(ITEMS, min_size=1, max_size=5))
@settings(max_examples=100, deadline=None)
def test_merging_one_page_twice_changes_nothing(pages: list[Item]) -> None:
    known: dict[str, Known] = {}
    for number, item in enumerate(pages):
        changes = merge([item], known, SOURCES["a"], NOW + number * MINUTE)
        known = known_after(changes, known)
        again = merge([item], known, SOURCES["a"], changes.now)
        assert [replace(one, is_new=False, is_changed=False) for one in changes.changes] == list(again.changes)
        assert not again.new
        assert not again.changed


def statement(source: str, **parts: object) -> Statement:
    """Return what a list says; `parts` are fields of the statement."""
    first = merge([make_item(title=None)], {}, SOURCES[source], NOW).changes[0].statement
    return replace(first, **parts)  # type: ignore[arg-type]  # the tests name fields with their types


IDENTITY = merge([make_item()], {}, SOURCES["a"], NOW).changes[0].identity


@pytest.mark.parametrize(
    ("field", "said", "chosen"),
    [
        pytest.param("title", [(WHOLE[:30] + "…", None), (WHOLE, None)], WHOLE, id="the whole beats the cut"),
        pytest.param("title", [(WHOLE[:30], NOW), (WHOLE, None)], WHOLE, id="even if the cut was revised"),
        pytest.param("title", [(OTHER, NOW), (WHOLE, None)], OTHER, id="of whole ones the revised"),
        pytest.param("title", [(OTHER, NOW), (WHOLE, NOW + MINUTE)], WHOLE, id="the one revised last"),
        pytest.param("title", [(OTHER, None), (WHOLE, None)], WHOLE, id="else the longer"),
        pytest.param("title", [("ab", None), ("cd", None)], "cd", id="else by the alphabet"),
        pytest.param("title", [(None, NOW), (None, None)], None, id="nothing said"),
        pytest.param("summary", [(None, NOW), (OTHER, None)], OTHER, id="a summary too"),
    ],
)
def test_which_text_an_entry_has(field: str, said: list[tuple[str | None, object]], chosen: str | None) -> None:
    told = [
        statement(name, **{field: text, "revised": revised}) for name, (text, revised) in zip(NAMES, said, strict=False)
    ]
    for statements in (told, told[::-1]):
        assert getattr(compute(IDENTITY, statements, changed=NOW), field) == chosen


def test_https_beats_a_shorter_address() -> None:
    told = [statement("a", link="http://s.example/a"), statement("b", link="https://www.s.example/a")]
    assert compute(IDENTITY, told, changed=NOW).link == "https://www.s.example/a"


def test_the_picture_is_that_of_the_first_source_that_shows_one() -> None:
    told = [
        statement("c", image="https://s.example/c.jpg"),
        statement("a"),
        statement("b", image="https://s.example/b.jpg"),
    ]
    assert compute(IDENTITY, told, changed=NOW).image == "https://s.example/b.jpg"


def test_tags_come_once_sorted_and_spelt_as_configured() -> None:
    assert join_tags(["World News"], ["#world  news", "Iran", "iran", "#"]) == ("Iran", "World News")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example/fire.jpg", "https://b.example/fire.jpg", True),
        ("https://a.example/fire.jpg?w=300", "https://a.example/fire.jpg?w=600", True),
        ("https://a.example/300x200/fire.jpg", "https://a.example/1024x768/fire.jpg", True),
        ("https://a.example/fire-300x200.jpg", "https://a.example/fire.jpg", True),
        ("https://a.example/fire@2x.png", "https://a.example/fire.png", True),
        ("https://a.example/2026/fire.jpg", "https://a.example/2025/fire.jpg", False),
        ("https://a.example/fire-1.jpg", "https://a.example/fire-2.jpg", False),
        ("https://a.example/image?id=7", "https://a.example/image?id=8", False),
        ("https://a.example/fire.jpg", None, False),
    ],
)
def test_when_two_addresses_show_one_picture(one: str, other: str | None, same: bool) -> None:
    assert same_picture(one, other) is same
    assert same_picture(other, one) is same
