"""The proxy in front of a page: what it connects to, what it never does, and what passes over which connection."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from feedbuilder.browser.guarded_proxy import GuardedProxy, Resolve
from feedbuilder.fetch.guard import Guard
from feedbuilder.model import PrivateAddressError
from tests.fetch.loopback import Line, Site, answer
from tests.fetch.test_proxies import Socks

MANY = 10_000_000


def leading_to(*addresses: str, port: int) -> Resolve:
    """Return a resolver that answers with these addresses, whatever it is asked for."""

    async def resolve(_host: str, _port: int) -> Sequence[tuple[int, int, int, str, Any]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (address, port)) for address in addresses]

    return resolve


def asked(proxy: GuardedProxy, *requests: bytes) -> list[bytes]:
    """Return what the proxy answers to each of these, each over a connection of its own."""

    async def ask(request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
        writer.write(request)
        try:
            return await reader.read(MANY)
        except ConnectionError:
            return b""
        finally:
            writer.close()

    async def all_of_them() -> list[bytes]:
        async with proxy:
            return [await ask(request) for request in requests]

    return asyncio.run(all_of_them())


def getting(url: str, host: str, more: str = "") -> bytes:
    return f"GET {url} HTTP/1.1\r\nHost: {host}\r\nProxy-Connection: keep-alive\r\n{more}\r\n".encode()


def guarded(*admitted: str, **parts: Any) -> GuardedProxy:
    return GuardedProxy(Guard(admitted), 20.0, parts.pop("most_bytes", MANY), **parts)


def test_a_page_is_passed_on_with_its_path_and_each_connection_serves_one_request(
    make_site: Callable[..., Site],
) -> None:
    site = make_site()
    site.pages["/news?page=2"] = answer("Hello", "Keep-Alive: timeout=5", "Connection: keep-alive")
    proxy = guarded(f"127.0.0.1:{site.port}")
    [said] = asked(proxy, getting(site.url("/news?page=2"), "127.0.0.1"))
    assert said.endswith(b"Hello")
    head = said.partition(b"\r\n\r\n")[0].lower()
    assert b"connection: close" in head
    assert b"keep-alive" not in head
    assert site.last("/news?page=2").headers["connection"] == "close"
    assert "proxy-connection" not in site.last("/news?page=2").headers


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://10.0.0.1/", "10.0.0.1"),
        ("http://169.254.169.254/latest/meta-data", "169.254.169.254"),
        ("http://[::1]/", "::1"),
        ("http://localhost/", "localhost"),
        ("http://127.1/", "127.1"),
        ("http://[::ffff:127.0.0.1]/", "::ffff:7f00:1"),
    ],
)
def test_private_addresses_are_refused_in_every_spelling(url: str, host: str) -> None:
    proxy = guarded()
    name = url.split("/")[2]
    port = "" if ":80" in name else ":443"
    plain, tunnel = asked(proxy, getting(url, host), f"CONNECT {name}{port} HTTP/1.1\r\n\r\n".encode())
    assert (plain, tunnel) == (b"", b"")
    assert len(proxy.refused) == 1
    assert all(isinstance(error, PrivateAddressError) for error in proxy.failures.values())


def test_a_name_is_judged_by_the_address_that_is_connected_to(make_site: Callable[..., Site]) -> None:
    """A name that leads to a public address first and to a private one then (DNS rebinding) gains nothing."""
    inside = make_site(pages={"/": answer("secret")})
    proxy = guarded(resolve=leading_to("127.0.0.1", port=inside.port))
    name = "rebinding.example"
    plain, tunnel = asked(proxy, getting(f"http://{name}/", name), f"CONNECT {name}:443 HTTP/1.1\r\n\r\n".encode())
    assert (plain, tunnel) == (b"", b"")
    assert proxy.refused == {name}
    assert inside.connections == 0


def test_an_admitted_name_does_not_admit_what_stands_behind_another(make_site: Callable[..., Site]) -> None:
    site = make_site(pages={"/": answer("for us")})
    proxy = guarded("intranet.example", resolve=leading_to("127.0.0.1", port=site.port))
    ours, theirs = asked(
        proxy, getting("http://intranet.example/", "intranet.example"), getting("http://evil.example/", "evil.example")
    )
    assert ours.endswith(b"for us")
    assert theirs == b""


def test_a_second_request_over_one_connection_reaches_nobody(make_site: Callable[..., Site]) -> None:
    """A proxy's connection may serve another host with its next request; ours must not take it for the first one's."""
    first, second = make_site(pages={"/a": answer("first")}), make_site(pages={"/b": answer("second")})
    proxy = guarded("127.0.0.1")
    [said] = asked(proxy, getting(first.url("/a"), "127.0.0.1") + getting(second.url("/b"), "127.0.0.1"))
    assert said.endswith(b"first")
    assert first.paths == ["/a"]
    assert second.connections == 0


def test_a_tunnel_passes_bytes_both_ways(make_site: Callable[..., Site]) -> None:
    def echo(line: Line) -> None:
        line.send(line.socket.recv(100).upper())

    site = make_site(raw=echo)
    proxy = guarded(f"127.0.0.1:{site.port}")

    async def ask() -> bytes:
        async with proxy:
            reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
            writer.write(f"CONNECT 127.0.0.1:{site.port} HTTP/1.1\r\n\r\n".encode())
            assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200")
            writer.write(b"hello")
            said = await reader.read()
            writer.close()
            return said

    assert asyncio.run(ask()) == b"HELLO"


def test_a_page_loads_no_more_than_it_may(make_site: Callable[..., Site]) -> None:
    site = make_site(pages={"/": answer("x" * 300_000), "/more": answer("more")})
    proxy = guarded("127.0.0.1", most_bytes=100_000)
    much, more = asked(proxy, getting(site.url("/"), "127.0.0.1"), getting(site.url("/more"), "127.0.0.1"))
    assert proxy.is_spent
    assert len(much) < 200_000
    assert more == b""
    assert "/more" not in site.paths


def test_a_body_is_passed_on_in_its_length(make_site: Callable[..., Site]) -> None:
    got: list[bytes] = []

    def take(line: Line) -> None:
        got.append(line.socket.recv(1000))
        while b"query" not in got[-1]:
            got.append(got.pop() + line.socket.recv(1000))
        line.send(answer("taken"))

    site = make_site(raw=take)
    request = f"POST {site.url('/api')} HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nqueryGET / HTTP/1.1\r\n\r\n"
    [said] = asked(guarded("127.0.0.1"), request.encode())
    assert said.endswith(b"taken")
    assert got[0].endswith(b"\r\n\r\nquery")


def test_behind_a_proxy_names_are_judged_and_its_login_goes_along(make_site: Callable[..., Site]) -> None:
    upstream = make_site()
    upstream.pages["http://news.example/a"] = answer("through")
    proxy = guarded(upstream=f"http://me:pw@127.0.0.1:{upstream.port}")
    through, inside = asked(
        proxy, getting("http://news.example/a", "news.example"), getting("http://printer.local/", "printer.local")
    )
    assert through.endswith(b"through")
    assert upstream.last("http://news.example/a").headers["proxy-authorization"].startswith("Basic ")
    assert inside == b""
    assert proxy.refused == {"printer.local"}


@pytest.mark.parametrize("login", [None, (b"me", b"pw")])
def test_behind_a_proxy_by_socks_all_goes_through_that(
    make_site: Callable[..., Site], login: tuple[bytes, bytes] | None
) -> None:
    site = make_site(pages={"/a": answer("through")})
    socks = Socks(site, login=login)
    try:
        proxy = guarded(upstream=f"socks5://{'me:pw@' if login else ''}127.0.0.1:{socks.port}")
        plain, tunnel, inside = asked(
            proxy,
            getting("http://news.example/a", "news.example"),
            b"CONNECT news.example:443 HTTP/1.1\r\n\r\nGET /a HTTP/1.0\r\n\r\n",
            getting("http://printer.local/", "printer.local"),
        )
    finally:
        socks.listening.stop()
    assert plain.endswith(b"through")
    assert site.last("/a").headers.get("proxy-authorization") is None
    assert tunnel.startswith(b"HTTP/1.1 200")
    assert inside == b""
    assert proxy.refused == {"printer.local"}
    assert socks.asked == [("news.example", 80), ("news.example", 443)]


@pytest.mark.parametrize("reply", [2, None])
def test_a_proxy_that_does_not_help_is_told_as_that(make_site: Callable[..., Site], reply: int | None) -> None:
    socks = Socks(make_site(), reply or 0)
    if reply is None:
        socks.listening.stop()
    proxy = guarded(upstream=f"socks5://127.0.0.1:{socks.port}")
    assert asked(proxy, getting("http://news.example/a", "news.example")) == [b""]
    socks.listening.stop()
    words = str(proxy.failures["news.example"])
    assert words.startswith("The proxy 127.0.0.1 did not help to reach news.example")
    assert ("its rules forbid it" in words) is (reply is not None)


@pytest.mark.parametrize(
    "nonsense",
    [b"\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"CONNECT :x HTTP/1.1\r\n\r\n", b"\x16\x03\x01\r\n\r\n",
     b"GET ftp://a.example/ HTTP/1.1\r\n\r\n", b"GET http://[::1 HTTP/1.1\r\n\r\n"],
)  # fmt: skip
def test_what_is_no_request_ends(nonsense: bytes) -> None:
    assert asked(guarded(), nonsense) == [b""]
