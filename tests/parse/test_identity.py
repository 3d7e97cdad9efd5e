"""What makes two addresses one article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedbuilder.parse.identity import canonical_url, host_of, tidy_url


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://www.Example.org/News/A", "example.org/News/A"),
        ("http://example.org", "example.org"),
        ("http://example.org/", "example.org"),
        ("http://example.org:80/a", "example.org/a"),
        ("https://example.org:443/a", "example.org/a"),
        ("https://example.org:8443/a", "example.org:8443/a"),
        ("https://user:secret@example.org/a", "example.org/a"),
        ("https://example.org./a/", "example.org/a"),
        ("https://example.org/a/index.html", "example.org/a/index.html"),
        ("https://example.org/a/./b/../c", "example.org/a/c"),
        ("https://example.org/../../a", "example.org/a"),
        ("https://example.org/a/%2e%2e/b", "example.org/b"),
        ("https://example.org/%7Ejane/%c3%a9", "example.org/~jane/%C3%A9"),
        ("https://example.org/~jane/é", "example.org/~jane/%C3%A9"),
        ("https://example.org/a%2fb", "example.org/a%2Fb"),
        ("https://example.org/100%", "example.org/100%25"),
        ("https://example.org/a b", "example.org/a%20b"),
        ("https://example.org/a?", "example.org/a"),
        ("https://example.org/a?b=2&a=1", "example.org/a?a=1&b=2"),
        ("https://example.org/a?x=2&x=1", "example.org/a?x=2&x=1"),
        ("https://example.org/a?q=one+two", "example.org/a?q=one%20two"),
        ("https://example.org/a?utm_source=x&UTM_Medium=y&id=7&fbclid=z&gclid=1&mc_cid=2", "example.org/a?id=7"),
        ("https://example.org/a#comments", "example.org/a"),
        ("https://example.org/a;jsessionid=0A1B?id=7", "example.org/a?id=7"),
        ("https://example.org\\a\\b", "example.org/a/b"),
        ("https://bücher.example/ä", "xn--bcher-kva.example/%C3%A4"),
        ("https://xn--bcher-kva.example/%C3%A4", "xn--bcher-kva.example/%C3%A4"),
        ("https://BÜCHER。example/", "xn--bcher-kva.example"),
        ("https://[::1]:8080/a", "[::1]:8080/a"),
        ("https://[0:0::1]/a", "[::1]/a"),
        ("https://www.com/a", "www.com/a"),
        ("https://my_host.example.org/a", "my_host.example.org/a"),
    ],
)
def test_the_canonical_form(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://example.org/a",
        "https:///a",
        "https://exa mple.org/",
        "https://[::1/a",
        "https://example.org:99999/",
        "https://example.org:port/",
        "https://a..b/",
        "//",
        "javascript://example.org/%0aalert(1)",
        f"https://{'a' * 300}.example/",
    ],
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        canonical_url(url)


def test_a_source_may_keep_the_fragment() -> None:
    assert canonical_url("https://example.org/#story-1", keep_fragment=True) == "example.org#story-1"
    assert canonical_url("https://example.org/a#:~:text=x", keep_fragment=True) == "example.org/a"


def test_a_source_may_name_parameters_to_drop() -> None:
    url = "https://example.org/a?SID=1&session_a=2&session_b=3&id=4"
    assert canonical_url(url, drop_parameters=("sid", "session*")) == "example.org/a?id=4"


def test_a_tidy_link_can_be_followed_and_carries_no_tracking() -> None:
    url = "HTTPS://www.Example.org:443/ä b/?b=2&utm_source=x&a=1#top"
    assert tidy_url(url) == "https://www.example.org/%C3%A4%20b/?b=2&a=1"
    assert tidy_url("http://example.org?a=1#x", keep_fragment=True) == "http://example.org/?a=1#x"


def test_a_tidy_link_needs_a_scheme() -> None:
    with pytest.raises(ValueError, match="not an absolute address"):
        tidy_url("example.org/a")


def test_the_host_alone() -> None:
    assert host_of("https://www.Example.org:8080/a") == "example.org"


paths = st.text(st.sampled_from("aB0%2eEfF./\\?&=;#+ ~é中:@[]{}|<>\"'\x00\t"), max_size=30)
hosts = st.sampled_from(
    ["example.org", "WWW.www.example.org", "bücher.example", "[::1]", "1.2.3.4", "ＷＷＷ.example.org"]
)


@given(hosts, st.sampled_from(["", ":80", ":8080", ":00443"]), paths, st.booleans())
def test_canonical_form_is_idempotent_and_shared_by_the_tidy_link(host: str, port: str, path: str, keep: bool) -> None:
    url = f"https://{host}{port}/{path}"
    canonical = canonical_url(url, keep_fragment=keep)
    assert canonical_url(canonical, keep_fragment=keep) == canonical
    tidy = tidy_url(url, keep_fragment=keep)
    assert tidy.isascii()
    assert canonical_url(tidy, keep_fragment=keep) == canonical
    assert tidy_url(tidy, keep_fragment=keep) == tidy


@given(st.text(max_size=40))
def test_any_text_is_an_address_or_a_value_error(text: str) -> None:
    try:
        canonical = canonical_url(text)
    except ValueError:
        return
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://www.news.example/n/100?ref=home", "news.example/n/100?ref=home"),
        ("https://news.example/show?source=list&id=4", "news.example/show?id=4&source=list"),
        ("https://m.news.example/a/x/amp", "m.news.example/a/x/amp"),
        ("https://news.example/(S(abc))/n/1.aspx", "news.example/(S(abc))/n/1.aspx"),
    ],
)
def test_what_later_versions_know_to_be_decoration_stays_in_what_ids_are_made_of(url: str, canonical: str) -> None:
    # Stores hold ids of such addresses. `address_variants` compares without them; here they stay for ever.
    assert canonical_url(url) == canonical
