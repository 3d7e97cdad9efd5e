"""A card is known again by its bytes exactly where it is by its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from feedbuilder.extract import CardCache
from feedbuilder.extract.card_outline import CardOutline
from feedbuilder.extract.field_rules import CardTree, Rules
from feedbuilder.extract.fields import read_card
from feedbuilder.extract.learnt_places import ENOUGH, LearntPlaces
from feedbuilder.extract.moving_parts import Watched, moving_parts, values_in, without
from feedbuilder.extract.remembered_card import RememberedCard, key_of
from feedbuilder.extract.split_cards import Fragment, split
from feedbuilder.model import Item, Page, Selectors
from feedbuilder.parse.decode import decode
from feedbuilder.parse.raw_card import RawCard
from tests.extract.moving_cards import PIECES, moving_page

MORE_PIECES = (
    *PIECES,
    '<p class="s">Ünïted, {n} Läser</p><i data-id="ü{n}">x</i>',
    '<i data-id="{random}">&#6{id}; {n}</i>',
    '<i data-id="٣{n}" aria-label="{n} people">٣{n}</i>',
)
layouts = st.lists(st.sampled_from(MORE_PIECES), min_size=1, max_size=6)
numbers = st.integers(10, 34) | st.integers(0, 130)
SELECTORS = Selectors.model_validate({"item": ".card"})


def remembered(html: str) -> RememberedCard:
    """Return what is remembered of a card, as `CardMemory` does."""
    card = read_card(CardTree(html, None), Rules(SELECTORS))
    stem, parts = moving_parts(html, Watched.by(SELECTORS))
    here = Fragment(html)
    return RememberedCard.of(html, card, key_of(here, stem), parts, key_of(here, without(html, parts)))


def fragment(layout: list[str], number: int) -> Fragment:
    """Return a card that says this number."""
    page = moving_page([layout], [0], [number], 5)
    return split(decode(page), ".card", between=True).fragments[0]


def plainly(before: RememberedCard, now: Fragment, places: LearntPlaces) -> RawCard | None:
    """Return what `before` says of `now`, the plain way."""
    if len(now.html) != before.length or key_of(now, without(now.html, before.parts)) != before.rest:
        return None
    return before.said_with(values_in(now.html, before.parts), places)


@settings(max_examples=60, deadline=None)
@given(layouts, st.lists(layouts, max_size=1), numbers, st.lists(numbers, min_size=1, max_size=6), st.integers(0, 99))
def test_by_bytes_as_by_text(
    layout: list[str], other: list[list[str]], first: int, others: list[int], unknown: int
) -> None:
    before = remembered(fragment(layout, first).html)
    outline = CardOutline.by(before, fragment(layout, first).html)
    names = dict.fromkeys(before.places)
    all_known = LearntPlaces.of(Counter(dict.fromkeys(names, ENOUGH)), Counter())
    some_known = LearntPlaces.of(Counter(dict.fromkeys(list(names)[unknown % 7 :], ENOUGH)), Counter())
    for number in (first, *others):
        for now in (fragment(one, number) for one in (layout, *other)):
            plain = plainly(before, now, all_known)
            assert outline.said_by(now, all_known) == plain
            quick = outline.said_by(now, some_known)
            assert quick is None or quick == plainly(before, now, some_known)
            assert outline.said_by(Fragment(now.html, "/around"), all_known) is None


def test_cards_are_soon_known_by_their_bytes(items: Callable[..., tuple[Item, ...]]) -> None:
    cards = CardCache()
    page = '<div class="card"><h3><a href="/{c}">A title, {c}</a></h3><i>{n} reads</i></div>'
    for n in range(20, 27):
        items("".join(page.format(c=c, n=n) for c in "abcd"), cards=cards)
    (memory,) = cards._memories.values()
    assert sum(outline is not None for outline in memory._outlines.values()) == 4
    size = memory.size
    items("", cards=cards, allow_empty=True)
    memory.forget_down_to(0, 0)
    assert not memory._outlines
    assert memory._bytes == 0 < size


def test_as_many_bytes_are_not_as_many_characters() -> None:
    page = Page("https://example.org/", "<p class=card>é 12</p>".encode(), datetime(2026, 3, 6, tzinfo=UTC))
    html = split(decode(page), ".card", between=True).fragments[0].html
    before = remembered(html)
    outline = CardOutline.by(before, html)
    known = LearntPlaces.of(Counter(dict.fromkeys(before.places, ENOUGH)), Counter())
    assert outline.said_by(Fragment(html), known) == before.card
    # As many bytes, and one character more.
    assert outline.said_by(Fragment(html.replace("é 12", "ab 12")), known) is None
