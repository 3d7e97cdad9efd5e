"""RSS, Atom and JSON Feed: byte for byte the golden files, valid by their schemas, readable by feedparser."""

from __future__ import annotations

import json
import locale
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import feedparser
import jsonschema
import pytest
from lxml import etree

from feedbuilder.feeds import FeedDocument, compose, read_feed_json, render, render_site, xmlfeeds
from feedbuilder.feeds.extension import update_rhythm
from feedbuilder.model import Precision, Site

HERE = Path(__file__).parent
ATOM = etree.RelaxNG(etree.parse(HERE / "atom.rng"))
JSON_FEED = jsonschema.Draft202012Validator(json.loads((HERE / "jsonfeed.schema.json").read_text("utf-8")))


@pytest.fixture
def newsroom(feed: Any, item: Any, source: Any, site: Site, noon: datetime) -> FeedDocument:
    """A feed with what a newsroom gives: a changed story, one without anything, other scripts, markup as text."""
    entries = [
        item(1, title="Coastal towns rebuild sea walls", tags=("World News", "Climate"), changed=noon),
        item(2, title="a <b> c & “d”", summary="What if 1 < 2 && 3 > 2? <script>alert(1)</script> ]]> stays text."),
        item(3, title=None, summary=None, authors=(), image=None, published=noon - timedelta(hours=3, microseconds=7)),
        item(4, title="القمة العربية تبحث مستقبل التجارة", summary="اجتمع الوزراء.", authors=("ليلى حداد", "Jo Field")),
        item(5, title="多国代表团讨论可再生能源", precision=Precision.DAY, zone=ZoneInfo("America/St_Johns")),
    ]
    world = feed(
        title="World News", description="What happens beyond the border.", tags=["World News"], aliases=["world"]
    )
    return compose(world, entries, [source(language="en")], site, noon)


@pytest.fixture
def merged(feed: Any, item: Any, source: Any, site: Site, noon: datetime) -> FeedDocument:
    """A feed of two papers in two languages; one names no authors."""
    entries = [
        item(1, summary=None, content_html="<p>The wall is up.</p><p>It took a year.</p>"),
        item(2, title="Der Markt öffnet", summary=None, image=None, sources=("markt",), authors=()),
    ]
    sources = [
        source(language="en", title="The Paper"),
        source("markt", language="de", title="Marktblatt", url="https://user:secret@markt.example/neues?key=secret"),
    ]
    return compose(feed("mixed"), entries, sources, site, noon)


@pytest.fixture
def empty(feed: Any, site: Site, noon: datetime) -> FeedDocument:
    return compose(feed("science"), [], [], site, noon)


@pytest.mark.parametrize("name", ["newsroom", "merged", "empty"])
def test_the_golden_files(
    request: pytest.FixtureRequest, name: str, site: Site, matches_golden: Callable[[str, bytes], bool]
) -> None:
    document: FeedDocument = request.getfixturevalue(name)
    files = [
        file for file in (*render(document)[:4], *render_site(site, [document])) if "image/" not in file.media_type
    ]
    changed = [file.path for file in files if not matches_golden(f"{name}/{file.path}", file.content)]
    assert not changed


def test_each_feed_has_its_files_and_the_same_under_its_old_name(newsroom: FeedDocument) -> None:
    files = {file.path: file for file in render(newsroom)}
    assert list(files) == [
        f"{folder}/{name}"
        for folder in ("world-news", "world")
        for name in ("rss.xml", "atom.xml", "feed.json", "index.html")
    ]
    assert files["world/rss.xml"].content == files["world-news/rss.xml"].content
    assert files["world-news/rss.xml"].media_type == "application/rss+xml; charset=utf-8"


def test_rendering_twice_gives_the_same_bytes(newsroom: FeedDocument, site: Site) -> None:
    assert render(newsroom) == render(newsroom)
    assert render_site(site, [newsroom]) == render_site(site, [newsroom])


