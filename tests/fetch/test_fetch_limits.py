"""Hostile answers: slow, endless, exploding, broken. Each ends in one clear error, in time and in little memory."""

import gzip
import tracemalloc
import zlib
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedbuilder.fetch import HttpFetcher
from feedbuilder.model import FetchError, Page
from tests.fetch.loopback import Line, Site, answer, redirect

SHORT = timedelta(seconds=0.4)
MB = 1_000_000

MakeFetcher = Callable[..., HttpFetcher]


def endless(line: Line) -> None:
    line.send(b"HTTP/1.1 200 OK\r\n\r\n")
    while not line.site.stopped.is_set():
        line.send(b"<p>more</p>" * 1000)


def endless_chunks(line: Line) -> None:
    line.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while not line.site.stopped.is_set():
        line.send(b"1000\r\n" + b"x" * 0x1000 + b"\r\n")


def bomb(megabytes: int) -> bytes:
    """Return that many megabytes of nothing, packed, made without ever holding them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    piece = bytes(MB)
    return b"".join(packer.compress(piece) for _ in range(megabytes)) + packer.flush()


def slowly(start: bytes, rest: bytes, every: float = 0.05) -> Callable[[Line], None]:
    def reply(line: Line) -> None:
        line.send(start)
        line.drip(rest, every)

    return reply


def silence(line: Line) -> None:
    line.site.stopped.wait(20)


OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
DRIPS = {
    "silence": silence,
    "status line": slowly(b"", OK * 100),
    "headers": slowly(OK, b"X-Slow: yes\r\n" * 100),
    "interim answers": slowly(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100, every=0.01),
    "body without a length": slowly(OK + b"\r\n", b"x" * 1000),
    "body with a length": slowly(OK + b"Content-Length: 1000\r\n\r\n", b"x" * 1000),
    "chunks": slowly(CHUNKED, b"1\r\nx\r\n" * 1000),
    "trailers": slowly(CHUNKED + b"1\r\nx\r\n0\r\n", b"X-Trailer: yes\r\n" * 100),
    "compressed nothing": slowly(
        OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"")[:10], b"\0\0\0\xff\xff" * 1000, every=0.002
    ),
}


@pytest.mark.parametrize("part", DRIPS)
def test_whatever_drips_is_cut_off_at_the_deadline(part: str, site: Site, make_fetcher: MakeFetcher) -> None:
    site.pages["/"] = DRIPS[part]
    with pytest.raises(FetchError, match=r"not complete within 0\.4s. Raise deadline"):
        make_fetcher(deadline=SHORT).get(site.url())


def test_a_tls_handshake_that_drips_is_cut_off(make_site: Callable[..., Site], make_fetcher: MakeFetcher) -> None:
    site = make_site(raw=lambda line: line.drip(b"\x16\x03\x03\x40\x00" + b"x" * 1000))
    with pytest.raises(FetchError, match=r"not complete within 0\.4s"):
        make_fetcher(deadline=SHORT).get(f"https://localhost:{site.port}/")


def test_the_deadline_counts_all_redirects_together(site: Site, make_fetcher: MakeFetcher) -> None:
    def slow_redirect(number: int) -> Callable[[Line], None]:
        def reply(line: Line) -> None:
            line.site.stopped.wait(0.15)
            line.send(redirect(f"/{number + 1}"))

        return reply

    site.pages = {f"/{number}": slow_redirect(number) for number in range(20)}
    with pytest.raises(FetchError, match="not complete within"):
        make_fetcher(deadline=SHORT, max_redirects=20).get(site.url("/0"))
    assert len(site.asked) < 6


@pytest.mark.parametrize("body", [endless, endless_chunks])
def test_an_endless_body_is_left_at_the_limit(body: Any, site: Site, make_fetcher: MakeFetcher) -> None:
    site.pages["/"] = body
    with pytest.raises(FetchError, match=r"larger than 200,000 bytes.*max_bytes") as caught:
        make_fetcher(max_bytes=200_000).get(site.url())
    assert caught.value.status == 200


def test_a_body_of_exactly_the_limit_is_a_page(site: Site, make_fetcher: MakeFetcher) -> None:
    site.pages = {"/fits": answer("x" * 1000), "/not": answer("x" * 1001)}
    fetcher = make_fetcher(max_bytes=1000)
    assert isinstance(fetcher.get(site.url("/fits")), Page)
    with pytest.raises(FetchError, match="larger than 1,000 bytes"):
        fetcher.get(site.url("/not"))


@pytest.mark.parametrize("layers", [1, 2])
def test_a_bomb_costs_little_memory_at_the_default_limit(layers: int, site: Site, fetcher: HttpFetcher) -> None:
    packed = bomb(300)
    if layers == 2:
        packed = gzip.compress(packed)
    site.pages["/"] = answer(packed, "Content-Encoding: " + ", ".join(["gzip"] * layers))
    tracemalloc.start()
    try:
        with pytest.raises(FetchError, match="larger than 5,000,000 bytes after decompression"):
            fetcher.get(site.url())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 30 * MB  # the project allows itself 150; the 300 of the bomb would show


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("GZIP", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),  # many servers mean this by "deflate"
        ("gzip, gzip", lambda data: gzip.compress(gzip.compress(data))),
        ("identity", bytes),
        ("utf-8", bytes),  # a charset in the wrong header
    ],
)
def test_content_codings_are_undone(coding: str, pack: Any, site: Site, fetcher: HttpFetcher) -> None:
    body = "<p>Grüße</p>".encode() * 20_000
    site.pages["/"] = answer(pack(body), f"Content-Encoding: {coding}")
    page = fetcher.get(site.url())
    assert isinstance(page, Page)
    assert page.body == body


def test_a_coding_that_cannot_be_undone_is_named(site: Site, fetcher: HttpFetcher) -> None:
    site.pages["/"] = answer(b"\x1f\x9d...", "Content-Encoding: compress")
    with pytest.raises(FetchError, match=r"not asked for \(compress\)"):
        fetcher.get(site.url())


def silent_close(line: Line) -> None:
    """Say nothing."""


def say(text: bytes) -> Callable[[Line], None]:
    return lambda line: line.send(text)


def reset_in_the_body(line: Line) -> None:
    line.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
    line.site.stopped.wait(0.1)
    line.reset()


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (silent_close, "closed the connection without an answer"),
        (Line.reset, "broke the connection off"),
        (say(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"), "broke off before its end"),
        (say(CHUNKED + b"5\r\nhalf"), "broke off before its end"),
        (say(CHUNKED + b"4\r\nhalf\r\n"), "broke off before its end"),
        (say(CHUNKED + b"zz\r\nhalf"), "broke off before its end"),
        (reset_in_the_body, "broke the connection off"),
        (say(b"SSH-2.0-OpenSSH_9.6\r\n"), "does not answer in proper HTTP"),
        (say(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000), "does not answer in proper HTTP"),
        (say(b"HTTP/1.1 200 OK\r\n" + b"X: x\r\n" * 200 + b"\r\n"), "does not answer in proper HTTP"),
        (say(answer("not gzip", "Content-Encoding: gzip")), "could not be decompressed"),
        (say(answer(gzip.compress(b"x" * 99)[:20] + b"??????????", "Content-Encoding: gzip")), "decompressed"),
    ],
)
def test_broken_answers_are_explained(reply: Any, message: str, site: Site, fetcher: HttpFetcher) -> None:
    site.pages["/"] = reply
    with pytest.raises(FetchError, match=message) as caught:
        fetcher.get(site.url())
    assert "127.0.0.1" in str(caught.value)
    assert caught.value.__cause__ is not None


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    start=st.sampled_from([b"", b"HTTP/1.1 ", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\n", CHUNKED]),
    rest=st.binary(max_size=200) | st.text("0123456789aAfF;:,/=\r\n\t %", max_size=200).map(str.encode),
)
def test_no_answer_raises_anything_but_a_fetch_error(
    start: bytes, rest: bytes, site: Site, fetcher: HttpFetcher
) -> None:
    site.pages["/"] = say(start + rest)
    with suppress(FetchError):
        assert isinstance(fetcher.get(site.url()), Page)


def test_nobody_listening(site: Site, fetcher: HttpFetcher) -> None:
    site.stop()
    with pytest.raises(FetchError, match=rf"127\.0\.0\.1 refuses connections on port {site.port}") as caught:
        fetcher.get(site.url())
    assert caught.value.status is None


def test_an_unknown_name(fetcher: HttpFetcher) -> None:
    with pytest.raises(FetchError, match=r"The name nowhere\.example could not be resolved"):
        fetcher.get("http://nowhere.example/news")


def test_a_name_that_cannot_be_one(monkeypatch: pytest.MonkeyPatch, fetcher: HttpFetcher) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda host, *_, **__: host.encode("idna"))
    with pytest.raises(FetchError, match=r"a{64} cannot be the name of a host"):
        fetcher.get(f"http://{'a' * 64}/")


def test_a_name_server_that_does_not_answer(
    monkeypatch: pytest.MonkeyPatch, site: Site, make_fetcher: MakeFetcher
) -> None:
    def resolve(*_: Any, **__: Any) -> Any:
        site.stopped.wait(20)

    monkeypatch.setattr("socket.getaddrinfo", resolve)
    with pytest.raises(FetchError, match=r"nowhere\.example could not be connected to within 0\.4s"):
        make_fetcher(connect_timeout=SHORT).get("http://nowhere.example/news")


def test_a_dead_address_leaves_time_for_the_next(
    names: dict[str, list[str]], site: Site, make_fetcher: MakeFetcher
) -> None:
    site.pages["/"] = answer()
    names["two.example"] = ["::1", "127.0.0.1"]  # nobody listens on the first
    page = make_fetcher(allow_hosts=("two.example",)).get(site.url(host="two.example"))
    assert isinstance(page, Page)


def test_after_a_broken_answer_the_next_one_is_fine(site: Site, make_fetcher: MakeFetcher) -> None:
    site.pages = {"/slow": DRIPS["body with a length"], "/cut": say(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx")}
    site.pages["/good"] = answer("good")
    fetcher = make_fetcher(deadline=timedelta(seconds=3))
    for path in ("/slow", "/good", "/cut", "/good"):
        if path == "/good":
            page = fetcher.get(site.url(path))
            assert isinstance(page, Page)
            assert page.body == b"good"
        else:
            with pytest.raises(FetchError):
                fetcher.get(site.url(path))


@pytest.mark.parametrize("hang_up", [Line.reset, lambda line: None], ids=["reset", "closed"])
def test_a_kept_connection_that_the_site_hangs_up_costs_no_page(
    site: Site, fetcher: HttpFetcher, hang_up: Callable[[Line], None]
) -> None:
    site.pages["/"] = answer("first")
    fetcher.get(site.url())

    def once_silent(line: Line) -> None:
        site.pages["/"] = answer("second")
        hang_up(line)

    site.pages["/"] = once_silent
    page = fetcher.get(site.url())
    assert isinstance(page, Page)
    assert (page.body, len(site.asked), site.connections) == (b"second", 3, 2)


def test_a_new_connection_that_the_site_hangs_up_is_not_tried_again(site: Site, fetcher: HttpFetcher) -> None:
    site.pages["/"] = Line.reset
    with pytest.raises(FetchError, match="broke the connection off"):
        fetcher.get(site.url())
    assert len(site.asked) == 1


def test_a_connection_is_kept_between_pages(site: Site, fetcher: HttpFetcher) -> None:
    site.pages["/"] = answer()
    for _ in range(5):
        fetcher.get(site.url())
    assert (len(site.asked), site.connections) == (5, 1)


def test_a_connection_that_idled_too_long_is_not_trusted(
    monkeypatch: pytest.MonkeyPatch, site: Site, fetcher: HttpFetcher
) -> None:
    site.pages["/"] = answer()
    fetcher.get(site.url())
    monkeypatch.setattr("feedbuilder.fetch.guarded_connections.LONGEST_IDLE", 0.0)
    fetcher.get(site.url())
    assert site.connections == 2
