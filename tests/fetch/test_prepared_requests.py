"""A request that is made the short way is the one that requests makes."""

from __future__ import annotations

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from feedbuilder.fetch.session import _AS_IT_IS, prepared

HOSTS = (
    "news.example",
    "NEWS.example",
    "127.0.0.1",
    "[::1]",
    "nächst.example",
    "a..example",
    "*.example",
    "x_y.example",
)
PATHS = (
    "",
    "/",
    "/a",
    "/a/",
    "//a",
    "/./a",
    "/a/../b",
    "/..",
    "/a.b",
    "/.a",
    "/%7Ea",
    "/%zz",
    "/ä",
    "/a b",
    "/a;b",
    "/~a",
)
ENDS = ("", "?", "?a=1&b=2", "?a=%20", "?a=ä", "?a=1?b", "#x", "?a=1#x", "?a=b/c", "?q=a+b")
addresses = st.builds(
    "{}://{}{}{}{}{}".format,
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(HOSTS),
    st.sampled_from(["", ":80", ":8080", ":0", ":99999", ":"]),
    st.sampled_from(PATHS),
    st.sampled_from(PATHS),
    st.sampled_from(ENDS),
)


@settings(max_examples=60)
@given(addresses, st.sampled_from(["GET", "HEAD"]))
def test_whatever_the_address_both_ask_for_the_same(url: str, method: str) -> None:
    headers = {"User-Agent": "feedbuilder", "If-None-Match": '"1"'}
    try:
        plain = requests.Request(method, url, headers=headers).prepare()
    except (requests.RequestException, UnicodeError) as error:
        with pytest.raises(type(error)):
            prepared(method, url, headers)
        return
    made = prepared(method, url, headers)
    for part in ("method", "url", "headers", "body", "hooks"):
        assert getattr(made, part) == getattr(plain, part), part


def test_most_addresses_need_no_reading() -> None:
    for url in ("https://www.news.example/world/?page=2", "http://127.0.0.1:8000/a-b_c/d.html", "https://a.example/"):
        assert _AS_IT_IS.fullmatch(url)


def test_what_cannot_stand_in_a_header_is_refused_both_ways() -> None:
    with pytest.raises(requests.exceptions.InvalidHeader):
        prepared("GET", "https://a.example/", {"X-Name": "a\r\nb"})
