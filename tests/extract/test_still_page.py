"""A page that is known without being read lists what it would list if it were read, whatever moved on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedbuilder.extract.moving_places import LARGEST, MOST_PLACES, MOST_TOKENS, moving_places
from feedbuilder.extract.still_page import Kind, StillPage
from feedbuilder.model import AskedOfList, FamiliarList, Item, Page, ReadingSettings, Selectors, Source
from feedbuilder.pipeline import local_reader
from feedbuilder.pipeline.local_reader import LocalReader
from tests.extract.moving_cards import PIECES, RULES, moving_page
from tests.extract.still_readings import unread

URL = "https://example.org/"
NOW = datetime(2026, 3, 6, 11, tzinfo=UTC)
NEVER, FROM_THE_SIXTH = [False] * 9, [False] * 5 + [True] * 4
"""Of nine pages: the list is read, stands, is marked, is known as a whole twice, and then may go unread."""


def source_of(**rules: Any) -> Source:
    return Source.model_validate({"id": "n", "url": URL, "selectors": {"item": ".card", **rules}})


def shown(html: str, *, at: int = 0, charset: str = "utf-8") -> Page:
    return Page(URL, html.encode(charset), NOW + timedelta(minutes=at), f"text/html; charset={charset}")


def polled(card: str, values: Sequence[object], around: str = "{}", charset: str = "utf-8", **rules: Any) -> list[bool]:
    """Return which pages went unread, each with these cards and one of the `values` in them ({v}) or around them."""
    random = Random(7)
    pages = []
    for at, value in enumerate(values):
        words = {"v": value, "hex": f"{random.getrandbits(64):016x}", "code": "".join(random.choices(CODE, k=40))}
        stories = "".join(
            CARD.format(n=n, title=title, more=card.format(n=n, title=title, **words)) for n, title in enumerate("AB")
        )
        pages.append(shown(around.format(stories, **words), at=at, charset=charset))
    return unread(pages, source_of(**rules))


CODE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
CARD = '<div class="card"><h3><a href="/{n}-story">{title} title of words</a></h3><b>{more}</b></div>'
HUNDREDS = range(300, 309)


QUIET = """
    {v} comments
    ({v})
    </b><i data-id={v}>1</i><b>
    </b><i style="width: {v}px"></i><b>
    <!-- {v} {hex} -->
    <input name="t" value="{hex}">
    <i data-token="{code}=="></i>
    <template><i>{v} < 9</i></template>
    <script>if (a > b) t = "{hex}"</script>
"""
AROUND = """
    <meta name="csrf-token" content="{code}">{}
    {}<footer>Made in 0.{v} s at 12:{v}</footer>
    <script>var id = '{hex}'</script>{}
    <img src="https://x.example/p.gif?r={v}">{}
    {}<!-- {hex} -->
