"""The newsroom over a real connection."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from feedbuilder.model import FeedbuilderError
from feedbuilder.newsroom import Newsroom, serve
from tests.patience import PATIENCE


def get(url: str, **headers: str) -> requests.Response:
    return requests.get(url, headers=headers, timeout=PATIENCE)


def test_pages_are_served_with_their_headers(newsroom: Newsroom) -> None:
    with serve(newsroom, port=0) as server:
        first = get(server.url + "/tags/technology")
        again = get(server.url + "/tags/technology", **{"If-None-Match": first.headers["ETag"]})
        missing = get(server.url + "/nothing")
        deep = get(server.url + "/tags/world-news?page=2")
    assert (first.status_code, first.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert (again.status_code, again.content) == (304, b"")
    assert missing.status_code == 404
    assert "Page 2 of" in deep.text
    assert server.url.removeprefix("http://") in first.text, "absolute links lead to the address that was asked"


def test_encoded_addresses_arrive(newsroom: Newsroom) -> None:
    path = "/culture/深圳新图书馆开放-读者连夜排队"
    with serve(newsroom, port=0) as server:
        assert get(server.url + path).status_code == 200
    assert newsroom.requests[path] == 1


def test_a_login_page_is_reached_by_redirect(newsroom: Newsroom) -> None:
    newsroom.fail["/all-news"] = "login"
    with serve(newsroom, port=0) as server:
        got = get(server.url + "/all-news")
    assert (got.status_code, got.url) == (200, server.url + "/login?next=/all-news")


def test_many_visitors_at_once_are_all_counted(newsroom: Newsroom) -> None:
    with serve(newsroom, port=0) as server, ThreadPoolExecutor(8) as pool:
        statuses = set(pool.map(lambda _: get(server.url + "/robots.txt").status_code, range(40)))
    assert (statuses, newsroom.requests["/robots.txt"]) == ({200}, 40)


def test_a_taken_port_is_named(newsroom: Newsroom) -> None:
    with serve(newsroom, port=0) as server, pytest.raises(FeedbuilderError, match=f"port {server.port}"):
        serve(newsroom, port=server.port)
