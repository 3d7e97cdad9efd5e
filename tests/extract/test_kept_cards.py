"""What is kept of cards for other processes: read by it, a page says what it says without."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from feedbuilder import masking
from feedbuilder.extract import CardCache, extract, fingerprint
from feedbuilder.extract.card_usage import FEW, CardUsage
from feedbuilder.extract.kept_cards import LARGEST, KeptCards, unpacked
from feedbuilder.extract.learnt_places import LearntPlaces
from feedbuilder.extract.moving_parts import Watched, moving_parts
from feedbuilder.extract.remembered_card import RememberedCard
from feedbuilder.model import Item, Page, Source
from feedbuilder.parse.links import Link, Links
from feedbuilder.parse.raw_card import RawCard, RawHeading, RawLink
from tests.extract.moving_cards import RULES, layouts, moments, moving_page

NOW = datetime(2026, 3, 6, 11, tzinfo=UTC)
Make = Callable[..., Source]


class Processes:
    """Reads a source as one process after the other does: each knows only what was kept by those before."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.kept: bytes | None = None

    def read(self, html: str, now: datetime = NOW, kept: bytes | None = None) -> tuple[Item, ...]:
        cards, mark = CardCache(), fingerprint(self.source)
        if kept or self.kept:
            cards.take_up(mark, self.source.selectors, kept or self.kept or b"")
        items = extract(Page(self.source.url, html.encode(), now), self.source, cards)
        self.kept = cards.to_be_kept(mark, now) or self.kept
        return items

    def plainly(self, html: str, now: datetime = NOW) -> tuple[Item, ...]:
        return extract(Page(self.source.url, html.encode(), now), self.source)


def page(first: int, last: int, views: int) -> str:
    return "<!doctype html>" + "".join(
        f'<div class="card"><h3><a href="/story-{n}.html">A title, {"abcdefghijklmnopqrstuvwxyz"[n]}</a></h3>'
        f"<p>What it says: “{n % 7} — ёж”</p><time>{n + 1} Feb 2026</time><img src=/{n}.png>"
        f"<i>{views + n} reads</i></div>"
        for n in range(last, first, -1)
    )


def test_a_process_reads_only_the_cards_that_none_before_it_has_read(source: Make, read_cards: list[str]) -> None:
    one = Processes(source(summary="p", date="time"))
    for number in range(3):
        one.read(page(0, 12, 100 * number))
    read_cards.clear()
    html = page(2, 14, 900)
    items, read = one.read(html), len(read_cards)
    assert (read, items) == (2, one.plainly(html))


def test_what_is_kept_is_of_one_source_with_one_set_of_settings(source: Make, read_cards: list[str]) -> None:
    one, other = Processes(source(summary="p")), Processes(source(summary="p", date="time"))
    one.read(page(0, 12, 100))
    read_cards.clear()
    other.read(page(0, 12, 100), kept=one.kept)
    assert len(read_cards) == 12


def test_nothing_is_kept_for_two_new_cards_and_something_for_a_few(source: Make) -> None:
    one = Processes(source())
    for number in range(4):
        one.read(page(0, 12, 100 * number))
    before = one.kept
    one.read(page(2, 14, 400))
    assert one.kept is before
    one.read(page(FEW, 12 + FEW, 500))
    assert one.kept is not before


def test_a_running_process_keeps_what_it_read_little_by_little(source: Make) -> None:
    one, cards, kept = source(), CardCache(), list[int]()
    for number in range(10):
        extract(Page(one.url, page(number, number + 12, 100).encode(), NOW), one, cards)
        if cards.to_be_kept(fingerprint(one), NOW):
            kept.append(number)
    assert kept == [0, 6]


def test_where_all_cards_are_others_each_time_hardly_anything_is_kept() -> None:
    usage, kept, now = CardUsage(), list[int](), NOW
    for number in range(100):
        now += timedelta(hours=1)
        usage.note_page(40, 40, were_known=number > 0)
        if usage.is_worth_keeping(now):
            usage.note_kept(now)
            kept.append(number)
    assert kept == [0, 1, 2, 26, 50, 74, 98]
    usage.note_page(40, 4, were_known=True)
    assert usage.is_worth_keeping(now)


def test_a_clock_that_was_wrong_does_not_end_the_keeping() -> None:
    usage = CardUsage(idle=5, kept=NOW + timedelta(days=4_000))
    usage.note_page(40, 40, were_known=True)
    assert usage.is_worth_keeping(NOW)


def test_cards_with_a_secret_in_them_are_not_kept(source: Make) -> None:
    masking.learn(["hunter2hunter2"])
    try:
        for html in ("hunter2hunter2", '<a href="/x?token=abcdef">more</a>'):
            one = Processes(source(summary="p"))
            one.read(page(0, 8, 100) + f'<div class=card><a href="/s">A title</a><p>{html}</p></div>')
            assert one.kept is None
    finally:
        masking.forget()


def test_what_is_too_large_is_not_kept(source: Make) -> None:
    one = Processes(source(summary="p"))
    texts = [" ".join(str(hash((n, word))) for word in range(400)) for n in range(60)]
    one.read("".join(f'<p class=card><a href="/{n}">{n} {text}</a></p>' for n, text in enumerate(texts)))
    assert one.kept is None
    one.read(page(0, 8, 100))
    assert one.kept is not None
    assert len(one.kept) < LARGEST / 10


