"""What a server says of a file that is not fetched: by HEAD, over redirects, under the same rules as any request."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from feedbuilder.fetch import HttpFetcher
from feedbuilder.model import FetchError, Source
from feedbuilder.model.enclosures import MediaFile
from tests.fetch.loopback import Site, redirect

SOURCE = Source.model_validate({"id": "radio", "url": "http://localhost/talks", "selectors": {"item": "article"}})


def head(*lines: str, status: str = "200 OK") -> bytes:
    return "\r\n".join((f"HTTP/1.1 {status}", *lines, "", "")).encode()


def test_type_and_size_are_asked_for_by_head_alone(site: Site, fetcher: HttpFetcher) -> None:
    site.pages = {
        "/1.mp3": redirect("/cdn/1.mp3"),
        "/cdn/1.mp3": head("Content-Type: audio/mpeg; x=1", "Content-Length: 123456"),
    }
    assert fetcher.measure(SOURCE, site.url("/1.mp3")) == MediaFile(site.url("/1.mp3"), "audio/mpeg", 123456)
    assert [asked.method for asked in site.asked] == ["HEAD", "HEAD"]


@pytest.mark.parametrize(
    ("lines", "kind", "size"),
    [
        (("Content-Type: text/html; charset=utf-8", "Content-Length: 12"), None, None),
        (("Content-Type: application/octet-stream", "Content-Length: 12"), None, 12),
        (("Content-Length: 12",), None, 12),
        (("Content-Type: audio/mpeg", "Content-Length: 0"), "audio/mpeg", None),
        (("Content-Type: audio/mpeg", "Content-Length: 12", "Content-Encoding: gzip"), "audio/mpeg", None),
        (("Content-Type: video/mp4", "Content-Length: 99999999999999999999"), "video/mp4", None),
        (("Transfer-Encoding: chunked",), None, None),
    ],
)
def test_what_cannot_be_is_not_believed(
    site: Site, fetcher: HttpFetcher, lines: tuple[str, ...], kind: str | None, size: int | None
) -> None:
    site.pages = {"/1.mp3": head(*lines)}
    assert fetcher.measure(SOURCE, site.url("/1.mp3")) == MediaFile(site.url("/1.mp3"), kind, size)


def test_a_file_that_is_not_there_is_a_failure(site: Site, fetcher: HttpFetcher) -> None:
    site.pages = {"/1.mp3": head("Content-Length: 0", status="404 Not Found")}
    with pytest.raises(FetchError) as raised:
        fetcher.measure(SOURCE, site.url("/1.mp3"))
    assert raised.value.status == 404


def test_private_addresses_are_refused(site: Site, make_fetcher: Callable[..., HttpFetcher]) -> None:
    with pytest.raises(FetchError, match="is this machine"):
        make_fetcher(allow_hosts=()).measure(SOURCE, site.url("/1.mp3"))
    site.pages = {"/1.mp3": redirect("http://10.0.0.7/1.mp3")}
    with pytest.raises(FetchError, match="private"):
        make_fetcher().measure(SOURCE, site.url("/1.mp3"))


def test_a_source_with_a_proxy_of_its_own_asks_through_it(site: Site, fetcher: HttpFetcher) -> None:
    site.pages = {"http://cdn.example/1.mp3": head("Content-Type: audio/mpeg", "Content-Length: 12")}
    behind = SOURCE.model_copy(update={"proxy": site.url().rstrip("/")})
    assert fetcher.measure(behind, "http://cdn.example/1.mp3").size == 12
    assert [(asked.method, asked.path) for asked in site.asked] == [("HEAD", "http://cdn.example/1.mp3")]
