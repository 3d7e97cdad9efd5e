"""Each trait of a section page is found in the markup of World News."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup, Comment, Tag

from feedbuilder.newsroom import Newsroom, Story, at

Soup = Callable[..., BeautifulSoup]
LAYOUTS = ("hero-post", "large-post", "compact-post", "grid-post")
IRAN = "/world/iran-and-us-return-to-nuclear-talks-in-oman-as-tensions-and-protests-shake-tehran"
TAKAICHI = "/world/trump-s-backing-of-takaichi-adds-global-spotlight-to-japan-s-key-election"
# Dated to stand third on the page, or second: between them these places are in all four layouts.
THIRD, SECOND = at("2026-02-06 14:30"), at("2026-02-06 14:50")


def long_story(position: str) -> Story:
    return Story(
        slug="long",
        title="The Longest Title of the Day Is So Long That Every One of the Four Layouts Cuts It, Mostly in Mid-Word",
        section="world",
        tags=("World News",),
        published=THIRD if position == "third" else SECOND,
        summary="one & two " * 40,
    )


@pytest.fixture
def page(soup: Soup) -> BeautifulSoup:
    return soup("/tags/world-news")


def path_of(card: Tag) -> str:
    return urlsplit(str(part(card, ".post-title a")["href"])).path


def part(card: Tag, selector: str) -> Tag:
    found = card.select_one(selector)
    assert found is not None, selector
    return found


def text(card: Tag, selector: str) -> str:
    return part(card, selector).get_text().strip()


def card_of(page: BeautifulSoup, layout: str, path: str) -> Tag:
    return next(card for card in page.select(f".news-list .{layout}:not(.video-post)") if path_of(card) == path)


def test_the_same_stories_come_in_four_layouts(page: BeautifulSoup) -> None:
    shown = {layout: {path_of(card) for card in page.select(f".news-list .{layout}")} for layout in LAYOUTS}
    everything = set.union(*shown.values())
    assert all(shown.values())
    assert all(stories < everything for stories in shown.values()), "a selector for one layout misses stories"
    assert sum(map(len, shown.values())) > len(everything), "some stories stand in several layouts"


@pytest.mark.parametrize("layout", ["hero-post", "compact-post", "grid-post"])
def test_one_story_is_listed_twice_at_one_address(page: BeautifulSoup, layout: str) -> None:
    paths = [path_of(card) for card in page.select(f".news-list .{layout}")]
    assert {path: paths.count(path) for path in paths if paths.count(path) > 1} == {IRAN: 2}


@pytest.mark.parametrize(
    ("layout", "position", "length", "ellipsis", "whole"),
    [
        ("hero-post", "second", 50, "", (".post-title a", "title")),
        ("large-post", "second", 90, "…", (".post-image img", "alt")),
        ("compact-post", "second", 60, "...", None),
        ("grid-post", "third", 80, "", (".post-title a", "title")),
    ],
)
def test_each_layout_cuts_titles_its_own_way(
    newsroom: Newsroom,
    soup: Soup,
    layout: str,
    position: str,
    length: int,
    ellipsis: str,
    whole: tuple[str, str] | None,
) -> None:
    story = long_story(position)
    newsroom.add(story)
    card = card_of(soup("/tags/world-news"), layout, story.path)
    assert text(card, ".post-title") == story.title[:length].strip() + ellipsis
    if whole is None:
        assert story.title not in str(card)
        assert text(soup(story.path), "h1") == story.title
    else:
        selector, attribute = whole
        assert part(card, selector)[attribute] == story.title


@pytest.mark.parametrize(
    ("layout", "position", "length"),
    [("hero-post", "second", 100), ("compact-post", "second", 150), ("large-post", "second", 270)],
)
def test_summaries_are_cut_by_the_characters_that_one_sees(
    newsroom: Newsroom, soup: Soup, layout: str, position: str, length: int
) -> None:
    story = long_story(position)
    newsroom.add(story)
    shown = text(card_of(soup("/tags/world-news"), layout, story.path), ".post-text").rstrip(".… ")
    assert shown == story.summary[:length].strip()


def test_summaries_may_hold_stray_html(page: BeautifulSoup) -> None:
    tunnel = card_of(page, "grid-post", "/world/mountain-rail-tunnel-reopens")
    assert {tag.name for tag in part(tunnel, ".post-text").find_all()} == {"p", "b", "em"}
    assert "of\xa0repairs" in text(tunnel, ".post-text")


def test_a_cut_summary_leaves_its_tags_open(newsroom: Newsroom) -> None:
    page = newsroom.respond("/category/business").text
    assert re.search(r'<span style="mso-bidi-font-size: 11pt">from spring one boat will do, at lower f</div>', page)


def test_day_time_and_counter_stand_in_elements_of_their_own(page: BeautifulSoup) -> None:
    card = card_of(page, "hero-post", IRAN)
    assert (text(card, "small.post-date"), text(card, "small.post-time")) == ("Feb. 6, 2026", "2:28 p.m.")
    assert re.fullmatch(r"[\d,]+", text(card, "small.post-views"))


@pytest.mark.parametrize(
    ("layout", "path", "when"),
    [
        ("large-post", TAKAICHI, "Feb. 6, 2026, 3 p.m."),
        ("compact-post", IRAN, "Feb. 6, 2026 | 2:28 p.m."),
        ("compact-post", "/world/midnight-curfew-lifted", "Feb. 6, 2026 | midnight"),
    ],
)
def test_other_layouts_join_day_and_time(page: BeautifulSoup, layout: str, path: str, when: str) -> None:
    assert text(card_of(page, layout, path), ".post-when") == when


def test_view_counters_change_with_every_request(newsroom: Newsroom) -> None:
    downloads = {newsroom.respond("/tags/world-news").body for _ in range(3)}
    without = {re.sub(rb'post-views">[\d,]+<', b"", body) for body in downloads}
    assert (len(downloads), len(without)) == (3, 1)


def test_pictures_are_lazy_root_relative_or_a_folder_up(page: BeautifulSoup, newsroom: Newsroom) -> None:
    lazy = part(page, ".hero-post img")
    assert str(lazy["src"]).startswith("data:image/gif")
    sources = [
        str(lazy["data-src"]),
        str(part(page, ".large-post img")["src"]),
        str(part(page, ".grid-post img")["src"]),
    ]
    assert [re.sub(r"\w+\.png", "…", source) for source in sources] == ["/upload/…", "/upload/…", "../upload/…"]
    for source in sources:
        picture = newsroom.respond(source.removeprefix(".."))
        assert (picture.status, picture.headers["Content-Type"]) == (200, "image/png")
        assert picture.body.startswith(b"\x89PNG")


def test_share_links_contain_the_address_but_are_not_the_article(page: BeautifulSoup) -> None:
    card = card_of(page, "hero-post", IRAN)
    links = [urlsplit(str(link["href"])) for link in card.select(".share a")]
    assert [link.netloc or link.scheme for link in links] == ["api.whatsapp.com", "t.me", "mailto"]
    for link in links:
        assert any(value.endswith(IRAN) for values in parse_qs(link.query).values() for value in values)


def test_read_more_leads_to_the_article_without_being_its_title(page: BeautifulSoup) -> None:
    card = card_of(page, "hero-post", IRAN)
    assert (part(card, ".read-more")["href"], text(card, ".read-more")) == (IRAN, "Read More")


def test_video_cards_stand_among_the_articles(page: BeautifulSoup, soup: Soup) -> None:
    cards = page.select(".news-list .row.grid > .grid-post")
    films = [card for card in cards if path_of(card).startswith("/video/")]
    assert films
    assert 0 < cards.index(films[0]) < len(cards) - 1
    assert all("video-post" in card["class"] for card in films)
    assert text(soup(path_of(films[0])), "h1").startswith("Watch: ")


def test_trending_and_sponsored_cards_look_like_articles_of_the_list(page: BeautifulSoup, soup: Soup) -> None:
    trending, sponsored = page.select(".right-column .grid-post"), page.select(".sponsored .grid-post")
    listed = {path_of(card) for card in page.select(".news-list .grid-post")}
    assert text(page, ".right-column h3") == "Trending News"
    assert text(page, ".sponsored h3") == "Sponsored"
    for card in [*trending, *sponsored]:
        assert path_of(card) not in listed
        assert text(soup(path_of(card)), "h1")


def test_a_comment_holds_a_copy_of_the_list(page: BeautifulSoup) -> None:
    copies = [BeautifulSoup(comment, "html5lib") for comment in page.find_all(string=lambda s: isinstance(s, Comment))]
    assert [len(copy.select(".grid-post")) for copy in copies] == [10]


def test_hyphens_in_a_title_do_not_end_the_comment(newsroom: Newsroom, soup: Soup) -> None:
    newsroom.add(Story("h", "A --> B -- and C", "world", ("World News",), THIRD, "--> so it is"))
    page = soup("/tags/world-news")
    assert part(card_of(page, "grid-post", "/world/h"), ".post-title a")["title"] == "A --> B -- and C"
    comments = page.find_all(string=lambda s: isinstance(s, Comment))
    assert [comment.count("grid-post") for comment in comments] == [10]


def test_markup_characters_in_titles_are_text(soup: Soup) -> None:
    page = soup("/category/technology")
    card = card_of(page, "large-post", "/technology/how-the-canvas-element-took-over-the-weather-map")
    assert text(card, ".post-title") == "How the <canvas> Element Took Over the Weather Map"
    assert "From a < 1 KB script" in text(card, ".post-text")


def test_bylines_come_in_several_wordings(soup: Soup) -> None:
    said = {byline.get_text() for byline in soup("/all-news").select(".post-author")}
    assert {"Post by : Saif Nasser", "Author : Mira Solano", "By Tom Okafor", "Admin"} <= said


def test_lists_are_ordered_by_publication(newsroom: Newsroom, soup: Soup) -> None:
    published = {story.path: story.published for story in newsroom.stories()}
    dates = [
        published[path_of(card)]
        for card in soup("/tags/world-news").select(".hero-post, .row.grid > .col-md-4")
        if path_of(card) in published
    ]
    heroes = 4
    assert dates[:heroes] == sorted(dates[:heroes], reverse=True)
    assert dates[heroes:] == sorted(dates[heroes:], reverse=True)


def test_pages_follow_each_other_and_lose_nothing(newsroom: Newsroom, soup: Soup) -> None:
    seen: set[str] = set()
    address, pages = "/tags/world-news", 0
    while address:
        page = soup(address)
        pages += 1
        seen |= {path_of(card) for layout in LAYOUTS for card in page.select(f".news-list .{layout}:not(.video-post)")}
        following = page.select_one(".pagination a:-soup-contains('Next')")
        address = f"/tags/world-news{following['href']}" if following else ""
    last = soup("/tags/world-news").select_one(".pagination a:-soup-contains('Last »')")
    assert last is not None
    assert last["href"] == f"?page={pages}"
    assert seen == {story.path for story in newsroom.stories() if "World News" in story.tags}


@pytest.mark.parametrize("query", ["?page=0", "?page=99", "?page=-1", "?page=one", "?page=02", "?page=99999999"])
def test_pages_that_do_not_exist_are_not_found(newsroom: Newsroom, query: str) -> None:
    assert newsroom.respond("/tags/world-news" + query).status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/all-news",
        "/tags/global-news",
        "/tags/technology",
        "/tags/business",
        "/category/world",
        "/category/culture",
    ],
)
def test_every_list_has_cards(soup: Soup, path: str) -> None:
    assert len(soup(path).select(".news-list .large-post")) == 2


def test_an_author_has_a_page(soup: Soup) -> None:
    page = soup("/author/saif-nasser")
    assert text(page, "h1") == "Posts by Saif Nasser"
    assert {byline.get_text() for byline in page.select(".news-list .post-author")} == {"Post by : Saif Nasser"}
