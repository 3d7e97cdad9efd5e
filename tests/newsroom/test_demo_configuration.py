"""The demonstration's configuration reads the newsroom right: every article once, whole, and nothing else."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest

from feedbuilder.config import Config, load
from feedbuilder.extract import CardCache, extract
from feedbuilder.model import ExtractError, Item, Page, SaidDate, Source
from feedbuilder.newsroom import HandClock, Newsroom, Story
from feedbuilder.newsroom.layouts import PAGE_SIZE, entries
from feedbuilder.newsroom.story import SECTIONS

SITE = "http://127.0.0.1:8765"
IRAN = "Iran and US Return to Nuclear Talks in Oman as Tensions and Protests Shake Tehran"


@pytest.fixture(scope="module")
def config() -> Config:
    return load(Path(__file__).parents[2] / "config/feedbuilder.toml", {})


def source(config: Config, name: str) -> Source:
    return next(source for source in config.sources if source.id == name)


def read(newsroom: Newsroom, source: Source) -> tuple[Item, ...]:
    answered = newsroom.respond(source.url.removeprefix(SITE))
    return extract(Page(source.url, answered.body, newsroom.clock(), answered.headers["Content-Type"]), source)


def shown(newsroom: Newsroom, tag: str) -> list[Story]:
    """Return the stories of a list's first page, newest first: its cards, and the next page's first two."""
    listed = entries([story for story in newsroom.stories() if tag in story.tags])
    return list(dict.fromkeys(listed[: PAGE_SIZE + 2]))


def test_it_loads_without_a_complaint(config: Config) -> None:
    assert [source.id for source in config.sources] == ["world-news", "global-news", "technology", "business"]
    assert [feed.slug for feed in config.feeds] == ["world-news", "global-news", "technology", "business", "all"]
    assert config.warnings == ()


@pytest.mark.parametrize(
    ("name", "tag"),
    [("world-news", "World News"), ("global-news", "Global News"), ("technology", "Technology")],
)
def test_every_story_of_the_page_once_and_nothing_else(config: Config, newsroom: Newsroom, name: str, tag: str) -> None:
    items = read(newsroom, source(config, name))
    stories = {story.title: story for story in shown(newsroom, tag)}
    titles = [item.title for item in items]
    assert len(titles) == len(set(titles)) == len(stories)
    for item in items:
        story = next(story for story in stories.values() if item.title and story.title.startswith(item.title[:60]))
        assert item.published == SaidDate(story.published)
        assert item.authors == ((story.author,) if story.author != "Admin" and item.tags else ())
        assert item.tags in {(), (SECTIONS[story.section],)}
        assert item.image is not None
        assert re.fullmatch(rf"{SITE}/upload/[0-9a-f]{{8}}\.png", item.image)
        assert item.summary == story.summary


def test_world_news_gives_whole_titles(config: Config, newsroom: Newsroom) -> None:
    items = read(newsroom, source(config, "world-news"))
    assert {item.title for item in items} == {story.title for story in shown(newsroom, "World News")}


def test_the_doubled_story_stands_there_once_with_its_date(config: Config, newsroom: Newsroom) -> None:
    (iran,) = [item for item in read(newsroom, source(config, "world-news")) if item.title and "Iran" in item.title]
    assert iran.title == IRAN
    assert (
        iran.link == f"{SITE}/world/iran-and-us-return-to-nuclear-talks-in-oman-as-tensions-and-protests-shake-tehran"
    )
    assert iran.published is not None
    assert iran.published.at.isoformat() == "2026-02-06T10:28:00+00:00"
    assert iran.authors == ("Saif Nasser",)


def test_a_title_that_the_page_never_shows_whole_stays_cut(config: Config, newsroom: Newsroom) -> None:
    items = read(newsroom, source(config, "global-news"))
    cut = [item.title for item in items if item.title and item.title.endswith("...")]
    assert cut == ["Island States Agree on Shared Tsunami Warning Centre After a..."]


def test_the_short_selectors_for_business_find_everything_too(config: Config, newsroom: Newsroom) -> None:
    items = read(newsroom, source(config, "business"))
    stories = shown(newsroom, "Business")
    assert {(item.title, item.link, item.summary, item.published) for item in items} == {
        (story.title, SITE + story.path, story.summary, SaidDate(story.published)) for story in stories
    }


def test_moving_counters_are_no_news(config: Config, newsroom: Newsroom) -> None:
    world = source(config, "world-news")
    assert read(newsroom, world) == read(newsroom, world)


def test_a_memory_of_cards_changes_nothing(config: Config, newsroom: Newsroom, clock: HandClock) -> None:
    world, cards = source(config, "world-news"), CardCache()
    for _ in range(3):
        answered = newsroom.respond("/tags/world-news")
        page = Page(world.url, answered.body, clock(), answered.headers["Content-Type"])
        assert extract(page, world, cards) == extract(page, world)
        clock.advance(timedelta(minutes=5))


@pytest.mark.parametrize("minutes", [1, 20, 300])
def test_later_pages_are_read_as_well(config: Config, newsroom: Newsroom, clock: HandClock, minutes: int) -> None:
    clock.advance(timedelta(minutes=minutes))
    items = read(newsroom, source(config, "world-news"))
    stories = {SITE + quote(story.path): story for story in shown(newsroom, "World News")}
    assert {item.link for item in items} == stories.keys()
    assert {item.link: item.published for item in items} == {
        link: SaidDate(story.published) for link, story in stories.items()
    }


def test_an_edited_summary_is_read(config: Config, newsroom: Newsroom) -> None:
    newsroom.edit("mountain-rail-tunnel-reopens", summary="Trains run at last.")
    items = read(newsroom, source(config, "world-news"))
    assert [item.summary for item in items if item.title == "Mountain Rail Tunnel Reopens"] == ["Trains run at last."]


@pytest.mark.parametrize("path", ["/login", "/nothing", "/partner/this-lamp-wakes-you-like-the-sun-does"])
def test_pages_without_the_list_are_an_error(config: Config, newsroom: Newsroom, path: str) -> None:
    world = source(config, "world-news")
    page = Page(world.url, newsroom.respond(path).body, newsroom.clock(), "text/html; charset=utf-8")
    with pytest.raises(ExtractError, match="news-list"):
        extract(page, world)


def test_the_redesign_is_an_error(config: Config, newsroom: Newsroom) -> None:
    newsroom.fail["/tags/world-news"] = "redesign"
    with pytest.raises(ExtractError, match="news-list"):
        read(newsroom, source(config, "world-news"))
