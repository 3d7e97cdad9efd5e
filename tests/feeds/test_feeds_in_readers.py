"""What readers take from our feeds: home page, author, picture, date and text, in each format.

Readers that cannot run here are played by the rule by which they read; each rule names who reads so.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import feedparser
import pytest
from lxml import etree

from feedbuilder.feeds import FeedDocument, compose, read_feed_json, render
from feedbuilder.feeds.archive_documents import compose_page
from feedbuilder.feeds.feed_files import render_archive
from feedbuilder.model import ArchivePage, ImageDetails, Precision, Sight, Site

HOME, OTHER = "https://paper.example/world", "https://feeds.example/news/"


@pytest.fixture
def one_source(feed: Any, item: Any, source: Any, site: Site, noon: datetime) -> FeedDocument:
    return compose(feed("news"), [item(1), item(2, authors=())], [source(title="The Paper")], site, noon)


@pytest.fixture
def two_sources(feed: Any, item: Any, source: Any, site: Site, noon: datetime) -> FeedDocument:
    entries = [item(1), item(2, authors=(), sources=("markt",))]
    sources = [source(title="The Paper", language="en"), source("markt", title="Marktblatt", language="de")]
    return compose(feed("news"), entries, sources, site, noon)


def _files(document: FeedDocument) -> dict[str, bytes]:
    return {file.path.rpartition("/")[2]: file.content for file in render(document)}


def _by_relation(content: bytes) -> str | None:
    """feedparser, miniflux, `reader`: the link that is an alternate, or the channel's own."""
    return str(feedparser.parse(content).feed.link)


def _last_link(content: bytes) -> str | None:
    """encoding/xml of Go without namespaces: of elements with one local name, the last text counts."""
    channel = etree.fromstring(content)[0]
    return [child.text or "" for child in channel if etree.QName(child).localname == "link"][-1]


def _first_plain_link(content: bytes) -> str | None:
    """newsboat, Liferea, rss-parser: the first `link` of no namespace."""
    return str(etree.fromstring(content).findtext("channel/link"))


def _first_atom_link(content: bytes) -> str | None:
    """@extractus/feed-extractor and others: the first `link` of an Atom feed, whatever its relation."""
    link = etree.fromstring(content).find("{*}link")
    return None if link is None else link.get("href")


def _json_home(content: bytes) -> str | None:
    return str(json.loads(content)["home_page_url"])


@pytest.mark.parametrize(
    ("file", "reads"),
    [
        ("rss.xml", _by_relation),
        ("rss.xml", _last_link),
        ("rss.xml", _first_plain_link),
        ("atom.xml", _by_relation),
        ("atom.xml", _first_atom_link),
        ("feed.json", _json_home),
    ],
)
def test_every_reader_finds_the_home_page(
    one_source: FeedDocument, two_sources: FeedDocument, file: str, reads: Callable[[bytes], str | None]
) -> None:
    """The page of the only source; of a feed that merges several, our own page about it."""
    assert reads(_files(one_source)[file]) == HOME
    assert reads(_files(two_sources)[file]) == OTHER


@pytest.mark.parametrize("file", ["rss.xml", "atom.xml"])
def test_no_link_leads_to_another_format(two_sources: FeedDocument, file: str) -> None:
    links = etree.fromstring(_files(two_sources)[file]).findall(".//{http://www.w3.org/2005/Atom}link")
    relations = [(link.get("rel"), link.get("href")) for link in links if not link.get("href", "").endswith("/")]
    assert [pair for pair in relations if pair[1] and pair[1].startswith(OTHER)] == [("self", OTHER + file)]


