"""What stands around a page in the browser: robots.txt, turns, statuses, and what the browser is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from feedbuilder.fetch import HttpFetcher
from feedbuilder.fetch.renderer import LoadedData, Opened, Opening
from feedbuilder.model import FetchError, NotAskedError, Page, PrivateAddressError, Source, Validators
from tests.fetch.loopback import NOW, Site, answer

HEADERS = {"content-type": "text/html"}


@dataclass
class Shown:
    """A browser that shows what it is told to."""

    opened: Opened | FetchError
    asked: list[Opening] = field(default_factory=list)
    closed: bool = False

    @contextmanager
    def turn(self) -> Iterator[None]:
        yield

    def open(self, opening: Opening) -> Opened:
        self.asked.append(opening)
        if isinstance(self.opened, FetchError):
            raise self.opened
        return self.opened

    def close(self) -> None:
        self.closed = True


Make = Callable[..., HttpFetcher]


def source(url: str, **keys: Any) -> Source:
    return Source.model_validate({"id": "app", "url": url, "kind": "browser", "selectors": {"item": "article"}, **keys})


def fetcher_with(make_fetcher: Make, shown: Shown, **settings: Any) -> HttpFetcher:
    return make_fetcher(tools={"renderer": lambda: shown}, **settings)


def test_the_browser_is_told_what_the_source_says_and_its_page_is_as_any_other(make_fetcher: Make, site: Site) -> None:
    data = (LoadedData("http://127.0.0.1/api", b"[1]", "application/json"),)
    shown = Shown(Opened(site.url("/there"), 200, {**HEADERS, "link": "<x>"}, "<p>é".encode(), data))
    keys = {"headers": {"X-Token": "t"}, "language": "de", "timezone": "Europe/Berlin", "browser": {"scroll": 2}}
    watched = source(f"http://me:pw@127.0.0.1:{site.port}/app#/news", **keys)
    with fetcher_with(make_fetcher, shown) as fetcher:
        got = fetcher.rendered(watched, watches=True)
        page = fetcher.fetch(watched, Validators("tag"))
    assert isinstance(page, Page)
    assert (page.url, page.body, page.content_type) == (site.url("/there"), "<p>é".encode(), "text/html; charset=utf-8")
    assert (page.fetched_at, page.validators, page.links) == (NOW, Validators(), "<x>")
    assert got.data == (Page("http://127.0.0.1/api", b"[1]", NOW, "application/json"),)
    [watching, opening] = shown.asked
    assert (watching.watches, opening.watches) == (True, False)
    assert opening.url == site.url("/app#/news")  # by which some scripts know what to show
    assert opening.origin == site.url("")
    assert opening.private["X-Token"] == "t"
    assert opening.private["Authorization"].startswith("Basic ")
    assert (opening.language, opening.zone, opening.view.scroll) == ("de", "Europe/Berlin", 2)
    assert opening.our_name.startswith("feedbuilder/")
    assert "pw" not in repr(opening)
    assert shown.closed


def test_robots_txt_is_heeded_for_the_page_and_for_where_it_leads(make_fetcher: Make, site: Site) -> None:
    site.pages["/robots.txt"] = answer("User-agent: *\nDisallow: /closed\n", "Content-Type: text/plain")
    shown = Shown(Opened(site.url("/closed/inside"), 200, HEADERS, b"<p>"))
    with fetcher_with(make_fetcher, shown, robots=True) as fetcher:
        with pytest.raises(FetchError, match="does not let feedbuilder read"):
            fetcher.fetch(source(site.url("/closed")), Validators())
        assert shown.asked == []
        with pytest.raises(FetchError, match="does not let feedbuilder read"):
            fetcher.fetch(source(site.url("/open")), Validators())
        assert len(shown.asked) == 1


def test_a_refusal_is_one_of_the_host(make_fetcher: Make, site: Site) -> None:
    shown = Shown(Opened(site.url("/app"), 429, {"retry-after": "60"}))
    with fetcher_with(make_fetcher, shown) as fetcher:
        with pytest.raises(FetchError) as caught:
            fetcher.fetch(source(site.url("/app")), Validators())
        assert (caught.value.status, caught.value.retry_after) == (429, timedelta(seconds=60))
        with pytest.raises(NotAskedError):
            fetcher.fetch(source(site.url("/app")), Validators())
        with pytest.raises(NotAskedError):  # and its plain pages are left alone too
            fetcher.get(site.url("/plain"))
    assert len(shown.asked) == 1


@pytest.mark.parametrize(
    ("opened", "words"),
    [
        (Opened("http://127.0.0.1/a", 404, HEADERS), "does not exist"),
        (Opened("http://127.0.0.1/a", 200, {"content-type": "application/pdf"}), "no page but"),
        (Opened("about:blank", 200, {}, b"<p>"), "no web address"),
    ],
)
def test_what_is_no_page_is_refused(make_fetcher: Make, opened: Opened, words: str) -> None:
    with fetcher_with(make_fetcher, Shown(opened)) as fetcher, pytest.raises(FetchError, match=words):
        fetcher.fetch(source("http://127.0.0.1/a"), Validators())


def test_headers_that_were_not_sent_after_a_redirect_are_told(make_fetcher: Make) -> None:
    shown = Shown(Opened("http://localhost/login", 401, HEADERS))
    keys = {"headers": {"X-Token": "t"}}
    with fetcher_with(make_fetcher, shown) as fetcher, pytest.raises(FetchError, match="headers were not sent there"):
        fetcher.fetch(source("http://127.0.0.1/a", **keys), Validators())


def test_a_private_host_is_told_as_such(make_fetcher: Make) -> None:
    shown = Shown(PrivateAddressError("10.0.0.1 is private", "10.0.0.1"))
    with fetcher_with(make_fetcher, shown) as fetcher, pytest.raises(PrivateAddressError):
        fetcher.fetch(source("http://10.0.0.1/a"), Validators())


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1080", "http://127.0.0.1:3128"])
def test_behind_a_proxy_names_are_judged(make_fetcher: Make, proxy: str) -> None:
    shown = Shown(Opened("http://printer.local/", 200, HEADERS, b"<p>"))
    named = pytest.raises(FetchError, match="a name for internal use")
    with fetcher_with(make_fetcher, shown, proxy=proxy) as fetcher, named:
        fetcher.fetch(source("http://printer.local/"), Validators())
    assert shown.asked == []


def test_article_pages_are_asked_for_plainly(make_fetcher: Make, site: Site) -> None:
    site.pages["/story"] = answer("<p>story", "Content-Type: text/html")
    shown = Shown(Opened(site.url("/app"), 200, HEADERS, b"<p>"))
    with fetcher_with(make_fetcher, shown) as fetcher:
        assert fetcher.further(source(site.url("/app")), site.url("/story")).body == b"<p>story"
    assert shown.asked == []


def test_article_pages_are_opened_where_that_is_wanted_with_secrets_for_their_own_site(
    make_fetcher: Make, site: Site
) -> None:
    shown = Shown(Opened(site.url("/story"), 200, HEADERS, b"<p>story"))
    view = {"articles": True, "wait_for": "article", "click": ".more", "scroll": 2, "dismiss": ".no", "width": 700}
    watched = source(f"http://me:pw@127.0.0.1:{site.port}/app", headers={"X-Token": "t"}, browser=view)
    with fetcher_with(make_fetcher, shown) as fetcher:
        assert fetcher.further(watched, site.url("/story")).body == b"<p>story"
        fetcher.further(watched, "http://localhost/elsewhere")
    own, others = shown.asked
    assert own.url == site.url("/story")
    assert own.private.keys() == {"X-Token", "Authorization"}
    assert (own.view.wait_for, own.view.click, own.view.scroll) == (None, None, 0)
    assert (own.view.dismiss, own.view.width) == ((".no",), 700)
    assert others.private == {}
