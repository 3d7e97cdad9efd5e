"""Redirects, and where they may lead: the guard at work, and headers that stay at home."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedbuilder.fetch import HttpFetcher
from feedbuilder.fetch.urls import follow, parse
from feedbuilder.model import FetchError, Page
from tests.fetch.loopback import Line, Site, answer, redirect

MakeFetcher = Callable[..., HttpFetcher]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed(status: int, site: Site, fetcher: HttpFetcher) -> None:
    site.pages = {"/old": redirect("/new?a=1#part", f"{status} Moved"), "/new?a=1": answer("new")}
    page = fetcher.get(site.url("/old"))
    assert isinstance(page, Page)
    assert (page.url, page.body) == (site.url("/new?a=1"), b"new")


def test_a_relative_redirect_and_one_in_utf8(site: Site, fetcher: HttpFetcher) -> None:
    site.pages = {
        "/a/b": redirect("../c/d"),
        "/c/d": "HTTP/1.1 302 Found\r\nLocation: /zürich\r\nContent-Length: 0\r\n\r\n".encode(),
        "/z%C3%BCrich": answer("Zürich"),
    }
    page = fetcher.get(site.url("/a/b"))
    assert isinstance(page, Page)
    assert page.url == site.url("/z%C3%BCrich")


def test_the_number_of_redirects_is_limited(site: Site, make_fetcher: MakeFetcher) -> None:
    site.pages = {f"/{number}": redirect(f"/{number + 1}") for number in range(10)}
    site.pages["/3"] = answer("here")
    assert isinstance(make_fetcher(max_redirects=3).get(site.url("/0")), Page)
    with pytest.raises(FetchError, match=r"redirects more than 2 times.*max_redirects"):
        make_fetcher(max_redirects=2).get(site.url("/0"))
    with pytest.raises(FetchError, match="more than 0 times"):
        make_fetcher(max_redirects=0).get(site.url("/0"))


@pytest.mark.parametrize("chain", [["/a", "/a"], ["/a", "/b", "/a"]])
def test_a_circle_is_seen_at_once(chain: list[str], site: Site, fetcher: HttpFetcher) -> None:
    site.pages = {here: redirect(there) for here, there in pairwise(chain)}
    with pytest.raises(FetchError, match="redirects in a circle") as caught:
        fetcher.get(site.url("/a"))
    assert caught.value.status == 302
    assert len(site.asked) == len(chain) - 1


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://127.0.0.1/",
        "javascript:alert(1)",
        "//[::1",
        "http://a:b/",
    ],
)
def test_a_redirect_to_something_else_than_a_page(location: str, site: Site, fetcher: HttpFetcher) -> None:
    site.pages["/"] = redirect(location)
    with pytest.raises(FetchError, match="which cannot be fetched"):
        fetcher.get(site.url())


def test_the_body_of_a_redirect_is_never_read(site: Site, fetcher: HttpFetcher) -> None:
    def endless_redirect(line: Line) -> None:
        line.send(b"HTTP/1.1 302 Found\r\nLocation: /new\r\n\r\n")
        while not line.site.stopped.is_set():
            line.send(b"x" * 10_000)

    site.pages = {"/": endless_redirect, "/new": answer("new")}
    page = fetcher.get(site.url())
    assert isinstance(page, Page)


# The guard


INSIDE = [
    "http://127.0.0.1:{port}/secret",
    "http://127.1:{port}/secret",
    "http://2130706433:{port}/secret",
    "http://0x7f000001:{port}/secret",
    "http://0.0.0.0:{port}/secret",
    "http://[::1]:{port}/secret",
    "http://[::ffff:127.0.0.1]:{port}/secret",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/",
    "http://198.18.0.1/",
    "http://224.0.0.1/",
    "http://[::ffff:10.0.0.1]/",
    "http://[64:ff9b::a00:1]/",
    "http://[2002:a00:1::1]/",
    "http://[fd00::1]/",
    "http://[fe80::1]/",
]


@pytest.mark.parametrize("inside", INSIDE)
def test_a_redirect_inside_is_refused(inside: str, site: Site, make_fetcher: MakeFetcher) -> None:
    site.pages = {"/": redirect(inside.format(port=site.port)), "/secret": answer("secret")}
    fetcher = make_fetcher(allow_hosts=("localhost",))
    with pytest.raises(FetchError, match=r"nothing was asked.*allow_hosts"):
        fetcher.get(site.url(host="localhost"))
    assert site.paths == ["/"]


@pytest.mark.parametrize("inside", INSIDE)
def test_a_source_inside_is_refused(inside: str, site: Site, make_fetcher: MakeFetcher) -> None:
    with pytest.raises(FetchError, match="nothing was asked"):
        make_fetcher(allow_hosts=()).get(inside.format(port=site.port))
    assert site.connections == 0


def test_a_public_name_with_a_private_address_is_refused(
    names: dict[str, list[str]], site: Site, make_fetcher: MakeFetcher
) -> None:
    names["news.example"] = ["127.0.0.1", "10.0.0.1", "::ffff:10.0.0.1", "fd00::1"]
    with pytest.raises(FetchError, match=r"news\.example leads to fd00::1, which is a private network"):
        make_fetcher(allow_hosts=()).get(site.url(host="news.example"))
    assert site.connections == 0


def test_rebinding_gains_nothing(monkeypatch: pytest.MonkeyPatch, site: Site, make_fetcher: MakeFetcher) -> None:
    """A name that is public when it is looked up first, and loopback from then on."""
    answers = iter(["8.8.8.8"])

    def resolve(_host: str, port: int, *_: Any, **__: Any) -> Any:
        return [(2, 1, 6, "", (next(answers, "127.0.0.1"), port))]

    tried: list[str] = []

    def connect(_line: object, address: tuple[str, int]) -> None:
        tried.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr("socket.getaddrinfo", resolve)
    monkeypatch.setattr("socket.socket.connect", connect)
    fetcher = make_fetcher(allow_hosts=())
    for message in ("refuses connections", "is this machine", "is this machine"):
        with pytest.raises(FetchError, match=message):
            fetcher.get(site.url(host="rebind.example"))
    assert tried == ["8.8.8.8"]


def test_the_peer_is_checked_after_connecting_too(
    monkeypatch: pytest.MonkeyPatch, site: Site, make_fetcher: MakeFetcher
) -> None:
    """However the address was come by, what counts is who is at the other end before anything is said."""
    site.pages["/"] = answer("secret")
    monkeypatch.setattr("socket.getaddrinfo", lambda _host, port, *_, **__: [(2, 1, 6, "", ("8.8.8.8", port))])
    connect = type(site._listener).connect
    monkeypatch.setattr("socket.socket.connect", lambda line, address: connect(line, ("127.0.0.1", address[1])))
    with pytest.raises(FetchError, match=r"news\.example leads to 127\.0\.0\.1"):
        make_fetcher(allow_hosts=()).get(site.url(host="news.example"))
    assert site.asked == []


def test_the_address_that_may_be_reached_is_used(
    names: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch, site: Site, make_fetcher: MakeFetcher
) -> None:
    """One refused address among good ones does not make the site unreachable."""
    site.pages["/"] = answer("news")
    names["news.example"] = ["10.0.0.1", "127.0.0.1"]
    monkeypatch.setattr(
        "feedbuilder.fetch.guard.refusal", lambda address: "a private network" if address == "10.0.0.1" else None
    )
    assert isinstance(make_fetcher(allow_hosts=()).get(site.url(host="news.example")), Page)


def test_hosts_are_admitted_by_name_and_port(site: Site, make_fetcher: MakeFetcher) -> None:
    site.pages["/"] = answer()
    assert isinstance(make_fetcher(allow_hosts=(f"localhost:{site.port}",)).get(site.url(host="localhost")), Page)
    with pytest.raises(FetchError, match="nothing was asked"):
        make_fetcher(allow_hosts=("localhost:1",)).get(site.url(host="localhost"))


# A proxy


def test_behind_a_proxy_the_guard_judges_names_only(site: Site, make_fetcher: MakeFetcher) -> None:
    site.pages["http://news.example/"] = answer("by proxy")
    fetcher = make_fetcher(proxy=site.url(), allow_hosts=())
    page = fetcher.get("http://news.example/")
    assert isinstance(page, Page)
    assert page.body == b"by proxy"
    for inside in ("http://10.0.0.1/", "http://127.1/", "http://localhost/", "http://[::ffff:10.0.0.1]/"):
        with pytest.raises(FetchError, match="nothing was asked"):
            fetcher.get(inside)
    assert site.paths == ["http://news.example/"]


def test_a_proxy_that_is_down_is_named_without_its_password(site: Site, make_fetcher: MakeFetcher) -> None:
    site.stop()
    fetcher = make_fetcher(proxy=f"http://me:hush@127.0.0.1:{site.port}/", allow_hosts=())
    for url in ("http://news.example/", "https://news.example/"):
        with pytest.raises(FetchError, match=r"The proxy 127\.0\.0\.1 did not help to reach news\.example") as caught:
            fetcher.get(url)
        assert "hush" not in str(caught.value)


def test_a_proxy_that_drips_is_cut_off(site: Site, make_fetcher: MakeFetcher) -> None:
    site.pages["news.example:443"] = lambda line: line.drip(b"HTTP/1.1 200 OK\r\n" + b"X: x\r\n" * 200)
    with pytest.raises(FetchError, match="not complete within"):
        make_fetcher(proxy=site.url(), deadline=timedelta(seconds=0.4)).get("https://news.example/")


# Headers


SECRET = {"Authorization": "Bearer hush", "Cookie": "hush=1", "X-Key": "hush"}


def secrets(site: Site, path: str) -> set[str]:
    return {name for name in SECRET if name.lower() in site.last(path).headers}


def test_headers_follow_within_the_host(site: Site, fetcher: HttpFetcher) -> None:
    site.pages = {"/": redirect("/new"), "/new": answer()}
    fetcher.get(site.url(), headers=SECRET)
    assert secrets(site, "/") == secrets(site, "/new") == set(SECRET)


def test_headers_stay_behind_when_a_redirect_leaves_the_host(site: Site, fetcher: HttpFetcher) -> None:
    site.pages = {"/": redirect(site.url("/elsewhere", host="localhost")), "/elsewhere": answer()}
    fetcher.get(site.url(), headers=SECRET)
    assert secrets(site, "/") == set(SECRET)
    assert secrets(site, "/elsewhere") == set()
    assert "user-agent" in site.last("/elsewhere").headers


def test_headers_do_not_come_back_with_the_redirect(site: Site, fetcher: HttpFetcher) -> None:
    site.pages = {
        "/": redirect(site.url("/elsewhere", host="localhost")),
        "/elsewhere": redirect(site.url("/back")),
        "/back": answer(),
    }
    fetcher.get(site.url(), headers=SECRET)
    assert secrets(site, "/back") == set()


def test_headers_stay_behind_at_another_port(site: Site, make_site: Callable[[], Site], fetcher: HttpFetcher) -> None:
    other = make_site()
    other.pages["/"] = answer()
    site.pages["/"] = redirect(other.url())
    fetcher.get(site.url(), headers=SECRET)
    assert secrets(other, "/") == set()


@pytest.mark.parametrize(
    ("here", "there", "trusted"),
    [
        ("https://a.example/", "https://a.example/x", True),
        ("https://a.example/", "https://A.example.:443/x", True),
        ("http://a.example/", "https://a.example/", True),
        ("https://a.example/", "http://a.example/", False),
        ("http://a.example:8080/", "https://a.example/", False),
        ("https://a.example/", "https://www.a.example/", False),
        ("https://a.example/", "https://a.example:8443/", False),
        ("https://a.example/", "https://a.example@b.example/", False),
    ],
)
def test_who_may_see_the_headers(here: str, there: str, trusted: bool) -> None:
    assert parse(here).trusts(parse(there)) is trusted


def test_a_refusal_after_a_redirect_says_that_the_headers_stayed_behind(site: Site, fetcher: HttpFetcher) -> None:
    site.pages = {
        "/": redirect(site.url("/login", host="localhost")),
        "/login": answer("who?", status="401 Unauthorized"),
    }
    with pytest.raises(FetchError, match="headers were not sent there"):
        fetcher.get(site.url(), headers=SECRET)


def test_user_and_password_in_the_url(site: Site, fetcher: HttpFetcher) -> None:
    site.pages = {"/": redirect("/new"), "/new": redirect(site.url("/away", host="localhost")), "/away": answer()}
    page = fetcher.get(site.url().replace("://", "://me:p%40ss@"))
    assert site.last("/new").headers["authorization"] == "Basic bWU6cEBzcw=="
    assert "authorization" not in site.last("/away").headers
    assert isinstance(page, Page)
    assert "@" not in page.url


def test_a_redirect_cannot_choose_credentials(site: Site, fetcher: HttpFetcher) -> None:
    site.pages = {"/": redirect(site.url("/new").replace("://", "://them:theirs@")), "/new": answer()}
    page = fetcher.get(site.url())
    assert "authorization" not in site.last("/new").headers
    assert isinstance(page, Page)
    assert page.url == site.url("/new")


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Key": "hush\r\nX-Evil: 1"},
        {"X-Key": "hush\0"},
        {"X-Key": "hush ☃"},
        {"Host": "hush.example"},
        {"Transfer-Encoding": "hush"},
        {"If-None-Match": "hush"},
        {"X Key": "hush"},
        {"": "hush"},
    ],
)
def test_a_bad_header_is_named_but_its_value_is_not_shown(
    headers: dict[str, str], site: Site, fetcher: HttpFetcher
) -> None:
    with pytest.raises(FetchError) as caught:
        fetcher.get(site.url(), headers=headers)
    assert next(iter(headers)) in str(caught.value)
    assert "hush" not in whole_story(caught.value)
    assert site.connections == 0


def whole_story(error: BaseException | None) -> str:
    """Return all that a log with tracebacks would show of `error`."""
    return f"{error}\n{whole_story(error.__cause__ or error.__context__)}" if error else ""


def test_no_failure_shows_a_secret(
    site: Site, fetcher: HttpFetcher, caplog: pytest.LogCaptureFixture, names: dict[str, list[str]]
) -> None:
    caplog.set_level("DEBUG")
    names["dead.example"] = []
    site.pages = {
        "/403": answer("no", status="403 Forbidden"),
        "/reset": Line.reset,
        "/cut": lambda line: line.send(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"),
        "/loop": redirect("/loop"),
    }
    urls = [site.url(path).replace("://", "://me:hush@") for path in ("/403", "/reset", "/cut", "/loop", "/404")]
    broken = ["https://me:hush@dead.example/", "http://me:hush@[::1/", "http://me:hush@a:b/", "ftp://me:hush@x/"]
    for url in [*urls, *broken, "http://me:hush@ex℀mple.org/", "http://me:hush@/", "http://me:hush@a..b/"]:
        with pytest.raises(FetchError) as caught:
            fetcher.get(url, headers=SECRET)
        assert "hush" not in whole_story(caught.value)
    assert "hush" not in caplog.text


# URLs


@pytest.mark.parametrize(
    ("url", "asked_for"),
    [
        ("http://example.org", "http://example.org/"),
        ("HTTP://Example.ORG/A", "http://example.org/A"),
        (" http://example.org/a b#c ", "http://example.org/a%20b"),
        ("http://bücher.example/straße", "http://xn--bcher-kva.example/stra%C3%9Fe"),
        ("http://example.org:8080/?q=ü", "http://example.org:8080/?q=%C3%BC"),
        ("http://me:pw@example.org/@x", "http://example.org/@x"),
        ("http://example.org\\@127.0.0.1/", "http://127.0.0.1/"),
    ],
)
def test_the_spelling_that_is_asked_for(url: str, asked_for: str) -> None:
    assert parse(url).url == asked_for


@pytest.mark.parametrize(
    "url",
    ["", "news", "/news", "ftp://example.org/", "http://", "http:///a", "http://a:99999/", "http://[::1/", "http://.a/",
     f"http://{'a' * 64}..example/", "http://me@/", "mailto:a@example.org"],
)  # fmt: skip
def test_what_is_no_url_is_said_plainly(url: str, fetcher: HttpFetcher) -> None:
    with pytest.raises(FetchError, match=r"web address|names no host|resolved"):
        fetcher.get(url)


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_url_raises_anything_but_a_fetch_error(start: str, location: str) -> None:
    for url in (start, f"http://{start}", f"http://example.org/{start}"):
        try:
            target = follow(parse(url), location, 302)
        except FetchError:
            continue
        assert target.url.isascii()
        assert "@" not in target.url.split("/")[2]
        assert parse(target.url).url == target.url


def test_idn_hosts_are_admitted_and_asked_for(
    names: dict[str, list[str]], site: Site, make_fetcher: MakeFetcher
) -> None:
    names["xn--bcher-kva.example"] = ["127.0.0.1"]
    site.pages["/"] = answer()
    page = make_fetcher(allow_hosts=("bücher.example",)).get(site.url(host="bücher.example"))
    assert isinstance(page, Page)
    assert site.last("/").headers["host"] == f"xn--bcher-kva.example:{site.port}"
