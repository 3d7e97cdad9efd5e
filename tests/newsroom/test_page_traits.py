"""The newsroom's pages have the traits of the sites that feedbuilder is made for: a row for each."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup, Comment, Tag

from feedbuilder.newsroom import Newsroom, Story, at
from feedbuilder.newsroom.invented_stories import VIDEOS
from feedbuilder.newsroom.seed_stories import ARTICLE_BODY

Soup = Callable[..., BeautifulSoup]
IRAN = "/world/iran-and-us-return-to-nuclear-talks-in-oman-as-tensions-and-protests-shake-tehran"
IRAN_TITLE = "Iran and US Return to Nuclear Talks in Oman as Tensions and Protests Shake Tehran"
TAKAICHI = "/world/trump-s-backing-of-takaichi-adds-global-spotlight-to-japan-s-key-election"
SEED = "/world/us-and-russia-restart-military-talks-as-ukraine-war-diplomacy-moves-forward"
SEED_TITLE = "US and Russia Restart Military Talks as Ukraine War Diplomacy Moves Forward"
WORLD = "/tags/world-news"
LAYOUTS = ("hero-post", "large-post", "compact-post", "grid-post")


def texts(page: Tag, selector: str) -> list[str]:
    return [found.get_text().strip() for found in page.select(selector)]


def part(card: Tag, selector: str) -> Tag:
    found = card.select_one(selector)
    assert found is not None, selector
    return found


def text(card: Tag, selector: str) -> str:
    return part(card, selector).get_text().strip()


def path_of(card: Tag) -> str:
    return urlsplit(str(part(card, ".post-title a")["href"])).path


def paths(page: Tag, selector: str) -> list[str]:
    return [path_of(card) for card in page.select(selector)]


def card_of(page: Tag, layout: str, path: str) -> Tag:
    return next(card for card in page.select(f".news-list .{layout}:not(.video-post)") if path_of(card) == path)


def in_comments(page: BeautifulSoup, name: str) -> list[int]:
    return [comment.count(name) for comment in page.find_all(string=lambda string: isinstance(string, Comment))]


def shared(card: Tag) -> list[tuple[str, bool]]:
    """Where the links for sharing lead, and whether the card's own address is in each."""
    links = [urlsplit(str(link["href"])) for link in card.select(".share a")]
    own = path_of(card)
    return [
        (link.netloc or link.scheme, any(v.endswith(own) for values in parse_qs(link.query).values() for v in values))
        for link in links
    ]


class Trait(NamedTuple):
    """What a program meets on a page, and where."""

    sentence: str
    path: str
    read: Callable[[BeautifulSoup], object]
    expected: object = True


ASIA = "/world/asia"
FERRY = "/world/ferry-link-between-two-island-chains-opens-after-ten-years"

