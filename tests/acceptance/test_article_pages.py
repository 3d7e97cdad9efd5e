"""The sample newsroom's article pages, which carry no data at all, read as any site's."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import PurePosixPath

import pytest

from feedbuilder.article import read_article
from feedbuilder.model import Article, Page, Source
from feedbuilder.newsroom import HandClock, Newsroom
from feedbuilder.newsroom.seed_stories import ARTICLE_BODY

HOST = "https://newsroom.example"
PATH = "/world/us-and-russia-restart-military-talks-as-ukraine-war-diplomacy-moves-forward"
SOURCE = Source.model_validate(
    {"id": "news", "url": f"{HOST}/tags/world-news", "timezone": "Asia/Dubai", "selectors": {"item": "article"}}
)


@pytest.fixture(scope="module")
def article() -> Article:
    answer = Newsroom(HandClock()).respond(PATH)
    page = Page(HOST + PATH, answer.text.encode(), datetime(2026, 2, 6, 11, 5, tzinfo=UTC))
    return read_article(page, SOURCE)


def test_all_of_it_is_read(article: Article) -> None:
    assert article.title == "US and Russia Restart Military Talks as Ukraine War Diplomacy Moves Forward"
    assert article.authors == ("Saif Nasser",)
    assert article.written() == "2026-02-06T12:35:00+04:00"
    assert article.tags == ("Global News", "World News")
    assert article.image is not None
    assert PurePosixPath(article.image).parent.name == "upload"


def test_the_text_is_whole_and_nothing_but_the_text(article: Article) -> None:
    assert article.body is not None
    assert article.body.splitlines() == list(ARTICLE_BODY)
    assert article.content_html is not None
    for other in ("129", "Sponsored", "Trending", "Iran and US"):
        assert other not in article.content_html
