"""The sample newsroom's article pages, which carry no data at all, read as any site's."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import PurePosixPath

import pytest

from feedbuilder.article.read_article import read_article
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


def test_every_article_of_the_newsroom_gives_its_own_text_and_nothing_else() -> None:
    # Below each stands a list of others, and of the article itself.
    newsroom = Newsroom(HandClock())
    plain = [story for story in newsroom.stories() if story.rich_body is None]
    assert len(plain) > 20
    for story in plain:
        answer = newsroom.respond(story.path)
        page = Page(HOST + story.path, answer.text.encode(), datetime(2026, 2, 6, 11, 5, tzinfo=UTC))
        read = read_article(page, SOURCE, full=True)
        assert read.body is not None, story.path
        assert read.body.splitlines() == list(story.body or (story.summary,)), story.path


RICH = "/world/ferry-link-between-two-island-chains-opens-after-ten-years"


@pytest.fixture(scope="module")
def rich() -> Article:
    """An article of the newer editor: what it tells machines is about its draft."""
    answer = Newsroom(HandClock()).respond(RICH)
    page = Page(HOST + RICH, answer.text.encode(), datetime(2026, 2, 6, 11, 5, tzinfo=UTC))
    return read_article(page, SOURCE)


def test_the_text_of_the_newer_editor_is_whole_and_nothing_but_the_text(rich: Article) -> None:
    assert rich.body is not None
    assert [line.removeprefix("- ") for line in rich.body.splitlines()] == [
        "The crossing takes four hours and carries 600 people; the fishing crews fear for the quiet of the strait.",
        "What the crossing costs",
        "Of this the people concerned spoke at length on Thursday, and not for the first time.",
        "Who opposed it",
        "Those who were asked on Friday had nothing to add, but they added it with great care.",
        *("A ticket for a day: 12 coins", "A car: 40 coins", "Bicycles: free"),
        "More is to be decided in the spring, when the councils meet again.",
    ]


def test_who_wrote_it_and_what_it_is_about_is_what_readers_see_not_what_its_data_say(rich: Article) -> None:
    assert rich.title == "Ferry Link Between Two Island Chains Opens After Ten Years"
    assert rich.authors == ("Saif Nasser",)
    assert rich.written() == "2026-02-05T19:40:00+04:00"
    assert rich.tags == ("Asia",)
