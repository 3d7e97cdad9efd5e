"""Whom a request concerns is read off plain addresses; what that says is what taking them apart says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedbuilder.fetch import places_of
from feedbuilder.fetch.urls import parse
from feedbuilder.model import FetchError

SIGNS = [":", "://", "/", "//", "@", "?", "#", "\\", ".", "-", "*", "%", " ", "\n", "\t", "[::1]"]
WORDS = ["http", "https", "ftp", "a", "news", "example", "EXAMPLE", "münchen", "xn--mnchen-3ya", "127.0.0.1", "user"]
PORTS = ["0", "80", "443", "8080", "99999"]
PARTS = st.sampled_from([*SIGNS, *WORDS, *PORTS])
ADDRESSES = st.lists(PARTS, max_size=9).map("".join)


def taken_apart(url: str) -> frozenset[str]:
    try:
        target = parse(url)
    except FetchError:
        return frozenset()
    return frozenset({target.host, target.site})


@given(ADDRESSES | ADDRESSES.map("http://{}".format) | ADDRESSES.map("https://news.example{}".format))
def test_both_ways_say_the_same(url: str) -> None:
    assert places_of(url) == taken_apart(url)


@pytest.mark.parametrize(
    ("url", "places"),
    [
        ("https://news.example/world", {"news.example"}),
        ("http://news.example:443", {"news.example"}),
        ("http://127.0.0.1:8080/?page=1", {"127.0.0.1", "127.0.0.1:8080"}),
        ("http://user:secret@News.Example:8080/", {"news.example", "news.example:8080"}),
        ("http://news.example@evil.example/", {"evil.example"}),
        ("http://news.example:80@evil.example/", {"evil.example"}),
        ("http://news.example:99999/", set()),
        ("news.example", set()),
    ],
)
def test_places(url: str, places: set[str]) -> None:
    assert places_of(url) == places
