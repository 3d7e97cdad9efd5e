"""The article page that feedbuilder was made for: what a program meets on it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup, Comment

from feedbuilder.newsroom import Newsroom
from feedbuilder.newsroom.seed_stories import ARTICLE_BODY

Soup = Callable[..., BeautifulSoup]
TITLE = "US and Russia Restart Military Talks as Ukraine War Diplomacy Moves Forward"
PATH = "/world/us-and-russia-restart-military-talks-as-ukraine-war-diplomacy-moves-forward"


@pytest.fixture
def page(soup: Soup) -> BeautifulSoup:
    return soup(PATH)


def texts(page: BeautifulSoup, selector: str) -> list[str]:
    return [found.get_text().strip() for found in page.select(selector)]


def test_title_byline_and_body(page: BeautifulSoup) -> None:
    assert texts(page, "h1") == [TITLE]
    assert texts(page, ".article-author") == ["Post by : Saif Nasser"]
    assert texts(page, ".article-body p") == list(ARTICLE_BODY)
    assert ARTICLE_BODY[0].startswith("The United States and Russia have agreed to restart")
    assert ARTICLE_BODY[-1].endswith("can help prevent a bad situation from becoming worse.")
    assert len(ARTICLE_BODY) == 12


def test_date_time_and_counter_are_three_small_elements(page: BeautifulSoup) -> None:
    assert texts(page, ".article-meta > small") == ["Feb. 6, 2026", "12:35 p.m.", "129"]


def test_tags_lead_to_their_sections(page: BeautifulSoup) -> None:
    assert [(str(tag["href"]), tag.get_text()) for tag in page.select(".article-tags a")] == [
        ("/tags/global-news", "#Global News"),
        ("/tags/world-news", "#World News"),
    ]


def test_below_it_stand_other_articles_one_of_them_twice_and_itself(page: BeautifulSoup) -> None:
    iran = "Iran and US Return to Nuclear Talks in Oman as Tensions and Protests Shake Tehran"
    assert texts(page, "div.more-news .post-title") == [
        "Trump’s Backing of Takaichi Adds Global Spotlight to Japan’s Key Election",
        "Threat Case Against Hakeem Jeffries Ends With Guilty Plea From Jan 6 Defendant",
        iran,
        iran,
        "Activists Plan Larger Aid Flotilla to Gaza Despite Past Interceptions",
        "Thailand Election Tests PM Anutin’s Nationalism Strategy in Tight Three-Way Race",
        TITLE,
        "US Military Strike on Suspected Drug Boat in Eastern Pacific Leaves Two Dead",
        "U.S. Government Launches TrumpRx Website to Help Lower Prescription Drug Prices",
    ]
    assert texts(page, "div.more-news .post-time") == [
        *("3 p.m.", "2:34 p.m.", "2:28 p.m.", "2:28 p.m.", "2:23 p.m.", "1:48 p.m.", "12:35 p.m.", "11:50 a.m."),
        "10:55 a.m.",
    ]
    assert set(texts(page, "div.more-news .post-date")) == {"Feb. 6, 2026"}
    assert set(texts(page, "div.more-news .read-more")) == {"Read More"}
    summary = (
        "Iran and the US begin new nuclear talks in Oman after protests and regional tensions, with both sides under "
        "pressure to avoid conflict and reach a deal"
    )
    assert texts(page, "div.more-news .post-text")[2:4] == [summary, summary]


def test_the_list_is_followed_by_sponsored_and_trending(page: BeautifulSoup) -> None:
    assert texts(page, "main .block-title") == ["Sponsored", "Trending News"]
    assert texts(page, "aside .block-title") == ["Trending News"]


def test_a_comment_holds_the_list_once_more(page: BeautifulSoup) -> None:
    comments = page.find_all(string=lambda string: isinstance(string, Comment))
    assert [comment.count("grid-post") for comment in comments] == [9]


@pytest.mark.parametrize(
    ("path", "byline"),
    [
        ("/technology/sea-cable-repaired-in-record-time", "Author : Mira Solano"),
        ("/business/small-bakeries-share-one-oven", "By Tom Okafor"),
        ("/world/midnight-curfew-lifted", "Admin"),
    ],
)
def test_other_bylines(soup: Soup, path: str, byline: str) -> None:
    assert texts(soup(path), ".article-author") == [byline]


def test_a_story_without_a_text_of_its_own_shows_its_summary(soup: Soup) -> None:
    assert texts(soup("/world/midnight-curfew-lifted"), ".article-body p") == [
        "Cafés along the promenade stay open again after three weeks of early closing."
    ]


def test_an_address_in_another_script_may_be_written_either_way(newsroom: Newsroom) -> None:
    plain = "/culture/深圳新图书馆开放-读者连夜排队"
    encoded = "/culture/" + quote(plain.removeprefix("/culture/"))
    assert encoded.startswith("/culture/%E6%B7%B1%E5%9C%B3")
    assert newsroom.respond(plain).status == newsroom.respond(encoded).status == 200
    assert newsroom.requests[plain] == 2


def test_the_right_address_under_the_wrong_section_is_not_found(newsroom: Newsroom) -> None:
    assert newsroom.respond(PATH.replace("world", "sports", 1)).status == 404
