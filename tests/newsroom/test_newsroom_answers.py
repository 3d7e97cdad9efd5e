"""What surrounds the pages: validators, counters, robots.txt, sitemap, edits, and the switches that break things."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from lxml import etree

from feedbuilder.newsroom import HandClock, Newsroom, Story, at
from feedbuilder.newsroom.invented_stories import VIDEOS
from feedbuilder.newsroom.site import Failure

WORLD = "/tags/world-news"
IRAN = "iran-and-us-return-to-nuclear-talks-in-oman-as-tensions-and-protests-shake-tehran"
SEA_CABLE = "sea-cable-repaired-in-record-time"


@pytest.mark.parametrize(
    ("path", "given"),
    [
        (WORLD, set()),
        ("/all-news", set()),
        ("/tags/technology", {"ETag", "Last-Modified"}),
        ("/tags/global-news", {"ETag"}),
        ("/tags/business", {"Last-Modified"}),
    ],
)
def test_some_pages_give_validators_and_others_none(newsroom: Newsroom, path: str, given: set[str]) -> None:
    headers = newsroom.respond(path).headers
    assert headers.keys() - {"Content-Type"} == given


@pytest.mark.parametrize(
    ("path", "validator", "condition"),
    [
        ("/tags/technology", "ETag", "If-None-Match"),
        ("/tags/technology", "Last-Modified", "If-Modified-Since"),
        ("/tags/global-news", "ETag", "If-None-Match"),
        ("/tags/business", "Last-Modified", "If-Modified-Since"),
    ],
)
def test_an_unchanged_list_is_not_sent_again(
    newsroom: Newsroom, clock: HandClock, path: str, validator: str, condition: str
) -> None:
    headers = {condition: newsroom.respond(path).headers[validator]}
    again = newsroom.respond(path, headers)
    assert (again.status, again.body) == (304, b""), "moving counters do not count"
    clock.advance(timedelta(hours=1))
    assert newsroom.respond(path, headers).status == 200, "new stories do"


def test_an_edit_changes_the_validators(newsroom: Newsroom, clock: HandClock) -> None:
    before = newsroom.respond("/tags/technology").headers
    clock.advance(timedelta(seconds=5))
    newsroom.edit(SEA_CABLE, summary="The ship found the break after ten hours.")
    after = newsroom.respond("/tags/technology").headers
    assert before["ETag"] != after["ETag"]
    assert (before["Last-Modified"], after["Last-Modified"]) == (
        "Fri, 06 Feb 2026 10:50:00 GMT",
        "Fri, 06 Feb 2026 11:05:05 GMT",
    )


def test_an_edit_shows_everywhere_at_the_same_address(newsroom: Newsroom) -> None:
    newsroom.edit(IRAN, title="Iran and US Talk", summary="They talk.")
    for path in (WORLD, f"/world/{IRAN}"):
        page = newsroom.respond(path).text
        assert "Iran and US Talk" in page
        assert "They talk." in page
        assert "Shake Tehran" not in page


def test_an_edited_summary_loses_its_stray_html(newsroom: Newsroom) -> None:
    newsroom.edit("mountain-rail-tunnel-reopens", summary="Trains run.")
    assert "<em>" not in newsroom.respond(WORLD).text
    assert "Trains run." in newsroom.respond(WORLD).text


def test_what_is_not_there_cannot_be_edited_and_what_is_not_added(newsroom: Newsroom) -> None:
    with pytest.raises(KeyError):
        newsroom.edit("nothing", title="Something")
    story = Story(IRAN, "Another", "world", ("World News",), at("2026-02-06 09:00"), "…")
    with pytest.raises(ValueError, match=IRAN):
        newsroom.add(story)


def test_requests_are_counted_by_path(newsroom: Newsroom) -> None:
    for path in (WORLD, f"{WORLD}?page=2", "/robots.txt", "/nothing"):
        newsroom.respond(path)
    assert newsroom.requests == {WORLD: 2, "/robots.txt": 1, "/nothing": 1}


def test_robots_txt_names_the_news_sitemap(newsroom: Newsroom) -> None:
    robots = newsroom.respond("/robots.txt", {"Host": "news.example:81"})
    assert robots.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "\n    Disallow: /login\n" in robots.text, "lines may be indented"
    assert robots.text.endswith("Sitemap: http://news.example:81/sitemap/news\n")


def test_the_news_sitemap_lists_two_days_of_articles(newsroom: Newsroom) -> None:
    answered = newsroom.respond("/sitemap/news", {"Host": "news.example"})
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "n": "http://www.google.com/schemas/sitemap-news/0.9"}
    document = etree.fromstring(answered.body)
    addresses = [element.text for element in document.iterfind("s:url/s:loc", names)]
    dates = [element.text for element in document.iterfind("s:url/n:news/n:publication_date", names)]
    assert addresses.count(f"http://news.example/world/{IRAN}") == 1
    assert "2026-02-06T14:28:00+04:00" in dates
    assert all(address.isascii() for address in addresses)
    assert len(set(addresses)) == len(addresses) > 20
    assert min(dates).startswith("2026-02-04")


def test_addresses_in_share_links_are_those_of_the_visitor(newsroom: Newsroom) -> None:
    page = newsroom.respond(WORLD, {"HOST": "localhost:9999"}).text
    assert "send?text=http%3A%2F%2Flocalhost%3A9999%2Fworld%2F" in page
    assert "127.0.0.1" not in page


@pytest.mark.parametrize(
    "path",
    [
        *("/nothing", "/tags/nothing", "/category/nothing", "/author/nobody", "/world/nothing", "/video/nothing"),
        *("/partner/nothing", "/upload/nothing.png", "/static/../site.py", "/tags/", "//", "/tags/world-news/"),
    ],
)
def test_what_does_not_exist_is_not_found(newsroom: Newsroom, path: str) -> None:
    answered = newsroom.respond(path)
    assert (answered.status, answered.headers) == (404, {"Content-Type": "text/html; charset=utf-8"})
    assert "Page not found" in answered.text


def test_every_link_of_a_page_leads_somewhere(newsroom: Newsroom) -> None:
    page = BeautifulSoup(newsroom.respond("/").text, "html5lib")
    addresses = {str(tag[name]) for name in ("href", "src", "data-src") for tag in page.select(f"[{name}]")}
    local = {address.removeprefix("..") for address in addresses if address.startswith(("/", "../"))}
    dead = {address: newsroom.respond(address).status for address in local if newsroom.respond(address).status != 200}
    assert dead == {video.dead_path: 404 for video in VIDEOS[:2]}, "but for the titles of videos"
    assert len(local) > 40


@pytest.mark.parametrize(
    ("failure", "status", "said"),
    [
        (500, 500, "The server answered 500"),
        (503, 503, "The server answered 503"),
        (404, 404, "Page not found"),
        ("empty", 200, None),
        ("login", 302, None),
    ],
)
def test_pages_can_be_made_to_fail(newsroom: Newsroom, failure: Failure, status: int, said: str | None) -> None:
    newsroom.fail[WORLD] = failure
    answered = newsroom.respond(WORLD)
    assert answered.status == status
    assert said in answered.text if said else answered.body == b""
    assert 'grid-post"><a' not in answered.text
    del newsroom.fail[WORLD]
    assert newsroom.respond(WORLD).status == 200


def test_a_failing_page_gives_no_validators(newsroom: Newsroom) -> None:
    good = newsroom.respond("/tags/technology").headers["ETag"]
    newsroom.fail["/tags/technology"] = 500
    answered = newsroom.respond("/tags/technology", {"If-None-Match": good})
    assert (answered.status, "ETag" in answered.headers) == (500, False)


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_page_says_how_long_to_wait(newsroom: Newsroom, status: int) -> None:
    newsroom.fail[WORLD] = status
    assert newsroom.respond(WORLD).headers["Retry-After"] == "120"


def test_the_login_page_holds_a_form_and_no_list(newsroom: Newsroom) -> None:
    newsroom.fail[WORLD] = "login"
    address = newsroom.respond(WORLD).headers["Location"]
    page = BeautifulSoup(newsroom.respond(address).text, "html5lib")
    assert address == "/login?next=/tags/world-news"
    assert page.select_one("input[type=password]") is not None
    assert page.select_one(".news-list") is None


def test_the_redesign_shows_the_stories_in_markup_that_no_old_selector_finds(newsroom: Newsroom) -> None:
    newsroom.fail[WORLD] = "redesign"
    page = BeautifulSoup(newsroom.respond(WORLD).text, "html5lib")
    assert page.select(f'.c-teaser a[href="/world/{IRAN}"]')
    assert page.select(".news-list, .hero-post, .large-post, .compact-post") == []


def test_an_address_in_another_script_may_be_written_either_way(newsroom: Newsroom) -> None:
    plain = "/culture/深圳新图书馆开放-读者连夜排队"
    encoded = "/culture/" + quote(plain.removeprefix("/culture/"))
    assert encoded.startswith("/culture/%E6%B7%B1%E5%9C%B3")
    assert newsroom.respond(plain).status == newsroom.respond(encoded).status == 200
    assert newsroom.requests[plain] == 2
