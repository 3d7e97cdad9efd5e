"""A format that is added to the table is written, linked, served and pruned, and nothing else has to know it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from feedbuilder.feeds import compose, render, render_site, render_status
from feedbuilder.feeds.feed_files import WRITERS
from feedbuilder.model import Feed, Site, formats
from feedbuilder.publish import Folder
from feedbuilder.web.output_server import Asked, answer

TEXT = formats.FeedFormat("text", "feed.text", "text/x-news", "Plain text", "Text", is_archived=True)


@pytest.fixture
def output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An output folder with one feed, published in one format more than there is."""
    monkeypatch.setattr(formats, "FEED_FORMATS", (*formats.FEED_FORMATS, TEXT))
    monkeypatch.setitem(WRITERS, TEXT.key, lambda document, _: f"# {document.title}\n".encode())
    site, moment = Site(url="https://feeds.example/"), datetime(2026, 2, 6, tzinfo=UTC)
    document = compose(Feed(slug="world"), [], [], site, moment)
    status = render_status(moment, [], {}, [document], "1")
    Folder(tmp_path).publish([*render(document), *render_site(site, [document]), status])
    return tmp_path


def test_it_is_written(output: Path) -> None:
    assert (output / "world" / "feed.text").read_bytes() == b"# World\n"


def test_it_is_linked_on_the_page_the_overview_and_in_the_status(output: Path) -> None:
    page = (output / "world" / "index.html").read_text("utf-8")
    assert '<a href="feed.text" id="text">https://' in page
    assert 'type="text/x-news" title="World (Plain text)" href="https://feeds.example/world/feed.text"' in page
    assert '<li><a href="world/feed.text">Text</a></li>' in (output / "index.html").read_text("utf-8")
    assert '"text": "https://feeds.example/world/feed.text"' in (output / "status.json").read_text("utf-8")


def test_it_is_served(output: Path) -> None:
    given = answer(output, "/world/feed.text", Asked())
    assert (given.status_code, given.headers["content-type"]) == (200, "text/x-news; charset=utf-8")


def test_it_is_pruned(output: Path) -> None:
    assert Folder(output).remove(["world"]) == [
        "world/rss.xml",
        "world/atom.xml",
        "world/feed.text",
        "world/index.html",
        "world/feed.json",
    ]
    assert not (output / "world").exists()