@pytest.mark.parametrize("name", ["newsroom", "merged", "empty"])
def test_atom_holds_against_rfc_4287(request: pytest.FixtureRequest, name: str) -> None:
    tree = etree.fromstring(_file(request.getfixturevalue(name), "atom.xml"))
    assert ATOM.validate(tree), ATOM.error_log


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (b'rel="alternate"/>\n    <summary', b"/>\n    <summary"),
        (b"<id>urn:uuid:", b"<id>uuid-"),
        (b"+04:00</updated>", b"</updated>"),
        (b"<name>Mara Lindqvist</name>", b""),
    ],
)
def test_the_atom_schema_finds_mistakes(newsroom: FeedDocument, good: bytes, bad: bytes) -> None:
    content = _file(newsroom, "atom.xml")
    assert good in content
    assert not ATOM.validate(etree.fromstring(content.replace(good, bad)))


@pytest.mark.parametrize("name", ["newsroom", "merged", "empty"])
def test_feed_json_holds_against_json_feed_1_1(request: pytest.FixtureRequest, name: str) -> None:
    JSON_FEED.validate(json.loads(_file(request.getfixturevalue(name), "feed.json")))


@pytest.mark.parametrize("key", ["id", "content_html"])
def test_the_json_schema_finds_mistakes(newsroom: FeedDocument, key: str) -> None:
    feed = json.loads(_file(newsroom, "feed.json"))
    del feed["items"][0][key]
    assert not JSON_FEED.is_valid(feed)


@pytest.mark.parametrize("file", ["rss.xml", "atom.xml"])
def test_feedparser_reads_what_was_meant(newsroom: FeedDocument, file: str) -> None:
    parsed = feedparser.parse(_file(newsroom, file))
    assert not parsed.bozo
    assert parsed.feed.title == "World News"
    assert parsed.feed.link == "https://paper.example/world"
    assert parsed.feed.language == "en"
    assert parsed.feed.generator == "feedbuilder"
    assert [link.href for link in parsed.feed.links if link.rel == "self"] == [
        f"https://feeds.example/world-news/{file}"
    ]
    assert [entry.id for entry in parsed.entries] == [entry.id for entry in newsroom.entries]
    first = parsed.entries[0]
    assert first.link == "https://www.paper.example/story-1"
    assert first.published_parsed[:6] == (2026, 2, 6, 11, 0, 0)
    assert first.updated_parsed[:6] == (2026, 2, 6, 12, 0, 0)
    assert first.author == "Mara Lindqvist"
    assert [tag.term for tag in first.tags] == ["World News", "Climate"]
    assert first.media_thumbnail == [{"url": "https://img.example/1.jpg"}]
    assert first.media_content == [{"url": "https://img.example/1.jpg", "medium": "image"}]
    # feedparser hands HTML on after sanitizing it: the picture and the text, escaped once.
    assert '<img alt="" src="https://img.example/2.jpg"' in parsed.entries[1].summary
    assert "<p>What if 1 &lt; 2 &amp;&amp; 3 &gt; 2? &lt;script&gt;" in parsed.entries[1].summary
    assert parsed.entries[1].title == "a <b> c & “d”"


def test_a_reader_of_rss_sees_every_author_and_the_permanent_id(newsroom: FeedDocument) -> None:
    channel = etree.fromstring(_file(newsroom, "rss.xml"))[0]
    fourth = channel.findall("item")[3]
    assert [name.text for name in fourth.findall("{http://purl.org/dc/elements/1.1/}creator")] == [
        "ليلى حداد",
        "Jo Field",
    ]
    assert fourth.find("guid").get("isPermaLink") == "false"
    assert fourth.find("pubDate").text == "Fri, 06 Feb 2026 12:00:00 +0400"
    assert fourth.find("{http://www.w3.org/2005/Atom}updated") is None
    assert channel.findtext("ttl") == "30"
    assert channel.findtext("{http://purl.org/rss/1.0/modules/syndication/}updatePeriod") == "hourly"
    assert channel.findtext("{http://purl.org/rss/1.0/modules/syndication/}updateFrequency") == "2"
    assert channel.find("enclosure") is None