"""


@pytest.mark.parametrize("card", [line.strip() for line in QUIET.strip().splitlines()])
def test_a_page_on_which_only_what_says_nothing_moves_goes_unread(card: str) -> None:
    assert polled(card, HUNDREDS) == FROM_THE_SIXTH


@pytest.mark.parametrize("around", [line.strip() for line in AROUND.strip().splitlines()])
def test_so_it_does_where_that_stands_beside_the_list(around: str) -> None:
    assert polled("5", HUNDREDS, around) == FROM_THE_SIXTH


@pytest.mark.parametrize(
    ("card", "values"),
    {
        # What is read moves.
        '</b><a href="/{n}-story?page={v}">A</a><b>': HUNDREDS,
        '</b></div><div class="card"><h3><a href="/x{n}">{v}</a></h3><b>': range(1984, 1993),
        "</b><time>{v}</time><b>": [f"12:{minute}" for minute in range(30, 39)],
        "</b><time>{v} Feb 2026</time><b>": range(10, 19),
        "</b><img src=/{v}.jpg><b>": HUNDREDS,
        # Whatever moves is no number, or has other words with it.
        "{v}": ["live", "over", *["live"] * 7],
        # What it is called by, for rules or people.
        '</b><i class="s{v}">x</i><b>': HUNDREDS,
        '</b><i title="{v} people"></i><b>': HUNDREDS,
        '</b><i aria-label="{v} people"></i><b>': HUNDREDS,
        "</b><h{v}>x</h{v}><b>": [4, 5, 4, 5, 4, 5, 4, 5, 4],
        "<i {v}x=1></i>": [f"data{n}" for n in range(9)],
        "&#{v};": range(1040, 1049),
        # It is read as a date with some values, and those are tried.
        "</b><time>{v}</time>": [f"8.{n}" for n in range(41, 50)],
    }.items(),
)
def test_where_more_may_come_of_it_the_page_is_read(card: str, values: Sequence[object]) -> None:
    assert polled(card, values) == NEVER


@pytest.mark.parametrize("around", ["<title>({v}) News</title>{}", "<base href='/v{v}/'>{}", '<body class="p{v}">{}'])
def test_and_so_it_is_where_all_links_or_titles_hang_on_it(around: str) -> None:
    assert polled("5", HUNDREDS, around) == NEVER


@pytest.mark.parametrize(
    "rules",
    [
        {"summary": {"select": "b", "match": r"(2\d\d\d)"}},
        {"summary": "b:-soup-contains('7')"},
        {"date": {"select": "b", "steps": [{"replace": "x", "with": "y"}]}},
        {"author": 'i[data-state="3"]'},
        {"author": "xpath:i[. = 3]"},
    ],
)
def test_a_rule_that_looks_at_what_moves_has_it_read(rules: dict[str, Any]) -> None:
    assert polled('{v} reads<i data-state="{v}"></i>', range(1990, 1999), **rules) == NEVER


@pytest.mark.parametrize("charset", ["utf-16", "iso-2022-jp", "shift-jis", "latin-1"])
def test_bytes_that_may_mean_something_else_are_read(charset: str) -> None:
    text = {"latin-1": "é"}.get(charset, "年")
    assert polled("{v}" + text, HUNDREDS, charset=charset) == NEVER


def test_words_that_come_with_a_number_are_read() -> None:
    values = [*(f"{minute} minutes" for minute in range(52, 60)), "1 hour", "1 hour"]
    assert polled("{v} ago", values)[5:] == [True] * 3 + [False] * 2


def test_a_number_with_more_digits_is_read_and_then_known_with_so_many() -> None:
    values = [*range(90, 98), 104, 105, 106, 107, 108, 109]
    known = polled("{v} comments", values)
    assert known[5:8] == [True] * 3
    assert known[8] is False


@pytest.mark.parametrize(("parted", "before"), [(" ", ""), (" ", "<!-- reads -->"), ("", "")])  # "" by minifiers
def test_a_number_that_an_attribute_says_is_read(parted: str, before: str) -> None:
    """A title's rest is left away where the card shows it elsewhere."""
    card = f'</b><a href="/{{n}}-story"{parted}title="{{title}} title of words, 317">More</a><b>{before}{{v}}'
    assert polled(card, [*range(300, 308), 317, 318])[5:] == [True] * 3 + [False] * 2


def test_a_story_more_a_title_edited_and_a_page_cut_off_are_read() -> None:
    pages = [shown(page(range(5), at), at=at) for at in range(8)]
    for other in (
        page(range(-1, 5), 8),
        page(range(5), 8).replace("Story 3 ", "Story 7 "),
        page(range(5), 8).replace("Story 3 ", "Score 3 "),
        page(range(5), 8).replace("/3-story", "/8-story"),
        page([1, 0, 2, 3, 4], 8),
        page(range(5), 8)[:-40],
        page(range(5), 8).replace("charset=utf-8", "charset=utf-7"),
        page(range(5), 8).replace('class="card"', 'class="gone"', 1),
    ):
        assert unread([*pages, shown(other, at=8)], source_of()) == [False] * 5 + [True] * 3 + [False]


def page(stories: Sequence[int], at: int) -> str:
    """Return a page with these stories and things that move."""
    cards = [CARD.format(n=n, title=f"Story {n} ", more=f"{40 + at} reads") for n in stories]
    return f"<!doctype html><meta charset=utf-8><!-- 11:{10 + at} -->{''.join(cards)}<footer>{200 + at}</footer>"


CHANGES: dict[str, Callable[[list[int]], list[int]]] = {
    "none": lambda places: places,
    "moved": lambda places: places[1:] + places[:1],
    "gone": lambda places: places[1:] or [0, 1, 2],
}
steps = st.tuples(
    st.lists(st.integers(10, 34), min_size=3, max_size=3),
    st.sampled_from(["none"] * 8 + sorted(CHANGES)),
)


@settings(max_examples=20)
@given(
    st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=3), min_size=2, max_size=2),
    st.sampled_from(RULES),
    st.lists(steps, min_size=8, max_size=16),
)
def test_what_goes_unread_would_be_read_as_before(
    layouts: list[list[str]], rules: dict[str, Any], steps: list[tuple[list[int], str]]
) -> None:
    places = [0, 1, 2]
    pages = []
    for numbers, change in steps:
        places = CHANGES[change](places)
        pages.append(moving_page(layouts, places, numbers, 0))
    unread(pages, source_of(**rules))  # which compares it


