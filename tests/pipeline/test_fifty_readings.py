"""A subscriber of a site whose addresses change at every reading: each story is new once, and no reading costs more."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import feedparser
import pytest

from feedbuilder.model import Feed, NotModified, Page, Precision, Site, Source, TagRules, Validators
from feedbuilder.pipeline.catalogue import Catalogue
from feedbuilder.pipeline.local_reader import LocalReader
from feedbuilder.pipeline.poll import poll
from feedbuilder.pipeline.ports import Tools
from feedbuilder.pipeline.press import Press
from feedbuilder.pipeline.publish import publish
from feedbuilder.publish import Folder
from feedbuilder.store import open_store
from tests.pipeline.news_site import START, NewsSite

READINGS = 50
SOURCE = Source.model_validate(
    {"id": "news", "url": "https://news.example/", "timezone": "UTC", "selectors": {"item": "article"}}
)


@dataclass
class Pages:
    """Serves the site as it is; counts what is asked for."""

    site: NewsSite
    now: datetime = START + timedelta(days=90)
    asked: list[str] = field(default_factory=list)
    listed: set[int] = field(default_factory=set)

    def fetch(self, source: Source, validators: Validators) -> Page | NotModified:
        page = self.site.page(8)
        self.listed |= {story.number for story, _ in page}
        cards = "".join(
            f'<article><h2><a href="{html.escape(item.link)}">{html.escape(story.headline)}</a></h2>'
            f"<time datetime='{story.published.isoformat()}'></time></article>"
            for story, item in page
        )
        return Page(source.url, f"<html><body><main>{cards}</main></body></html>".encode(), self.now)

    def further(self, source: Source, url: str) -> Page:
        self.asked.append(url)
        raise AssertionError(f"{source.id}: no article page is due, but {url} was asked for")


@pytest.mark.parametrize(
    ("scheme", "noises"),
    [("number-slug", ("ref", "session", "unknown")), ("query", ("key", "pos")), ("slug", ("host", "amp", "unknown"))],
)
def test_each_story_is_new_once(tmp_path: Path, scheme: str, noises: tuple[str, ...]) -> None:
    random = Random(7)
    site = NewsSite(random, scheme, noises, Precision.INSTANT)
    site.publish(8)
    pages, folder = Pages(site), Folder(tmp_path / "output")
    catalogue = Catalogue((Feed(slug="all", entries=500),), (SOURCE,), Site(), TagRules())
    press, seen = Press(catalogue), set[str]()
    with open_store(tmp_path / "news.db") as store:
        store.sync_sources([SOURCE], pages.now)
        tools = Tools(pages, store, LocalReader(), lambda: pages.now, lambda: 0.5)
        for _ in range(READINGS):
            before = set(pages.listed)
            run = poll(SOURCE, tools)
            assert run.error is None
            pages.now += timedelta(hours=1)
            publish(press, store, folder, pages.now)
            entries = feedparser.parse((tmp_path / "output" / "all" / "rss.xml").read_bytes()).entries
            fresh = {entry.id for entry in entries} - seen
            seen |= fresh
            assert len(entries) == len(seen)
            assert len(fresh) == len(pages.listed - before)
            if random.random() < 0.5:
                site.publish(1, column=random.random() < 0.4)
            if random.random() < 0.5:
                site.change(random.choice(site.listed), section=random.choice(("world", "sports", "life")))
    assert len(seen) == len(pages.listed) > 20
    assert pages.asked == []
