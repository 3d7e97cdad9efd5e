"""Proxies, of one source or of all, by HTTP and SOCKS: what they are told, and what is refused before that."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from feedbuilder.fetch import HttpFetcher
from feedbuilder.model import FetchError, Page, Source, Validators
from tests.fetch.loopback import Line, Site, answer, redirect
from tests.patience import PATIENCE

MakeFetcher = Callable[..., HttpFetcher]
LOGIN = (b"ada", b"open-sesame")


class Socks:
    """A SOCKS 5 proxy that leads every name to one site, and notes what it was told."""

    def __init__(self, site: Site, reply: int = 0, *, login: tuple[bytes, bytes] | None = None) -> None:
        self.asked: list[tuple[str, int]] = []
        self._site, self._reply, self._login = site, reply, login
        self.listening = Site(raw=self._serve)
        self.port = self.listening.port

    def _serve(self, line: Line) -> None:
        def read(length: int) -> bytes:
            data = b""
            while len(data) < length:
                piece = line.socket.recv(length - len(data))
                if not piece:
                    raise ConnectionError
                data += piece
            return data

        methods = read(read(2)[1])
        if self._login is None:
            line.send(b"\5\0")
        elif 2 not in methods:
            line.send(b"\5\xff")
            return
        else:
            line.send(b"\5\2")
            user = read(read(2)[1])
            word = read(read(1)[0])
            line.send(b"\1\0" if (user, word) == self._login else b"\1\1")
            if (user, word) != self._login:
                return
        kind = read(4)[3]
        name = read(read(1)[0]).decode() if kind == 3 else ".".join(map(str, read(4)))
        self.asked.append((name, int.from_bytes(read(2), "big")))
        line.send(bytes([5, self._reply, 0, 1]) + bytes(6))
        if self._reply == 0:
            self._pass_on(line.socket)

    def _pass_on(self, line: socket.socket) -> None:
        with socket.create_connection(("127.0.0.1", self._site.port)) as there:

            def back() -> None:
                with suppress(OSError):
                    while data := there.recv(65536):
                        line.sendall(data)

            answering = threading.Thread(target=back, daemon=True)
            answering.start()
            with suppress(OSError):
                while data := line.recv(65536):
                    there.sendall(data)
            there.shutdown(socket.SHUT_RDWR)
            answering.join(PATIENCE)


@pytest.fixture
def make_socks(site: Site) -> Iterator[Callable[..., Socks]]:
    made: list[Socks] = []

    def make(*args: Any, **options: Any) -> Socks:
        made.append(Socks(site, *args, **options))
        return made[-1]

    yield make
    for one in made:
        one.listening.stop()


def source(proxy: str | None, url: str = "http://news.example/list", **keys: Any) -> Source:
    return Source.model_validate({"id": "s", "url": url, "proxy": proxy, "selectors": {"item": "li"}, **keys})


def read(fetcher: HttpFetcher, wanted: Source) -> str:
    page = fetcher.fetch(wanted, Validators())
    assert isinstance(page, Page)
    return page.body.decode()


def test_a_source_is_asked_through_its_own_proxy_and_robots_too(
    site: Site, make_socks: Callable[..., Socks], make_fetcher: MakeFetcher
) -> None:
    socks = make_socks()
    site.pages |= {"/robots.txt": answer(""), "/list": answer("by socks"), "/a": answer("an article")}
    fetcher, watched = make_fetcher(robots=True), source(f"socks5://127.0.0.1:{socks.port}")
    assert read(fetcher, watched) == "by socks"
    assert fetcher.further(watched, "http://news.example/a").body == b"an article"
    assert set(socks.asked) == {("news.example", 80)}  # the name was not resolved here: nobody knows it
    assert site.paths == ["/robots.txt", "/list", "/a"]


def test_tls_goes_through_socks_to_the_site_itself(tls_site: Site, make_fetcher: MakeFetcher) -> None:
    tls_site.pages["/list"] = answer("encrypted")
    socks = Socks(tls_site)
    try:
        fetcher = make_fetcher(ca_bundle=Path(__file__).parent / "certificates" / "authority.pem")
        watched = source(f"socks5://127.0.0.1:{socks.port}", tls_site.url("/list", "localhost"))
        assert [read(fetcher, watched) for _ in range(2)] == ["encrypted"] * 2
        fetcher.close()
    finally:
        socks.listening.stop()
    assert socks.asked == [("localhost", tls_site.port)]  # one connection, kept


def test_a_proxy_with_a_login_and_one_that_refuses_it(
    site: Site, make_socks: Callable[..., Socks], make_fetcher: MakeFetcher
) -> None:
    socks = make_socks(login=LOGIN)
    site.pages["/list"] = answer("by socks")
    assert read(make_fetcher(), source(f"socks5h://ada:open-sesame@127.0.0.1:{socks.port}")) == "by socks"
    for user, why in (("ada:wrong@", "does not take the user and password"), ("", "it")):
        with pytest.raises(FetchError, match=why) as refused:
            read(make_fetcher(), source(f"socks5://{user}127.0.0.1:{socks.port}"))
        assert "wrong" not in str(refused.value)


@pytest.mark.parametrize(("reply", "why"), [(2, "its rules forbid it"), (4, "cannot be reached"), (99, "answered 99")])
def test_what_a_proxy_says_is_told(
    reply: int, why: str, make_socks: Callable[..., Socks], make_fetcher: MakeFetcher
) -> None:
    socks = make_socks(reply)
    with pytest.raises(FetchError, match=why) as refused:
        read(make_fetcher(), source(f"socks5://127.0.0.1:{socks.port}"))
    assert "Check proxy, of the source" in str(refused.value)


def test_what_speaks_no_socks_is_told(site: Site, make_fetcher: MakeFetcher) -> None:
    site.raw = lambda line: line.send(b"HTTP/1.1 400 What\r\n\r\n")
    with pytest.raises(FetchError, match="does not speak SOCKS 5"):
        read(make_fetcher(), source(f"socks5://127.0.0.1:{site.port}"))


@pytest.mark.parametrize("scheme", ["http", "socks5"])
def test_internal_names_are_refused_before_the_proxy_hears_of_them(
    scheme: str, site: Site, make_fetcher: MakeFetcher
) -> None:
    for host in ("printer.local", "127.0.0.1", "10.1.2.3"):
        with pytest.raises(FetchError, match="nothing was asked"):
            read(make_fetcher(allow_hosts=()), source(f"{scheme}://127.0.0.1:{site.port}", f"http://{host}/"))
    assert not site.asked
    assert site.connections == 0


def test_a_redirect_goes_the_same_way(site: Site, make_socks: Callable[..., Socks], make_fetcher: MakeFetcher) -> None:
    socks = make_socks()
    site.pages |= {"/list": redirect("http://other.example/there"), "/there": answer("by socks")}
    assert read(make_fetcher(), source(f"socks5://127.0.0.1:{socks.port}")) == "by socks"
    assert [name for name, _ in socks.asked] == ["news.example", "other.example"]


def test_a_proxy_of_http_hears_the_whole_address(
    site: Site, make_site: Callable[..., Site], make_fetcher: MakeFetcher
) -> None:
    site.pages["http://news.example/list"] = answer("by http")
    assert read(make_fetcher(), source(f"http://me:word@127.0.0.1:{site.port}")) == "by http"
    assert site.asked[0].headers["proxy-authorization"].startswith("Basic ")
    direct = make_site()
    direct.pages["/list"] = answer("directly")
    through_all = make_fetcher(proxy=f"http://127.0.0.1:{site.port}")
    assert read(through_all, source(None)) == "by http"
    assert read(through_all, source("direct", direct.url("/list"))) == "directly"


def test_a_proxy_that_is_not_there_is_told_without_its_login(make_fetcher: MakeFetcher) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        with pytest.raises(FetchError) as refused:
            read(make_fetcher(), source(f"http://ada:open-sesame@127.0.0.1:{taken.getsockname()[1]}"))
    assert "The proxy 127.0.0.1 did not help" in str(refused.value)
    assert "open-sesame" not in str(refused.value)


# What is posted


def test_a_source_with_a_request_posts_it(site: Site, make_fetcher: MakeFetcher) -> None:
    site.pages["/list"] = answer('{"items": []}', 'ETag: "1"')
    asked = source(None, site.url("/list"), kind="json", request={"json": {"q": "ü", "page": "{n}"}},
                   selectors={"item": "items"})  # fmt: skip
    fetcher = make_fetcher()
    fetcher.fetch(asked, Validators('"1"'))
    sent = site.asked[-1]
    assert (sent.method, sent.body.decode()) == ("POST", '{"q": "ü", "page": 1}')
    assert sent.headers["content-type"] == "application/json"
    assert "if-none-match" not in sent.headers


def test_what_is_posted_goes_to_no_other_site_and_a_redirect_only_asks(
    site: Site, make_site: Callable[..., Site], make_fetcher: MakeFetcher
) -> None:
    other = make_site()
    keys: dict[str, Any] = {"request": {"form": {"q": "secret"}}}
    site.pages |= {"/list": redirect("/there"), "/there": answer("list")}
    assert read(make_fetcher(), source(None, site.url("/list"), **keys)) == "list"
    assert [(asked.method, asked.path) for asked in site.asked] == [("POST", "/list"), ("GET", "/there")]
    site.pages["/list"] = redirect(other.url("/x", "localhost"), "308 Permanent Redirect")
    with pytest.raises(FetchError, match="sent to another site"):
        read(make_fetcher(), source(None, site.url("/list"), **keys))
    assert not other.asked
