"""What a feed says about itself: dates of its entries and never of today, language, lifetime, titles."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from feedbuilder.feeds import compose
from feedbuilder.model import Precision, Site


def test_an_empty_feed_is_as_old_as_its_creation(feed: Any, source: Any, site: Site, noon: datetime) -> None:
    assert compose(feed(), [], [source()], site, noon).updated == noon


def test_a_feed_is_as_old_as_its_newest_change(feed: Any, item: Any, source: Any, site: Site, noon: datetime) -> None:
    reworded = noon - timedelta(minutes=7, microseconds=3)
    document = compose(feed(), [item(1), item(2, changed=reworded)], [source()], site, noon)
    assert document.updated == reworded.replace(microsecond=0)
    assert document.updated.utcoffset() == timedelta(hours=4)


def test_the_shortest_configured_interval_of_the_feeding_sources_is_the_lifetime(
    feed: Any, item: Any, source: Any, site: Site, noon: datetime
) -> None:
    sources = [
        source("slow", interval="6h", tags=["World News"]),
        source("lister", interval="2h"),
        source("other", interval="10m", tags=["Sport"]),
    ]
    world = feed(tags=["world news"])
    assert compose(world, [], sources, site, noon).ttl == timedelta(hours=6)
    assert compose(world, [item(sources=("lister",))], sources, site, noon).ttl == timedelta(hours=2)
    assert compose(feed(), [], sources, site, noon).ttl == timedelta(minutes=10)
    assert compose(feed(), [], [], site, noon).ttl is None


@pytest.mark.parametrize(
    ("own", "of_sources", "of_site", "expected"),
    [
        ("pt-BR", ["en"], "de", "pt-BR"),
        (None, ["en", "EN"], "de", "en"),
        (None, ["en", "fr"], "de", "de"),
        (None, ["en", None], "de", "de"),
        (None, [], "de", "de"),
        (None, ["zh-Hant-TW"], None, "zh-Hant-TW"),
        ("English", ["en"], None, "en"),
        ("en_US", ["english please"], "<b>", None),
        (None, [], None, None),
    ],
)
def test_language(
    feed: Any, source: Any, noon: datetime, own: str | None, of_sources: list[str], of_site: str | None, expected: str
) -> None:
    sources = [source(f"s{number}", language=code) for number, code in enumerate(of_sources)]
    assert compose(feed(language=own), [], sources, Site(language=of_site), noon).language == expected


def test_the_id_of_a_feed_survives_a_move(feed: Any, noon: datetime) -> None:
    here = compose(feed(), [], [], Site(url="https://here.example/"), noon)
    there = compose(feed(), [], [], Site(url="http://there.example/feeds"), noon)
    assert here.id == there.id == "urn:uuid:d6038d21-200a-58d7-89bb-2b0cb3ee13a5"
    assert there.address("rss.xml") == "http://there.example/feeds/world-news/rss.xml"


def test_a_public_address_in_another_script_is_written_in_ascii(feed: Any, noon: datetime) -> None:
    document = compose(feed(), [], [], Site(url="https://bücher.example/größe"), noon)
    assert document.page == "https://xn--bcher-kva.example/gr%C3%B6%C3%9Fe/world-news/"


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ({"title": "Whole"}, "Whole"),
        ({"title": None, "summary": "Only a summary."}, "Only a summary."),
        ({"title": "\x00\ud800 ", "summary": "Only a summary."}, "Only a summary."),
        (
            {"title": None, "summary": "word " * 40},
            "word word word word word word word word word word word word word word word word word word word…",
        ),
        ({"title": None, "summary": "长" * 200}, "长" * 99 + "…"),
        (
            {"title": None, "summary": None, "link": "https://www.paper.example/%D0%BC%D0%B8%D1%80/?id=7"},
            "paper.example/мир/?id=7",
        ),
    ],
)
def test_every_entry_has_a_title(
    feed: Any, item: Any, site: Site, noon: datetime, said: dict[str, Any], title: str
) -> None:
    (entry,) = compose(feed(), [item(**said)], [], site, noon).shown
    assert entry.title == title


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("https://paper.example/a b?q=<x>", "https://paper.example/a%20b?q=%3Cx%3E"),
        ("https://paper.example/a%20b#part", "https://paper.example/a%20b#part"),
        ("https://bücher.example:8080/größe", "https://xn--bcher-kva.example:8080/gr%C3%B6%C3%9Fe"),
        ("javascript:alert(1)", "https://feeds.example/world-news/"),
        ("data:text/html,x", "https://feeds.example/world-news/"),
        ("https://[broken/", "https://feeds.example/world-news/"),
        ("http:relative", "https://feeds.example/world-news/"),
    ],
)
def test_links_are_web_addresses(feed: Any, item: Any, site: Site, noon: datetime, link: str, shown: str) -> None:
    (entry,) = compose(feed(), [item(link=link, image=link)], [], site, noon).shown
    assert entry.link == shown
    assert entry.image == (None if "feeds.example" in shown else shown)


def test_dates_keep_the_day_of_the_site(feed: Any, item: Any, site: Site, noon: datetime) -> None:
    late = item(published=datetime(2026, 2, 6, 20, 30, 15, 999, tzinfo=UTC), zone=ZoneInfo("Asia/Dubai"))
    (entry,) = compose(feed(), [late], [], site, noon).shown
    assert entry.published.isoformat() == "2026-02-07T00:30:15+04:00"


@pytest.mark.parametrize(
    ("moment", "zone"),
    [
        (datetime(1900, 1, 1, tzinfo=UTC), "Asia/Dubai"),  # local mean time: +03:41:12
        (datetime(9999, 12, 31, 23, tzinfo=UTC), "Asia/Dubai"),
        (datetime(1, 1, 1, tzinfo=UTC), "America/New_York"),
    ],
)
def test_dates_that_their_zone_cannot_write_are_in_utc(
    feed: Any, item: Any, site: Site, noon: datetime, moment: datetime, zone: str
) -> None:
    (entry,) = compose(feed(), [item(published=moment, zone=ZoneInfo(zone))], [], site, noon).shown
    assert entry.published == moment
    assert entry.published.utcoffset() == timedelta(0)


def test_a_day_without_a_time_says_so(feed: Any, item: Any, site: Site, noon: datetime) -> None:
    (entry,) = compose(feed(), [item(precision=Precision.DAY)], [], site, noon).shown
    assert not entry.has_time


def test_feeds_and_entries_link_to_the_page_that_people_visit(
    feed: Any, source: Any, item: Any, site: Site, noon: datetime
) -> None:
    api = source(url="https://paper.example/api/world.json", home="https://paper.example/world?token=hushhushhush")
    document = compose(feed(), [item()], [api], site, noon)
    assert document.website == "https://paper.example/world"
    assert compose(feed(), [], [source(url="https://paper.example/world")], site, noon).website == document.website