@pytest.mark.parametrize(
    ("interval", "rhythm"),
    [
        (timedelta(minutes=10), ("hourly", 6)),
        (timedelta(minutes=30), ("hourly", 2)),
        (timedelta(minutes=45), ("daily", 32)),
        (timedelta(hours=1), ("hourly", 1)),
        (timedelta(minutes=7), ("weekly", 1440)),
        (timedelta(minutes=11), ("hourly", 5)),
        (timedelta(hours=6), ("daily", 4)),
        (timedelta(days=1), ("daily", 1)),
        (timedelta(days=3), ("monthly", 10)),
        (timedelta(weeks=1), ("weekly", 1)),
        (timedelta(days=800), ("yearly", 1)),
    ],
)
def test_update_rhythm(interval: timedelta, rhythm: tuple[str, int]) -> None:
    assert update_rhythm(interval) == rhythm


def test_one_thread_at_a_time_changes_the_locale_of_the_process(
    newsroom: FeedDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    """feedgen does, for every RSS date."""
    real, locked = locale.setlocale, []

    def watch(category: int, value: str | None = None) -> str:
        locked.append(xmlfeeds._LOCALE.locked())
        return real(category, value)

    monkeypatch.setattr(locale, "setlocale", watch)
    render(newsroom)
    assert locked
    assert all(locked)


def test_opml_lists_the_feeds_in_order(newsroom: FeedDocument, empty: FeedDocument, site: Site) -> None:
    opml = etree.fromstring(render_site(site, [newsroom, empty])[0].content)
    outlines = opml.findall("body/outline")
    assert opml.findtext("head/title") == "The newsroom"
    assert [outline.get("text") for outline in outlines] == ["World News", "Science"]
    assert outlines[0].get("type") == "rss"
    assert outlines[0].get("xmlUrl") == "https://feeds.example/world-news/rss.xml"
    assert outlines[0].get("language") == "en"


def _file(document: FeedDocument, name: str) -> bytes:
    return next(file.content for file in render(document) if file.path.endswith(name))


HUB = "https://hub.example/"


def test_a_hub_is_named_in_every_format_beside_the_feeds_own_address(
    feed: Any, item: Any, source: Any, site: Site, noon: datetime
) -> None:
    named = compose(feed(), [item(1)], [source()], site.model_copy(update={"hub": HUB}), noon)
    files = {file.path.rpartition("/")[2]: file.content for file in render(named)}
    for name in ("rss.xml", "atom.xml"):
        links = feedparser.parse(files[name]).feed.links
        assert [one.href for one in links if one.rel == "hub"] == [HUB]
        assert [one.href for one in links if one.rel == "self"] == [f"https://feeds.example/world-news/{name}"]
    assert ATOM.validate(etree.fromstring(files["atom.xml"]))
    data = json.loads(files["feed.json"])
    assert data["hubs"] == [{"type": "WebSub", "url": HUB}]
    JSON_FEED.validate(data)


def test_a_hub_is_named_only_where_it_could_fetch_the_feed(
    feed: Any, item: Any, source: Any, site: Site, noon: datetime
) -> None:
    here = site.model_copy(update={"hub": HUB, "url": "http://127.0.0.1:8766/"})
    assert not any(HUB.encode() in file.content for file in render(compose(feed(), [item(1)], [source()], here, noon)))


def test_sound_is_attached_in_every_format_and_comes_back(feed: Any, item: Any, site: Site, noon: datetime) -> None:
    files = ("https://cdn.example/größe 1.mp3", "https://cdn.example/1.mp4")
    document = compose(feed(), [item(enclosures=files)], [], site, noon)
    ascii_files = ["https://cdn.example/gr%C3%B6%C3%9Fe%201.mp3", "https://cdn.example/1.mp4"]
    rss = feedparser.parse(_file(document, "rss.xml")).entries[0].enclosures
    assert [(one.href, one.length, one.type) for one in rss] == [(ascii_files[0], "0", "audio/mpeg")]
    atom = feedparser.parse(_file(document, "atom.xml")).entries[0]
    assert [(one.href, one.type) for one in atom.enclosures] == list(
        zip(ascii_files, ("audio/mpeg", "video/mp4"), strict=True)
    )
    assert atom.link == "https://www.paper.example/story-1"
    content = _file(document, "feed.json")
    JSON_FEED.validate(json.loads(content))
    (known,) = read_feed_json(content).known
    assert known.item is not None
    assert list(known.item.enclosures) == ascii_files
    assert [list(statement.enclosures) for statement in known.statements] == [ascii_files]