def learnt(before: bytes, html: bytes, *, is_same: bool = True) -> StillPage | None:
    content = moving_places(Page(URL, html, NOW), before, Selectors(item="a"), lambda _: is_same)
    return StillPage.unpacked(content)


def test_what_is_remembered_is_the_same_afterwards_and_nothing_if_it_is_damaged() -> None:
    begun = moving_places(Page(URL, b"<i data-id=a1b2c3d4>12", NOW), b"", Selectors(item="a"), lambda _: True)
    assert begun is not None
    still = learnt(begun, b"<i data-id=aabbccd4>13")
    assert still is not None
    assert list(still.kinds) == [Kind.MIXED, Kind.READ]
    for value, is_id in ((b"12345678", True), (b"zzzzzzz9", True), (b"headline", False), (b"a/b?c=d9", False)):
        assert still.is_shown_by(Page(URL, b"<i data-id=%b>14" % value, NOW)) is is_id
    written = still.packed()
    assert StillPage.unpacked(written) == still
    for size in range(len(written)):
        assert StillPage.unpacked(written[:size]) is None
    assert StillPage.unpacked(b"\xff" * 500) is None


def test_places_are_learnt_only_where_other_values_were_tried() -> None:
    begun = moving_places(Page(URL, b"<p>12", NOW), b"", Selectors(item="a"), lambda _: True)
    assert begun is not None
    tried = list[bytes]()

    def is_same(other: Page) -> bool:
        tried.append(other.body)
        return True

    said = moving_places(Page(URL, b"<p>13", NOW), begun, Selectors(item="a"), is_same)
    assert tried == [b"<p>99", b"<p>11"]
    still = StillPage.unpacked(said)
    assert still is not None
    assert [still.is_shown_by(Page(URL, html, NOW)) for html in (b"<p>14", b"<p>1x", b"<p>144", b"<q>14")] == [
        *(True, False, False, False)
    ]
    there = Page(URL, b"<p>14", NOW)
    assert not still.is_shown_by(replace(there, url=f"{URL}?a"))
    assert not still.is_shown_by(replace(there, content_type="text/plain"))
    refused = learnt(begun, b"<p>13", is_same=False)
    assert refused is not None
    assert not refused.kinds


@pytest.mark.parametrize("piece", [b"<", b"7", b"<b>7", b"<!--7", b"a7a7a7a7-", b'"Aa7/'])
def test_of_monsters_hardly_anything_is_remembered(piece: bytes) -> None:
    html = piece * (LARGEST // len(piece))
    begun = moving_places(Page(URL, html, NOW), b"", Selectors(item="a"), lambda _: True)
    assert len(begun or b"") <= 2 * MOST_TOKENS + 1_000
    other = html.translate(bytes.maketrans(b"7", b"8"))
    still = moving_places(Page(URL, other, NOW), begun or b"", Selectors(item="a"), lambda _: True)
    assert len(still or b"") <= 2 * MOST_TOKENS + 13 * MOST_PLACES + 1_000
    assert moving_places(Page(URL, html + piece * 2, NOW), b"", Selectors(item="a"), lambda _: True) is None


class Slow(LocalReader):
    """Takes so many seconds for each page, the pages that no site sent apart."""

    def __init__(self, page: float, tried: float) -> None:
        super().__init__(ReadingSettings(deadline=timedelta(seconds=20)))
        self.took = {True: page, False: tried}
        self.now = 0.0
        self.tried = -1

    def read_list(self, page: Page, source: Source) -> tuple[Item, ...]:
        self.tried += 1
        self.now += self.took[self.tried == 0]
        return super().read_list(page, source)

    def read_again(self, page: Page, mark: str | None, still: bytes | None) -> FamiliarList:
        self.tried = -1
        return self.read_known(page, source_of(), AskedOfList(mark, still=still)) or self.read_taught(
            page, source_of(), None
        )


@pytest.mark.parametrize(("took", "tried"), [((1.9, 1.9), 2), ((2.1, 0.1), 0), ((0.1, 6), 1)])
def test_what_would_spare_time_is_not_learnt_if_it_takes_so_long_that_reading_is_ended(
    took: tuple[float, float], tried: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Slow(*took)
    monkeypatch.setattr(local_reader, "thread_time", lambda: reader.now)
    mark = None
    for at in range(3):
        mark = reader.read_again(shown(page(range(3), at), at=at), mark, None).mark
    begun = learnt(b"", shown(page(range(3), 3)).body)
    assert begun is not None
    told = reader.read_again(shown(page(range(3), 4), at=4), mark, begun.packed())
    assert told.as_before is not None
    assert reader.tried == tried
    still = StillPage.unpacked(told.still)
    assert (still is not None and bool(still.kinds)) is (tried == 2)