TRAITS = (
    # ---- Lists
    Trait(
        "The same stories come in four layouts, and a selector for one of them misses stories.",
        WORLD,
        lambda page: all(
            0
            < len(set(paths(page, f".news-list .{layout}")))
            < len(set(paths(page, ", ".join(f".{x}" for x in LAYOUTS))))
            for layout in LAYOUTS
        ),
    ),
    *(
        Trait(
            f"One story is listed twice at one address, in {layout}.",
            WORLD,
            lambda page, layout=layout: paths(page, f".news-list .{layout}").count(IRAN),  # type: ignore[misc]
            2,
        )
        for layout in ("hero-post", "compact-post", "grid-post")
    ),
    Trait(
        "Summaries hold stray HTML.",
        WORLD,
        lambda page: {
            tag.name
            for tag in part(card_of(page, "grid-post", "/world/mountain-rail-tunnel-reopens"), ".post-text").find_all()
        },
        {"p", "b", "em"},
    ),
    Trait(
        "Day, time and counter stand in elements of their own,",
        WORLD,
        lambda page: [
            re.sub(r"^[\d,]+$", "a number", one)
            for one in texts(card_of(page, "hero-post", IRAN), ".post-meta small")[1:]
        ],
        ["Feb. 6, 2026", "2:28 p.m.", "a number"],
    ),
    Trait(
        "or are joined by a comma,",
        WORLD,
        lambda page: text(card_of(page, "large-post", TAKAICHI), ".post-when"),
        "Feb. 6, 2026, 3 p.m.",
    ),
    Trait(
        "or by a bar.",
        WORLD,
        lambda page: text(card_of(page, "compact-post", "/world/midnight-curfew-lifted"), ".post-when"),
        "Feb. 6, 2026 | midnight",
    ),
    Trait(
        "Pictures are lazy, root-relative or a folder up.",
        WORLD,
        lambda page: [
            re.sub(r"\w+\.png|(?<=^data:).*", "…", str(part(page, selector)[name]))
            for selector, name in (
                *((".hero-post img", "src"), (".hero-post img", "data-src")),
                *((".large-post img", "src"), (".grid-post img", "src")),
            )
        ],
        ["data:…", "/upload/…", "/upload/…", "../upload/…"],
    ),
    Trait(
        "Links for sharing contain the address but are not the article.",
        WORLD,
        lambda page: shared(card_of(page, "hero-post", IRAN)),
        [("api.whatsapp.com", True), ("t.me", True), ("mailto", True)],
    ),
    Trait(
        "A link to the article is no title of it.",
        WORLD,
        lambda page: [(one["href"], one.get_text()) for one in card_of(page, "hero-post", IRAN).select(".read-more")],
        [(IRAN, "Read More")],
    ),
    Trait(
        "Video cards stand among the articles.",
        WORLD,
        lambda page: [
            "video-post" in card.get_attribute_list("class")
            for card in page.select(".news-list .row.grid > .grid-post")
        ][1:5],
        [False, True, False, False],
    ),
    Trait(
        "Cards of other lists look like those of this one, and hold none of its stories.",
        WORLD,
        lambda page: (
            texts(page, ".block-title"),
            set(paths(page, ":is(.right-column, .sponsored) .grid-post")) & set(paths(page, ".news-list .grid-post")),
        ),
        (["Sponsored", "Trending News"], set()),
    ),
    Trait("A comment holds a copy of the list.", WORLD, lambda page: in_comments(page, "grid-post"), [10]),
    Trait(
        "Bylines come in several wordings.",
        "/all-news",
        lambda page: (
            {"Post by : Saif Nasser", "Author : Mira Solano", "By Tom Okafor", "Admin"}
            <= set(texts(page, ".post-author"))
        ),
    ),
    Trait(
        "An author has a page.",
        "/author/saif-nasser",
        lambda page: (text(page, "h1"), set(texts(page, ".news-list .post-author"))),
        ("Posts by Saif Nasser", {"Post by : Saif Nasser"}),
    ),
    Trait(
        "Characters of markup are text.",
        "/category/technology",
        lambda page: text(
            card_of(page, "large-post", "/technology/how-the-canvas-element-took-over-the-weather-map"), ".post-title"
        ),
        "How the <canvas> Element Took Over the Weather Map",
    ),
    *(
        Trait("Every list has cards.", path, lambda page: len(page.select(".news-list .large-post")), 2)
        for path in ("/", "/all-news", "/tags/global-news", "/tags/technology", "/tags/business", "/category/world")
    ),
    Trait(
        "The title of a video leads nowhere, its picture to the video,",
        WORLD,
        lambda page: [
            (one["href"], part(one.find_parent(class_="video-post"), ".post-image")["href"])  # type: ignore[arg-type]
            for one in page.select(".video-post .post-title a")
        ],
        [(video.dead_path, video.path) for video in VIDEOS[:2]],
    ),
    Trait(
        "and at home its text is date, time and counter.",
        "/",
        lambda page: re.sub(r"[\d,]+$", "a number", text(page, ".video-post .post-text")),
        "Feb. 6, 2026 2:40 p.m. a number",
    ),
    *(
        Trait(
            "A page names the site for machines, whatever it is about.",
            path,
            lambda page: [part(page, one)["content"] for one in ("[name=news_keywords]", "[property='og:site_name']")],
            ["breaking news, The Calder Courier", "The Calder Courier"],
        )
        for path in (WORLD, ASIA, FERRY)
    ),
    Trait(
        "A tag without a title leaves its page without one.",
        "/tags/asia",
        lambda page: (text(page, "title"), part(page, "[property='og:title']")["content"], text(page, "h1")),
        ("", "", "Asia"),
    ),
    # ---- The newer lists
    *(
        Trait(
            "The page is called as the site is,",
            path,
            lambda page: (text(page, "title"), part(page, "[property='og:title']")["content"], text(page, "h1")),
            ("The Calder Courier", "The Calder Courier", heading),
        )
        for path, heading in (("/all-news/latest", "Latest"), ("/world/global-news", "Global News"), (ASIA, "Asia"))
    ),
    Trait(
        "the only heading of a card stands in its hidden dialog,",
        ASIA,
        lambda page: {
            (heading.name, heading.get_text(), (heading.find_parent(class_="modal") or heading).get("aria-hidden"))
            for card in page.select(".news-box")
            for heading in card.select("h1, h2, h3, h4, h5, h6")
        },
        {("h5", "Share this post", "true")},
    ),
    Trait(
        "the author is a link after a line break, now and then without a word before it,",
        ASIA,
        lambda page: [re.sub(r"\s*\n\s*", "/", part(card, ".news-by").get_text()) for card in page.select(".news-box")][
            1:3
        ],
        ["/By/Lena Abara/", "/Saif Nasser/"],
    ),
    Trait(
        "day and time stand in elements of one make,",
        ASIA,
        lambda page: [(one.get_text(), one.attrs) for one in part(page, ".news-box").select("small")],
        [("Feb. 5, 2026", {}), ("7:40 p.m.", {})],
    ),
    Trait(
        "and the summary ends in mid-word.",
        ASIA,
        lambda page: text(page, ".news-sum")[-12:],
        "et of the st",
    ),
    Trait(
        "A story stands there under two addresses.",
        ASIA,
        lambda page: texts(page, ".news-link").count("Night Market Moves Indoors and Keeps Its Queue"),
        2,
    ),
    Trait(
        "Videos stand in all news under the address that works.",
        "/all-news/latest",
        lambda page: [one["href"] for one in page.select(".news-link") if "/video/" in str(one["href"])],
        [video.path for video in VIDEOS[:2]],
    ),
    # ---- Articles
    Trait(
        "Title, byline and body",
        SEED,
        lambda page: (texts(page, "h1"), texts(page, ".article-author"), tuple(texts(page, ".article-body p"))),
        ([SEED_TITLE], ["Post by : Saif Nasser"], ARTICLE_BODY),
    ),
    Trait(
        "are followed by date, time and counter in three small elements,",
        SEED,
        lambda page: [re.sub(r"^\d+$", "a number", one) for one in texts(page, ".article-meta > small")],
        ["Feb. 6, 2026", "12:35 p.m.", "a number"],
    ),
    Trait(
        "then by tags that lead to their sections,",
        SEED,
        lambda page: [(tag["href"], tag.get_text()) for tag in page.select(".article-tags a")],
        [("/tags/global-news", "#Global News"), ("/tags/world-news", "#World News")],
    ),
    Trait(
        "then by other articles, one of them twice, and itself,",
        SEED,
        lambda page: [texts(page, "div.more-news .post-title").count(title) for title in (IRAN_TITLE, SEED_TITLE)],
        [2, 1],
    ),
    Trait(
        "then by lists that belong to others.",
        SEED,
        lambda page: (texts(page, "main .block-title"), texts(page, "aside .block-title")),
        (["Sponsored", "Trending News"], ["Trending News"]),
    ),
    Trait("A comment holds the list once more.", SEED, lambda page: in_comments(page, "grid-post"), [9]),
    *(
        Trait("Bylines differ.", path, lambda page: texts(page, ".article-author"), [byline])
        for path, byline in (
            ("/technology/sea-cable-repaired-in-record-time", "Author : Mira Solano"),
            ("/business/small-bakeries-share-one-oven", "By Tom Okafor"),
            ("/world/midnight-curfew-lifted", "Admin"),
        )
    ),
    Trait(
        "A story without a text of its own shows its summary.",
        "/world/midnight-curfew-lifted",
        lambda page: texts(page, ".article-body p"),
        ["Cafés along the promenade stay open again after three weeks of early closing."],
    ),
    # ---- Articles of the newer editor
    Trait(
        "The text stands in an element whose name means nothing, with headings and a list in it,",
        FERRY,
        lambda page: [one.name for one in part(page, ".artical-box").find_all(recursive=False)],
        ["p", "h2", "p", "h3", "p", "ul", "p"],
    ),
    Trait(
        "behind a byline,",
        FERRY,
        lambda page: text(page, ".post-writer + .artical-box ~ .post-foot small"),
        "Feb. 5, 2026",
    ),
    Trait(
        "and cards of other stories with pictures follow.",
        FERRY,
        lambda page: len(page.select(".post-foot ~ .more-news .grid-post img")) > 5,
    ),
    Trait(
        "Machines are told when it was begun, and the author's login.",
        FERRY,
        lambda page: [
            (data["datePublished"], data["author"]["name"])
            for data in [json.loads(str(part(page, "[type='application/ld+json']").string))]
        ],
        [("2026-02-05T14:23:00+04:00", "snasser11")],
    ),
)


