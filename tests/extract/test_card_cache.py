"""The memory of cards: a page that hardly changed is hardly read again, and never read wrongly."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedbuilder.extract import CardCache, extract
from feedbuilder.extract.card_memory import CardMemory
from feedbuilder.extract.moving_parts import Watched
from feedbuilder.model import Item, Page, Source
from feedbuilder.parse.links import Links
from tests.extract.moving_cards import COUNTERS, RULES, layouts, moments, moving_page

Items = Callable[..., tuple[Item, ...]]
HTML = """<div class="card"><h3><a href="/{n}">Title {n}</a></h3><p>Summary</p>
<small class="day">{day}</small><small class="month">Feb 2026</small><span data-views="{views}">{views}</span></div>"""


def html(count: int, views: int = 129, day: int = 6) -> str:
    return "<!doctype html>" + "".join(HTML.format(n=f"n{n}", views=views, day=day) for n in range(count))


def test_only_new_cards_are_read_however_the_counters_move(items: Items, read_cards: list[str]) -> None:
    cards = CardCache()
    first = items(html(20, day=28), cards=cards, summary="p")
    assert len(read_cards) == 20
    assert items(html(20, views=130, day=28), cards=cards, summary="p") == first
    read_cards.clear()  # two cards were tried with other counters
    assert items(html(21, views=131, day=28), cards=cards, summary="p")[:20] == first
    assert len(read_cards) == 1


def with_counter(kind: str, count: int, moment: int) -> str:
    random = Random(moment)

    def card(place: int) -> str:
        uuid, letter = UUID(int=random.getrandbits(128)), chr(97 + place)
        counter = COUNTERS[kind].format(
            n=20 + 10 * moment + place % 10,
            id=place + 100,
            card=f"n{place}",
            slug=f"a-title-{letter}",
            random=uuid.hex[:10],
            uuid=uuid,
        )
        title = f"A title of many words, {letter}"
        return f'<div class="card"><h3><a href="/a-title-{letter}">{title}</a></h3>{counter}</div>'

    return "<!doctype html>" + "".join(card(place) for place in range(count))


@pytest.mark.parametrize("kind", COUNTERS)
def test_what_moves_and_is_not_read_is_learnt_and_left_out(kind: str, items: Items, read_cards: list[str]) -> None:
    cards = CardCache()
    for moment in range(3):
        items(with_counter(kind, 12, moment), cards=cards)
    read_cards.clear()
    for moment in range(3, 6):
        page = with_counter(kind, 13, moment)
        quick, read = items(page, cards=cards), len(read_cards)
        assert quick == items(page)
        assert read == (1 if moment == 3 else 0), "only the new one is read"
        read_cards.clear()


def test_an_id_of_the_letters_that_stand_for_others_is_none_of_them(items: Items) -> None:
    cards = CardCache()
    page = '<div class="card"><h3><a href="/a-title">A title of words</a></h3><i data-id="{}">x</i></div>'
    for made in ("7a", "xx", "<<", "8b", "xx"):
        assert items(page.format(made), cards=cards) == items(page.format(made))


def test_a_title_that_changes_in_a_place_like_a_counter_is_read_again(items: Items) -> None:
    cards = CardCache()
    page = '<div class="card"><p><a href="/a">Chapter {n}</a></p><i>{n} reads</i></div>'
    titles = [items(page.format(n=n), cards=cards)[0].title for n in (21, 22, 23, 24)]
    assert titles == ["Chapter 21", "Chapter 22", "Chapter 23", "Chapter 24"]


def test_texts_are_never_left_out_where_a_rule_looks_into_them_with_a_pattern(items: Items) -> None:
    cards = CardCache()
    page = (
        '<div class="card"><h3><a href="/a">A title</a></h3><p><i>{n}</i> readers, at the <b>2025 summit</b></p></div>'
    )
    rule = {"select": "p", "match": r"(20\d\d \w+)"}
    read = [items(page.format(n=n), cards=cards, summary=rule)[0].summary for n in (1996, 1997, 1998, 1999, 2000)]
    assert read == ["2025 summit"] * 4 + ["2000 readers"]


def test_what_is_read_for_some_values_only_is_not_left_out(items: Items) -> None:
    """What says only when is no summary: as long as it does."""
    cards = CardCache()
    page = '<div class="card"><h3><a href="/a">A title</a></h3><p class="t">{n} Nov 2026</p><p>Text</p></div>'
    rule = [".t", "p:last-child"]
    read = [items(page.format(n=n), cards=cards, summary=rule)[0].summary for n in (11, 12, 13, 14, 45)]
    assert read == ["Text"] * 4 + ["45 Nov 2026"]


CARD = '<div class="card"><h3><a href="/{c}">A title, {c}</a></h3>{rest}</div>'


def test_what_is_left_out_of_most_cards_is_read_in_those_that_say_no_more(items: Items) -> None:
    cards = CardCache()
    counter = '<small class="n">{n}</small> <small class="m">people came</small>'
    rule = [".d", {"join": [".n", ".m"]}]
    for n in (11, 12, 13, 14, 15):
        full = "".join(CARD.format(c=c, rest='<b class="d">A summary</b>' + counter.format(n=n)) for c in "abc")
        read = items(full + CARD.format(c="d", rest=counter.format(n=n)), cards=cards, summary=rule)
        assert [one.summary for one in read] == ["A summary"] * 3 + [f"{n} people came"]


def test_a_text_that_stands_twice_in_a_card_is_not_handed_on(items: Items) -> None:
    cards = CardCache()
    answers = '<p><a href="/{c}">{title}</a></p><a href="/{c}#answers">{n} replies so far</a>'
    titles = {"a": "A title", "b": "B title", "c": "C title", "d": "24 replies so far"}
    for n in (22, 23, 24, 25, 26):
        shown = "abcd" if n >= 24 else "abc"
        body = "".join(f'<div class="card">{answers.format(c=c, title=titles[c], n=n)}</div>' for c in shown)
        assert [one.title for one in items(body, cards=cards)] == [titles[c] for c in shown]


def test_an_attribute_that_a_selector_names_is_never_left_out(items: Items) -> None:
    cards = CardCache()
    page = '<div class="card"><h3><a href="/a">A title</a></h3><p data-kind="t{n}">Text</p></div>'
    for n in (4, 5, 6, 7, 8):
        read = items(page.format(n=n), cards=cards, summary='p:not([data-kind="t7"])')
        assert (read[0].summary is None) == (n == 7)


def test_a_counter_that_says_what_a_title_adds_is_compared_with_it(items: Items) -> None:
    """ "A title, 12 replies" for a screen reader says nothing but what the card shows, as long as it shows that."""
    cards = CardCache()
    page = (
        '<div class="card"><h3><a href="/{c}" aria-label="A title {c}, 27 replies">A title {c}</a></h3>'
        "<i>{n} replies</i></div>"
    )
    for n in (23, 24, 25, 26, 27, 28):
        body = "".join(page.format(c=c, n=n) for c in "abc")
        assert items(body, cards=cards) == items(body)


def test_a_number_that_is_read_is_no_counter(items: Items) -> None:
    cards, rule = CardCache(), {"join": [".day", ".month"]}
    sixth, fifth = (items(html(1, day=day), cards=cards, date=rule)[0].published for day in (6, 5))
    assert sixth is not None
    assert fifth is not None
    assert sixth.at - fifth.at == timedelta(days=1)
    again = items(html(1, day=6), cards=cards, date=rule)[0].published
    assert again == sixth


def test_a_number_that_is_the_address_is_no_counter(items: Items) -> None:
    cards = CardCache()
    links = [
        items(f'<p class="card" data-id="{n}">Talks</p>', cards=cards, link="@data-id", title="p")[0].link
        for n in (7, 8)
    ]
    assert links == ["https://example.org/news/7", "https://example.org/news/8"]


def test_relative_dates_and_addresses_are_read_anew(page: Callable[..., Page], source: Callable[..., Source]) -> None:
    cards, here = CardCache(), page("<p class=card><a href=a>x</a><time>2 hours ago</time>")
    there = Page("https://mirror.example/x/", here.body, here.fetched_at + timedelta(hours=1))
    (one,), (other,) = extract(here, source(), cards), extract(there, source(), cards)
    assert (one.link, other.link) == ("https://example.org/news/a", "https://mirror.example/x/a")
    assert one.published is not None
    assert other.published is not None
    assert other.published.at - one.published.at == timedelta(hours=1)


def test_addresses_are_taken_over_from_the_page_before_as_long_as_they_mean_the_same(items: Items) -> None:
    cards = CardCache()
    page = '<base href="https://{host}.example/"><div class="card"><a href="{n}">A title</a><img src="{n}.png"></div>'
    for host, n in (("a", 1), ("a", 1), ("b", 1), ("b", 2), ("a", 2)):
        (item,) = items(page.format(host=host, n=n), cards=cards)
        assert (item.link, item.image) == (f"https://{host}.example/{n}", f"https://{host}.example/{n}.png")


def test_of_the_addresses_of_earlier_pages_only_the_last_are_kept(page: Callable[..., Page], source: Any) -> None:
    here = source()
    cards = CardMemory(Watched.by(here.selectors))
    links = cards.links(Links.of(page(""), None, here))
    for n in range(5):
        links = cards.links(Links.of(page(""), None, here))
        links.article(f"/{n}")
        links.picture(f"/{n}.png")
    assert list(links.known) == ["/4"]
    assert links.before is not None
    assert (list(links.before.known), list(links.before.shown), links.before.before) == (["/3"], ["/3.png"], None)


def test_sources_do_not_share_readings(items: Items) -> None:
    cards = CardCache()
    markup = "<p class=card><a href=/a>x</a><b>B</b><i>I</i>"
    assert [items(markup, cards=cards, summary=css)[0].summary for css in ("b", "i")] == ["B", "I"]


def test_the_memory_is_bounded_by_count_and_bytes(items: Items) -> None:
    few, small = CardCache(max_cards=5), CardCache(max_bytes=5_000)
    assert items(html(50), cards=few) == items(html(50), cards=small) == items(html(50))
    assert len(few) == 5
    assert 0 < len(small) <= 5


def test_sources_unused_for_longest_are_forgotten_first(items: Items, read_cards: list[str]) -> None:
    cards = CardCache(max_cards=20)
    for css in ("p", "small", "p", "span"):  # each reads its cards as another source would
        items(html(8), cards=cards, summary=css)
    assert len(cards) == 16
    read_cards.clear()
    items(html(8), cards=cards, summary="p")
    assert not read_cards
    items(html(8), cards=cards, summary="small")
    assert len(read_cards) == 8


@pytest.mark.parametrize(("sources", "comes_again_in_time"), [(20, True), (80, False)])
def test_more_is_remembered_once_a_source_comes_again_that_would_be_known_with_more(
    sources: int, comes_again_in_time: bool, items: Items, read_cards: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feedbuilder.extract.card_cache.AT_FIRST", 40_000)
    cards, counts = CardCache(max_bytes=400_000), list[int]()
    for _ in range(3):
        for number in range(sources):  # each reads its cards as another source would
            items(html(3), cards=cards, summary=f"p, .n{number}")
        counts.append(len(cards))
    assert counts[0] <= 12, "at first, a few"
    assert counts[2] == (3 * sources if comes_again_in_time else counts[0])
    read_cards.clear()
    items(html(3), cards=cards, summary="p, .n0")
    assert len(read_cards) == (0 if comes_again_in_time else 3)


def test_cards_that_no_page_shows_any_more_are_forgotten_after_a_while(items: Items, read_cards: list[str]) -> None:
    cards = CardCache()
    first = '<p class="card"><a href="/first">The first title</a></p>'
    items(first + html(6), cards=cards)
    for number in range(30):
        items(html(6), cards=cards)
        if number == 5:  # it returns, as on another page of the list
            read_cards.clear()
            items(first, cards=cards)
            assert not read_cards
    assert len(cards) == 6
    read_cards.clear()
    items(first + html(6), cards=cards)
    assert len(read_cards) == 1


def test_several_threads_may_share_it(items: Items) -> None:
    cards = CardCache(max_cards=30)
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda n: items(html(40, views=n), cards=cards), range(8)))
    assert all(result == results[0] for result in results)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 12), st.integers(1, 28)), min_size=1, max_size=6))
def test_with_and_without_memory_the_result_is_the_same(readings: list[tuple[int, int, int]]) -> None:
    source = Source.model_validate(
        {"id": "n", "url": "https://example.org/", "allow_empty": True,
         "selectors": {"item": ".card", "summary": "p", "date": {"join": [".day", ".month"]}}}
    )  # fmt: skip
    cards = CardCache()
    for count, views, day in readings:
        body = html(count, views, day).encode()
        here = Page("https://example.org/", body, datetime(2026, 3, 6, 11, 5, tzinfo=UTC))
        assert extract(here, source, cards) == extract(here, source)


@settings(max_examples=200, deadline=None)
@given(st.tuples(layouts, layouts), moments, st.sampled_from(RULES), st.booleans(), st.permutations(range(3)))
def test_however_cards_move_the_quick_reading_is_the_plain_one(
    layouts: list[list[str]], history: list[list[int]], rules: dict[str, Any], without_links: bool, order: list[int]
) -> None:
    source = Source.model_validate(
        {"id": "n", "url": "https://example.org/", "allow_empty": True, "without_links": without_links,
         "selectors": {"item": ".card", **rules}}
    )  # fmt: skip
    cards = CardCache()
    for moment, numbers in enumerate(history):
        shown = order if moment % 2 else range(3)
        here = moving_page(layouts, shown, numbers, moment)
        assert extract(here, source, cards) == extract(here, source)