@pytest.mark.parametrize("file", ["rss.xml", "atom.xml", "feed.json"])
def test_nobody_is_made_the_author_of_what_others_wrote(two_sources: FeedDocument, file: str) -> None:
    content = _files(two_sources)[file]
    assert b"The newsroom" not in content  # who runs this
    if file == "feed.json":
        feed = json.loads(content)
        assert "authors" not in feed
        assert [entry.get("authors") for entry in feed["items"]] == [[{"name": "Mara Lindqvist"}], None]
        return
    parsed = feedparser.parse(content)
    assert "author" not in parsed.feed
    # Atom asks for a name; where the site names nobody, it is the site's.
    assert [entry.get("author") for entry in parsed.entries] == [
        "Mara Lindqvist",
        "Marktblatt" if file == "atom.xml" else None,
    ]


@pytest.mark.parametrize("file", ["rss.xml", "atom.xml"])
def test_a_feed_that_merges_sources_says_where_each_entry_comes_from(
    one_source: FeedDocument, two_sources: FeedDocument, file: str
) -> None:
    merged = feedparser.parse(_files(two_sources)[file]).entries
    assert [entry.source.title for entry in merged] == ["The Paper", "Marktblatt"]
    assert not [entry for entry in feedparser.parse(_files(one_source)[file]).entries if "source" in entry]


def test_an_entry_in_another_language_says_so(two_sources: FeedDocument, feed: Any, item: Any, source: Any) -> None:
    files = _files(two_sources)
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    assert [entry.get(language) for entry in etree.fromstring(files["atom.xml"]).findall("{*}entry")] == ["en", "de"]
    assert [entry["language"] for entry in json.loads(files["feed.json"])["items"]] == ["en", "de"]
    items = etree.fromstring(files["rss.xml"]).findall("channel/item")
    assert [one.findtext("{http://purl.org/dc/elements/1.1/}language") for one in items] == ["en", "de"]
    assert b'<article dir="auto" lang="de">' in files["index.html"]
    english = compose(feed("news"), [item(1)], [source(language="en")], two_sources.site, two_sources.created)
    plain = _files(english)
    assert b"dc:language" not in plain["rss.xml"]
    assert b"<entry>" in plain["atom.xml"]
    assert b'<article dir="auto">' in plain["index.html"]


@pytest.mark.parametrize("file", ["rss.xml", "atom.xml"])
def test_the_picture_is_found_by_its_element_and_in_the_text(one_source: FeedDocument, file: str) -> None:
    first = feedparser.parse(_files(one_source)[file]).entries[0]
    assert first.media_content == [{"url": "https://img.example/1.jpg", "medium": "image"}]
    assert '<img alt="" src="https://img.example/1.jpg"' in first.summary


@pytest.mark.parametrize("file", ["rss.xml", "atom.xml"])
def test_the_picture_has_its_size_caption_and_credit(
    feed: Any, item: Any, source: Any, site: Site, noon: datetime, file: str
) -> None:
    known = ImageDetails(1200, 800, 'The "new" bridge', "Ann Lee & Co")
    document = compose(feed("news"), [item(1, image_details=known)], [source()], site, noon)
    (content,) = etree.fromstring(_files(document)[file]).iter("{http://search.yahoo.com/mrss/}content")
    assert dict(content.attrib) == {
        "url": "https://img.example/1.jpg",
        "medium": "image",
        "width": "1200",
        "height": "800",
    }
    assert [(etree.QName(part).localname, part.text) for part in content] == [
        ("description", 'The "new" bridge'),
        ("credit", "Ann Lee & Co"),
    ]
    entry = feedparser.parse(_files(document)[file]).entries[0]
    assert entry.media_content[0]["width"] == "1200"
    assert entry.media_credit[0]["content"] == "Ann Lee & Co"
    assert 'height="800"' in entry.content[0].value
    assert 'alt="The &quot;new&quot; bridge"' in entry.content[0].value


def test_what_is_known_of_a_picture_outlives_the_store(
    feed: Any, item: Any, source: Any, site: Site, noon: datetime
) -> None:
    entry = item(1, image_details=ImageDetails(1200, 800, "The bridge", "Ann Lee"), was_read=True)
    document = compose(feed("news"), [entry], [source()], site, noon)
    (known,) = read_feed_json(_files(document)["feed.json"]).known
    assert known.item is not None
    assert known.article is not None
    assert known.item.image_details == known.article.image_details == entry.image_details