@pytest.mark.parametrize("path", dict.fromkeys(trait.path for trait in TRAITS))
def test_a_page_has_its_traits(soup: Soup, path: str) -> None:
    page = soup(path)
    traits = [trait for trait in TRAITS if trait.path == path]
    assert {t.sentence: found for t in traits if (found := t.read(page)) != t.expected} == {}


@pytest.mark.parametrize(
    ("layout", "published", "length", "ellipsis", "summary", "whole"),
    [
        ("hero-post", "14:50", 50, "", 100, (".post-title a", "title")),
        ("large-post", "14:50", 90, "…", 270, (".post-image img", "alt")),
        ("compact-post", "14:50", 60, "...", 150, None),
        ("grid-post", "14:30", 80, "", 270, (".post-title a", "title")),
    ],
)
def test_each_layout_cuts_titles_and_summaries_its_own_way(
    newsroom: Newsroom,
    soup: Soup,
    layout: str,
    published: str,
    length: int,
    ellipsis: str,
    summary: int,
    whole: tuple[str, str] | None,
) -> None:
    title = "The Longest Title of the Day Is So Long That Every One of the Four Layouts Cuts It, Mostly in Mid-Word"
    story = Story("long", title, "world", ("World News",), at(f"2026-02-06 {published}"), "one & two " * 40)
    newsroom.add(story)
    card = card_of(soup(WORLD), layout, story.path)
    assert text(card, ".post-title") == title[:length].strip() + ellipsis
    assert text(card, ".post-text").rstrip(".… ") == story.summary[:summary].strip()
    if whole is None:
        assert title not in str(card)
        assert text(soup(story.path), "h1") == title
    else:
        selector, attribute = whole
        assert part(card, selector)[attribute] == title