def damaged(kept: bytes) -> list[bytes]:
    """Return what may come of it: cut, torn, of another program, with other values in all places."""
    mark, written = kept[:64], zlib.decompress(kept[64:]).decode()
    made = [b"", kept[:40], kept[:-1], kept[:64], b"x" + kept, kept[:80] + b"x" + kept[81:], mark + b"no zlib"]
    texts = ["", "null", "[]", "7", "{}", "[" * 100_000, "[0,0,[],[],[],[],null]"]
    texts += ['[0,0,[],[],[],[],[["b","p","h","a",false,[]],[],{}]]', f"[{10**17},0,[],[],[],[],null]"]
    for old in sorted(set('",:[]{}0123456789tf')):
        texts += [written.replace(old, new) for new in ("", '"x"', "-1", "null", "[]", "{}", "1e999", "9" * 400)]
    places = range(0, len(written), max(len(written) // 400, 1))
    texts += [written[:place] + new + written[place + 1 :] for place in places for new in ('"', "7", "]", "null")]
    return made + [mark + zlib.compress(text.encode("utf-8", "replace"), 1) for text in texts]


def test_what_is_damaged_is_no_error(source: Make) -> None:
    one = source(summary="p", date="time")
    first = Processes(one)
    first.read(page(0, 4, 100))
    assert first.kept is not None
    mark = fingerprint(one)
    for content in damaged(first.kept):
        CardCache().take_up(mark, one.selectors, content)
    again = Processes(one)
    for content in damaged(first.kept)[:7]:
        assert again.read(page(0, 4, 100), kept=content) == again.plainly(page(0, 4, 100))
    for content in damaged(first.kept)[7::25]:  # what can be read all the same may say something else, and no more
        assert len(again.read(page(0, 4, 100), kept=content)) <= 4


texts = st.text(max_size=8)
many = st.lists(texts, max_size=2).map(tuple)
lines = st.builds(RawLink, texts, st.none() | texts, many)
CARDS = st.builds(
    RawCard,
    **{
        field.name: {
            "str | None": st.none() | texts,
            "bool": st.booleans(),
            "tuple[str, ...]": many,
            "tuple[RawLink, ...]": st.lists(lines, max_size=2).map(tuple),
            "tuple[RawHeading, ...]": st.lists(st.builds(RawHeading, texts, many, many), max_size=2).map(tuple),
        }[str(field.type)]
        for field in fields(RawCard)
    },
)
"""Cards with something in each of their fields, whichever there are."""


@given(CARDS, st.text('<>=ab19 "', max_size=40))
def test_a_card_is_kept_whole_in_each_of_its_fields(card: RawCard, html: str) -> None:
    stem, parts = moving_parts(html, Watched(frozenset(), texts=False, attributes=False))
    remembered = RememberedCard.of(html, card, stem.encode()[:16].ljust(16), parts, b"r" * 16)
    links = Links("b", "p", "h", True, ("d",), "a", {"x": Link("c", "u"), "y": None}, {"s": "t", "z": None})
    places = LearntPlaces.of(Counter({"UNREAD a": 2, "UNREAD b": 2}), Counter({"UNREAD b": 1}))
    kept = KeptCards(((b"k" * 16, remembered),), places, links, 2, NOW)
    packed = kept.packed("mark")
    if packed is not None:  # there may be something like a secret in it
        again = unpacked(packed, "mark")
        assert again == kept
        assert again is not None
        assert again.links is not None
        assert (again.links.known, again.links.shown) == (links.known, links.shown)


def test_a_bomb_is_not_unpacked(source: Make) -> None:
    one, cards = source(), CardCache()
    bomb = zlib.compress(b"[" + b" " * 50_000_000 + b"]", 9)
    cards.take_up(fingerprint(one), one.selectors, fingerprint(one).encode() + bomb)
    assert not cards.knows(fingerprint(one))


@settings(max_examples=50, deadline=None)
@given(
    st.tuples(layouts, layouts),
    moments,
    st.sampled_from(RULES),
    st.booleans(),
    st.permutations(range(3)),
    st.booleans(),
)
def test_however_cards_move_what_is_read_by_what_was_kept_is_what_is_read_without(
    layouts: list[list[str]],
    history: list[list[int]],
    rules: dict[str, Any],
    without_links: bool,
    order: list[int],
    mixed: bool,
) -> None:
    source = Source.model_validate(
        {"id": "n", "url": "https://example.org/", "allow_empty": True, "without_links": without_links,
         "selectors": {"item": ".card", **rules}}
    )  # fmt: skip
    mark, cards, kept = fingerprint(source), CardCache(), None
    for moment, numbers in enumerate(history):
        here = moving_page(layouts, order if moment % 2 else range(3), numbers, moment)
        if not mixed or moment % 3 == 2:  # another process; else the same goes on
            cards = CardCache()
            if kept is not None:
                cards.take_up(mark, source.selectors, kept)
        assert extract(here, source, cards) == extract(here, source)
        kept = cards._memories[mark].kept(here.fetched_at).packed(mark)


def test_the_text_of_a_card_is_kept_with_it(source: Make) -> None:
    one = Processes(source(content="p"))
    html = page(0, 6, 100)
    for _ in range(3):
        items = one.read(html)
    assert items == one.plainly(html)
    assert items[0].content_html == "<p>What it says: “6 — ёж”</p>"
