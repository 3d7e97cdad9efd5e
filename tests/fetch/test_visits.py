"""What a site asks of its visitors on the way to a page: to carry a cookie back, or to go on after a moment."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from feedbuilder.fetch import HttpFetcher
from feedbuilder.fetch.page_refresh import LONGEST_REFRESH, refresh_target
from feedbuilder.fetch.visit_cookies import VisitCookies
from feedbuilder.model import FetchError, Page
from tests.fetch.loopback import Line, Site, answer, redirect

MakeFetcher = Callable[..., HttpFetcher]
PAGE = "https://news.example/world"


def meta(content: str, before: str = "", after: str = "") -> bytes:
    return f'<html><head>{before}<meta http-equiv="refresh" content="{content}">{after}</head></html>'.encode()


def with_cookie(location: str, cookie: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nSet-Cookie: {cookie}\r\nContent-Length: 0\r\n\r\n".encode()


def gate(site: Site, wanted: str, otherwise: bytes) -> Callable[[Line], None]:
    """Return a page for whoever brings the cookie `wanted`; everybody else gets `otherwise`."""

    def reply(line: Line) -> None:
        line.send(answer("the list") if wanted in site.asked[-1].headers.get("cookie", "") else otherwise)

    return reply


def read(fetcher: HttpFetcher, url: str, **headers: str) -> tuple[str, bytes]:
    page = fetcher.get(url, headers=headers)
    assert isinstance(page, Page)
    return page.url, page.body


def test_a_cookie_that_is_set_on_the_way_is_carried_back(site: Site, fetcher: HttpFetcher) -> None:
    site.pages = {
        "/world": gate(site, "tok=9", redirect("/gate")),
        "/gate": with_cookie("/world", "tok=9; Path=/; HttpOnly"),
    }
    assert read(fetcher, site.url("/world")) == (site.url("/world"), b"the list")


def test_a_page_may_send_to_itself_for_a_cookie(site: Site, fetcher: HttpFetcher) -> None:
    site.pages = {"/world": gate(site, "seen=1", with_cookie("/world", "seen=1"))}
    assert read(fetcher, site.url("/world"), Cookie="own=2")[1] == b"the list"
    assert site.asked[-1].headers["cookie"] == "own=2; seen=1"


def test_a_visit_leaves_no_cookie_behind(site: Site, fetcher: HttpFetcher) -> None:
    site.pages = {"/world": gate(site, "seen=1", with_cookie("/world", "seen=1"))}
    read(fetcher, site.url("/world"))
    read(fetcher, site.url("/world"))
    assert ["cookie" in asked.headers for asked in site.asked if asked.path == "/world"] == [False, True, False, True]


def test_a_site_that_never_takes_its_cookie_leads_in_a_circle(site: Site, fetcher: HttpFetcher) -> None:
    site.pages = {"/world": with_cookie("/world", "seen=1")}
    with pytest.raises(FetchError, match="redirects in a circle"):
        fetcher.get(site.url("/world"))


@pytest.mark.parametrize(
    ("cookie", "url", "sent"),
    [
        ("a=1", "https://news.example/x", "a=1"),
        ("a=1; Domain=news.example", "https://www.news.example/", "a=1"),
        ("a=1", "https://www.news.example/", None),
        ("a=1; Domain=other.example", "https://other.example/", None),
        ("a=1; Path=/world", "https://news.example/", None),
        ("a=1; Secure", "http://news.example/", None),
        ("a=1; Max-Age=0", "https://news.example/", None),
        ("a=1", "https://other.example/", None),
        ("nonsense", "https://other.example/", None),
    ],
)
def test_a_cookie_goes_only_where_it_belongs(cookie: str, url: str, sent: str | None) -> None:
    cookies = VisitCookies()
    cookies.take(PAGE, [cookie])
    assert cookies.header(url) == sent


@pytest.mark.parametrize(
    "content",
    [
        "0; url=/list",
        "0;URL='/list'",
        "3, url=/list",
        " 10 ;url = /list ",
        "0;/list",
        "1.5; url=/list",
        "0;url=/lis&#116;",
    ],
)
def test_a_page_that_goes_on_within_seconds_is_a_redirect(content: str) -> None:
    assert refresh_target(PAGE, meta(content), None) == "https://news.example/list"


@pytest.mark.parametrize(
    "body",
    [
        meta("300; url=/list"),
        meta(f"{LONGEST_REFRESH + 1}; url=/list"),
        meta("0"),
        meta("0; url="),
        meta("5; url=/world"),
        meta("5; url=https://www.news.example/world/?again=1"),
        meta("0; url=/list", "<!--", "-->"),
        meta("0; url=/no-scripts", "<noscript>", "</noscript>"),
        b'<script>var m = \'<meta http-equiv="refresh" content="0; url=/x">\'</script>',
        b'<meta name="refresh" content="0; url=/x">',
    ],
)
def test_a_page_that_reloads_itself_or_says_nothing_is_a_page(body: bytes) -> None:
    assert refresh_target(PAGE, body, None) is None


def test_the_header_refresh_is_one_too() -> None:
    assert refresh_target(PAGE, b"", "0; url=/list") == "https://news.example/list"


def test_a_page_that_sets_a_cookie_and_reloads_itself_wants_it_back(site: Site, fetcher: HttpFetcher) -> None:
    waiting = meta("0; url=/world?again=1")
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nSet-Cookie: seen=1\r\nContent-Length: {len(waiting)}\r\n\r\n"
    site.pages = {"/world": head.encode() + waiting, "/world?again=1": gate(site, "seen=1", redirect("/world"))}
    assert read(fetcher, site.url("/world"))[1] == b"the list"


def test_pages_that_send_each_other_on_are_read_as_they_are(site: Site, fetcher: HttpFetcher) -> None:
    pages = {f"/{number}": meta(f"1; url=/{(number + 1) % 2}") for number in range(2)}
    site.pages = {path: answer(body.decode()) for path, body in pages.items()}
    assert read(fetcher, site.url("/0")) == (site.url("/1"), pages["/1"])


def test_a_refresh_to_a_private_host_is_refused_like_any_redirect(site: Site, fetcher: HttpFetcher) -> None:
    site.pages = {"/world": answer(meta("0; url=http://10.0.0.1/admin").decode())}
    with pytest.raises(FetchError, match=r"10\.0\.0\.1 is a private network; nothing was asked"):
        fetcher.get(site.url("/world"))