def test_a_cut_summary_leaves_its_tags_open(newsroom: Newsroom) -> None:
    page = newsroom.respond("/category/business").text
    assert re.search(r'<span style="mso-bidi-font-size: 11pt">from spring one boat will do, at lower f</div>', page)


def test_view_counters_change_with_every_request(newsroom: Newsroom) -> None:
    downloads = {newsroom.respond(WORLD).body for _ in range(3)}
    without = {re.sub(rb'post-views">[\d,]+<', b"", body) for body in downloads}
    assert (len(downloads), len(without)) == (3, 1)


def test_hyphens_in_a_title_do_not_end_the_comment(newsroom: Newsroom, soup: Soup) -> None:
    newsroom.add(Story("h", "A --> B -- and C", "world", ("World News",), at("2026-02-06 14:30"), "--> so it is"))
    page = soup(WORLD)
    assert part(card_of(page, "grid-post", "/world/h"), ".post-title a")["title"] == "A --> B -- and C"
    assert in_comments(page, "grid-post") == [10]


def test_lists_are_ordered_by_publication_and_their_pages_lose_nothing(newsroom: Newsroom, soup: Soup) -> None:
    published = {story.path: story.published for story in newsroom.stories()}
    seen: set[str] = set()
    address, pages = WORLD, 0
    while address:
        page = soup(address)
        pages += 1
        for layout in ("hero-post", "grid-post"):
            shown = [path for path in paths(page, f".news-list .{layout}") if path in published]
            assert [published[path] for path in shown] == sorted((published[path] for path in shown), reverse=True)
        seen |= {path for layout in LAYOUTS for path in paths(page, f".news-list .{layout}:not(.video-post)")}
        following = page.select_one(".pagination a:-soup-contains('Next')")
        address = f"{WORLD}{following['href']}" if following else ""
    assert part(soup(WORLD), ".pagination a:-soup-contains('Last »')")["href"] == f"?page={pages}"
    assert seen == {story.path for story in newsroom.stories() if "World News" in story.tags}


def test_pages_that_do_not_exist_are_not_found(newsroom: Newsroom) -> None:
    for number in ("0", "99", "-1", "one", "02", "99999999"):
        assert newsroom.respond(f"{WORLD}?page={number}").status == 404, number
    assert newsroom.respond(SEED.replace("world", "sports", 1)).status == 404
