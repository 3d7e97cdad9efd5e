"""A request and its answer that are made the short way are those that requests makes."""

from __future__ import annotations

import pytest
import requests
from hypothesis import example, given, settings
from hypothesis import strategies as st
from requests.adapters import HTTPAdapter
from urllib3 import HTTPHeaderDict, HTTPResponse

from feedbuilder.fetch.guard import Guard
from feedbuilder.fetch.session import _AS_IT_IS, GuardedSession, prepared
from feedbuilder.model import FetchSettings

SESSION = GuardedSession(FetchSettings(), Guard([]))
PLAIN = HTTPAdapter()
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
@example("http://news.example:65535/", "GET")
@example("http://news.example:99999/", "GET")
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


@settings(max_examples=60)
@given(addresses)
def test_whatever_the_address_both_ask_the_same_host_for_it_and_say_the_same(url: str) -> None:
    try:
        request = requests.Request("GET", url, headers={"User-Agent": "feedbuilder"}).prepare()
    except (requests.RequestException, UnicodeError):
        return
    adapter = SESSION.get_adapter(str(request.url))
    try:
        pool = PLAIN.get_connection_with_tls_context(request, verify=True)
    except ValueError:
        with pytest.raises(ValueError):  # noqa: PT011 - one of requests' or of Python's own
            adapter.get_connection_with_tls_context(request, verify=True)
        return
    own = adapter.get_connection_with_tls_context(request, verify=True)
    assert (own.scheme, own.host, own.port) == (pool.scheme, pool.host, pool.port)
    assert own is adapter.get_connection_with_tls_context(request, verify=True)
    assert adapter.request_url(request, {}) == PLAIN.request_url(request, {})


@given(st.lists(st.tuples(st.sampled_from(["ETag", "etag", "Content-Type", "Set-Cookie", "X"]), st.text("abc; =1"))))
def test_an_answer_is_the_one_that_requests_makes_but_for_its_cookies(headers: list[tuple[str, str]]) -> None:
    request = requests.Request("GET", "http://news.example/").prepare()
    raw = HTTPResponse(b"news", HTTPHeaderDict(headers), status=203, reason="Fine", preload_content=False)
    raw._original_response = None
    plain, own = (one.build_response(request, raw) for one in (PLAIN, SESSION.get_adapter(str(request.url))))
    for part in ("status_code", "reason", "headers", "url", "request", "raw"):
        assert getattr(own, part) == getattr(plain, part), part


def test_most_addresses_need_no_reading() -> None:
    for url in ("https://www.news.example/world/?page=2", "http://127.0.0.1:8000/a-b_c/d.html", "https://a.example/"):
        assert _AS_IT_IS.fullmatch(url)


def test_what_cannot_stand_in_a_header_is_refused_both_ways() -> None:
    with pytest.raises(requests.exceptions.InvalidHeader):
        prepared("GET", "https://a.example/", {"X-Name": "a\r\nb"})