def test_a_feed_of_one_site_has_its_icon_and_one_of_several_has_ours(
    one_source: FeedDocument, two_sources: FeedDocument, feed: Any, item: Any, source: Any, site: Site, noon: datetime
) -> None:
    files, icon = _files(two_sources), "https://feeds.example/icon.png"
    assert etree.fromstring(files["rss.xml"]).findtext("channel/image/url") == icon
    assert etree.fromstring(files["atom.xml"]).findtext("{*}icon") == icon
    assert (json.loads(files["feed.json"])["icon"], json.loads(files["feed.json"])["favicon"]) == (icon, icon)
    assert etree.fromstring(files["atom.xml"]).findtext("{*}logo") == icon
    assert not [name for name, content in _files(one_source).items() if b"icon.png" in content]
    document = compose(feed("news"), [item(1)], [source()], site, noon, icons={"paper": "ico", "markt": "png"})
    own = "https://feeds.example/icons/paper.ico"
    for name in ("rss.xml", "atom.xml", "feed.json"):
        assert own.encode() in _files(document)[name]


def test_the_description_stands_before_the_whole_text(feed: Any, item: Any, site: Site, noon: datetime) -> None:
    """Readers that take the last of both show the text."""
    entries = [item(1, content_html="<p>All of it.</p>"), item(2, summary=None, content_html="<p>All of it.</p>")]
    for entry in etree.fromstring(_files(compose(feed(), entries, [], site, noon))["rss.xml"]).findall("channel/item"):
        names = [etree.QName(child).localname for child in entry]
        assert names.index("description") < names.index("encoded")


def test_archive_documents_have_no_foreign_prefix(
    feed: Any, item: Any, source: Any, site: Site, noon: datetime
) -> None:
    old, new = item(9), item(1)
    pages = [
        ArchivePage("2026-02-06-aaaaaaaaaaaa", Sight.of(old)),
        ArchivePage("2026-02-06-bbbbbbbbbbbb", Sight.of(new)),
    ]
    document = compose_page(feed("news", archive=True), pages, 0, [old], [source()], site, noon)
    for file in render_archive(document):
        assert b"ns0:" not in file.content
        tree = etree.fromstring(file.content)
        relations = [link.get("rel") for link in tree.iter("{http://www.w3.org/2005/Atom}link")]
        assert {"self", "current", "next-archive"} <= set(relations)
        assert feedparser.parse(file.content).feed.link == HOME


@pytest.mark.parametrize("title", ["🎉", "1", "?", "🏳️‍🌈 🎊"])
def test_any_sign_is_a_title(feed: Any, item: Any, site: Site, noon: datetime, title: str) -> None:
    files = _files(compose(feed(), [item(1, title=title)], [], site, noon))
    assert json.loads(files["feed.json"])["items"][0]["title"] == title
    assert feedparser.parse(files["rss.xml"]).entries[0].title == title


def test_a_story_of_1960_is_of_1960(feed: Any, item: Any, site: Site, noon: datetime) -> None:
    moment = datetime(1960, 5, 1, 8, 30, tzinfo=UTC)
    files = _files(compose(feed(), [item(1, published=moment, precision=Precision.INSTANT)], [], site, noon))
    for name in ("rss.xml", "atom.xml"):
        assert feedparser.parse(files[name]).entries[0].published_parsed[:5] == (1960, 5, 1, 8, 30)
    assert json.loads(files["feed.json"])["items"][0]["date_published"] == "1960-05-01T12:30:00+04:00"


def test_no_secret_of_an_address_is_published(feed: Any, item: Any, source: Any, site: Site, noon: datetime) -> None:
    hidden = source(url="https://user:hush@paper.example/world?key=hush")
    document = compose(feed(), [item(1, authors=())], [hidden], site, noon)
    assert not [name for name, content in _files(document).items() if b"hush" in content]
    assert _json_home(_files(document)["feed.json"]) == HOME
