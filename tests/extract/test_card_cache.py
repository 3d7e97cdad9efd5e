"""The memory of cards: a page that hardly changed is hardly read again, and never read wrongly."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedbuilder.extract import CardCache, extract
from feedbuilder.extract.fields import read_card
from feedbuilder.model import Item, Page, Source

Items = Callable[..., tuple[Item, ...]]
HTML = """<div class="card"><h3><a href="/{n}">Title {n}</a></h3><p>Summary</p>
<small class="day">{day}</small><small class="month">Feb 2026</small><span data-views="{views}">{views}</span></div>"""


def html(count: int, views: int = 129, day: int = 6) -> str:
    return "<!doctype html>" + "".join(HTML.format(n=f"n{n}", views=views, day=day) for n in range(count))


@pytest.fixture
def read_cards(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect the cards that are really read."""
    seen: list[str] = []

    def counting(card: Any, rules: Any) -> Any:
        seen.append(str(card.item))
        return read_card(card, rules)

    monkeypatch.setattr("feedbuilder.extract.listing.read_card", counting)
    return seen


def test_only_new_cards_are_read_however_the_counters_move(items: Items, read_cards: list[str]) -> None:
    cards = CardCache()
    first = items(html(20, day=28), cards=cards, summary="p")
    assert len(read_cards) == 20
    assert items(html(21, views=130, day=28), cards=cards, summary="p")[:20] == first
    assert len(read_cards) == 21


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


def test_sources_do_not_share_readings(items: Items) -> None:
    cards = CardCache()
    markup = "<p class=card><a href=/a>x</a><b>B</b><i>I</i>"
    assert [items(markup, cards=cards, summary=css)[0].summary for css in ("b", "i")] == ["B", "I"]


def test_the_memory_is_bounded_by_count_and_bytes(items: Items) -> None:
    few, small = CardCache(max_cards=5), CardCache(max_bytes=5_000)
    assert items(html(50), cards=few) == items(html(50), cards=small) == items(html(50))
    assert len(few) == 5
    assert 0 < len(small) <= 5


def test_several_threads_may_share_it(items: Items) -> None:
    cards = CardCache(max_cards=30)
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda n: items(html(40, views=n), cards=cards), range(8)))
    assert all(result == results[0] for result in results)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 12), st.integers(1, 28)), min_size=1, max_size=6))
def test_with_and_without_memory_the_result_is_the_same(readings: list[tuple[int, int, int]]) -> None:
    from datetime import UTC, datetime  # noqa: PLC0415 - fixtures and Hypothesis do not go together

    source = Source.model_validate(
        {"id": "n", "url": "https://example.org/", "allow_empty": True,
         "selectors": {"item": ".card", "summary": "p", "date": {"join": [".day", ".month"]}}}
    )  # fmt: skip
    cards = CardCache()
    for count, views, day in readings:
        body = html(count, views, day).encode()
        here = Page("https://example.org/", body, datetime(2026, 3, 6, 11, 5, tzinfo=UTC))
        assert extract(here, source, cards) == extract(here, source)
