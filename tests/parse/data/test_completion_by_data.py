"""What data of the page add to a list that is read from its elements."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from feedbuilder.model import Item, Precision

Reader = Callable[..., tuple[Item, ...]]


def page(card: str, **said: object) -> str:
    article = {"@type": "NewsArticle", "url": "https://www.town.example/news/bridge/?utm_source=x#top", **said}
    return f'<script type="application/ld+json">{json.dumps(article)}</script><article>{card}</article>'


CARD = '<h2><a href="/news/bridge">The new bridge over the…</a></h2><i class="d">Nov 19</i>'


def test_date_author_and_picture_are_filled_in_and_a_cut_title_is_made_whole(read: Reader) -> None:
    html = page(
        CARD,
        headline="The new bridge over the harbour opens",
        datePublished="2026-11-18T22:30:00-05:00",
        author={"name": "Jane Roe"},
        image="/bridge.jpg",
        description="Not asked for.",
        keywords="bridges",
    )
    (item,) = read(html, None, item="article", date=".d")
    assert item.title == "The new bridge over the harbour opens"
    assert item.published is not None
    assert item.published.at == datetime(2026, 11, 19, 3, 30, tzinfo=UTC)
    assert (item.authors, item.image) == (("Jane Roe",), "https://town.example/bridge.jpg")
    assert (item.summary, item.tags) == (None, ())


def test_what_the_list_says_itself_stays(read: Reader) -> None:
    html = page(
        '<a href="/news/bridge">Bridge</a><b class="by">Ali Bey</b><img src="/own.jpg">',
        headline="Bridge | Town News",
        author="Jane Roe",
        image="/bridge.jpg",
    )
    (item,) = read(html, None, item="article", author=".by")
    assert (item.title, item.authors, item.image) == ("Bridge", ("Ali Bey",), "https://town.example/own.jpg")


@pytest.mark.parametrize(
    ("shown", "said", "at", "precision"),
    [
        ("Nov 19, 2026, 18:20", "2026-11-19", datetime(2026, 11, 19, 18, 20, tzinfo=UTC), Precision.INSTANT),
        ("Nov 12, 2026, 18:20", "2026-11-19", datetime(2026, 11, 19, tzinfo=UTC), Precision.DAY),
        ("Nov 12, 2026", "", datetime(2026, 11, 12, tzinfo=UTC), Precision.DAY),
        ("Nov 12, 2026", "2027-01-01T00:00:00Z", datetime(2026, 11, 12, tzinfo=UTC), Precision.DAY),
    ],
)
def test_the_date_of_the_data_counts_unless_the_text_is_closer(
    read: Reader, shown: str, said: str, at: datetime, precision: Precision
) -> None:
    html = page(f'<a href="/news/bridge">Bridge</a><i class="d">{shown}</i>', datePublished=said)
    (item,) = read(html, None, item="article", date=".d")
    assert item.published is not None
    assert (item.published.at, item.published.precision) == (at, precision)


def test_data_of_other_addresses_add_nothing(read: Reader) -> None:
    (item,) = read(page(CARD, url="/news/harbour", datePublished="2026-01-01", author="J"), None, item="article")
    assert (item.title, item.published, item.authors) == ("The new bridge over the…", None, ())


def test_microdata_around_a_card_complete_it_too(read: Reader) -> None:
    html = """<li itemscope itemtype="https://schema.org/NewsArticle"><a itemprop="url" href="/1">One</a>
    <meta itemprop="datePublished" content="2026-11-03T10:00:00+04:00"></li>"""
    (item,) = read(html, None, item="li")
    assert item.published is not None
    assert item.published.at == datetime(2026, 11, 3, 6, tzinfo=UTC)


def test_two_entries_of_one_address_add_up(read: Reader) -> None:
    extra = {"@type": "Article", "url": "/news/bridge", "datePublished": "2026-11-03T10:00:00Z"}
    html = f'<script type="application/ld+json">{json.dumps(extra)}</script>' + page(CARD, author="Jane Roe")
    (item,) = read(html, None, item="article")
    assert item.authors == ("Jane Roe",)
    assert item.published is not None


@pytest.mark.parametrize(("second", "believed"), [("10:00:00", False), ("10:00:01", True)])
def test_one_second_for_all_articles_is_the_pages_own_time(read: Reader, second: str, believed: bool) -> None:
    times = ["10:00:00"] * 4 + [second]
    entries = [
        {"@type": "NewsArticle", "url": f"/news/{at}", "datePublished": f"2026-11-03T{time}Z"}
        for at, time in enumerate(times)
    ]
    cards = "".join(f'<article><h2><a href="/news/{at}">Story {at}</a></h2></article>' for at in range(5))
    html = f'<script type="application/ld+json">{json.dumps(entries)}</script>{cards}'
    items = read(html, None, item="article")
    assert [item.published is not None for item in items] == [believed] * 5
