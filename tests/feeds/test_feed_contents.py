"""Entries with the whole text of their article: in every format, safe, the same bytes each time, and back again."""

from __future__ import annotations

import json
from typing import Any

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from feedbuilder.feeds import FeedDocument, compose, read_feed_json, render
from feedbuilder.model import Site
from feedbuilder.model.markup import sanitise

TEXT = '<p>Talks &amp; more: 1 &lt; 2, ]]&gt;</p>\n<p><a href="https://paper.example/a?b=1&amp;c=2">Größe 世界</a></p>'


@pytest.fixture
def document(feed: Any, item: Any, site: Site, noon: Any) -> FeedDocument:
    entries = [item(1, content_html=TEXT), item(2, summary=None, content_html="<p>Only this.</p>"), item(3)]
    return compose(feed(), entries, [], site, noon)


def _files(document: FeedDocument) -> dict[str, bytes]:
    return {file.path.rpartition("/")[2]: file.content for file in render(document)}


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_feedparser_reads_the_whole_text_beside_the_summary(document: FeedDocument, name: str) -> None:
    parsed = feedparser.parse(_files(document)[name])
    assert not parsed.bozo
    first, second, third = parsed.entries
    assert first.content[0].value == TEXT
    assert first.content[0].type == "text/html"
    assert first.summary == "What happened in story 1."
    assert second.content[0].value == "<p>Only this.</p>"
    assert "content" not in third
    assert third.summary.endswith("<p>What happened in story 3.</p>")


def test_rss_names_the_module_by_its_usual_prefix_and_only_where_it_is_used(
    document: FeedDocument, feed: Any, item: Any, site: Site, noon: Any
) -> None:
    assert b"<content:encoded>&lt;p&gt;Talks &amp;amp; more" in _files(document)["rss.xml"]
    without = _files(compose(feed(), [item(1)], [], site, noon))["rss.xml"]
    assert b"modules/content" not in without


def test_in_rss_the_beginning_of_the_text_stands_for_a_summary_that_is_missing(document: FeedDocument) -> None:
    second = etree.fromstring(_files(document)["rss.xml"]).findall("channel/item")[1]
    assert second.findtext("description") == "Only this."
    assert second.findtext("{http://purl.org/rss/1.0/modules/content/}encoded") == "<p>Only this.</p>"


def test_json_feed_says_summary_and_text_apart(document: FeedDocument) -> None:
    first, second, third = json.loads(_files(document)["feed.json"])["items"]
    assert (first["content_html"], first["summary"]) == (TEXT, "What happened in story 1.")
    assert "summary" not in second
    picture = '<p><img src="https://img.example/3.jpg" alt=""></p>'
    assert third["content_html"] == f"{picture}\n<p>What happened in story 3.</p>"
    assert third["summary"] == "What happened in story 3."
    assert not [entry for entry in (first, second, third) if "content_text" in entry]


def test_the_page_of_the_feed_does_not_show_whole_texts(document: FeedDocument) -> None:
    assert b"Only this." not in _files(document)["index.html"]


def test_a_text_of_an_older_store_is_sanitised_before_it_is_published(
    feed: Any, item: Any, site: Site, noon: Any
) -> None:
    hostile = "<p onclick=alert(1)>Yes<script>alert(2)</script>\x07<img src='javascript:alert(3)' alt='a'></p>"
    files = _files(compose(feed(), [item(1, content_html=hostile)], [], site, noon))
    assert json.loads(files["feed.json"])["items"][0]["content_html"] == '<p>Yes<img alt="a"></p>'
    for content in files.values():
        assert b"alert(" not in content


def test_texts_come_back_from_feed_json(document: FeedDocument) -> None:
    known = read_feed_json(_files(document)["feed.json"]).known
    assert [one.item.content_html for one in known if one.item] == [TEXT, "<p>Only this.</p>", None]
    assert [one.item.summary for one in known if one.item] == [
        "What happened in story 1.",
        None,
        "What happened in story 3.",
    ]


@pytest.mark.parametrize("broken", [7, [1], "<p onclick=x>", "<script>x</script>", "<p>open", "a\x00b"])
def test_an_entry_whose_text_is_none_of_ours_is_not_recovered(document: FeedDocument, broken: Any) -> None:
    feed = json.loads(_files(document)["feed.json"])
    feed["items"][0]["content_html"] = broken
    ids = [known.identity.id for known in read_feed_json(json.dumps(feed).encode()).known]
    assert ids == [entry["id"] for entry in feed["items"][1:]]


PIECES = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<table>",
            "<td>",
            "<pre>\n",
            "<a href='https://a.example/'>",
            "<svg>",
            "<style>",
        ),
        *(
            "<math><mtext>",
            "<select>",
            "<noscript>",
            "<!--",
            "-->",
            "&#1;",
            "&lt;",
            "\x0b",
            "\r\n",
            " ",
            "text",
            "\ud800",
        ),
    ]
)


@given(st.lists(PIECES | st.text(max_size=4), max_size=12).map("".join))
@settings(max_examples=300, deadline=None)
def test_sanitising_twice_changes_nothing_and_gives_what_xml_can_hold(html: str) -> None:
    once = sanitise(html)
    if once is not None:
        assert sanitise(once) == once
        element = etree.Element("content")
        element.text = once
        assert etree.fromstring(etree.tostring(element)).text == once
