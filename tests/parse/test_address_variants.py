"""The same address in other clothes, and what in an address tells a story."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedbuilder.parse.address_parts import differences, is_token, parts_of, story_numbers, tells_a_story
from feedbuilder.parse.address_variants import plain_address

KNOWN = """
ref ref_src source from cmpid ocid at_format smid mod partner via icid int_cid itm_source WT.mc_id ns_mchannel ns_source
spm trk traffic_source guccounter feature share amp outputType itm_medium itm_campaign itm_content sessionid jsessionid
sid ts cb _ pos utm_source at_medium cmp_id CMP ICID _t p_p_auth token position
"""
TELLING = "id p t v article nr page category q lang date year k u key"


@pytest.mark.parametrize("name", KNOWN.split())
def test_parameters_of_the_table_are_left_out(name: str) -> None:
    assert plain_address(f"news.example/n/100?{name}=x1") == "news.example/n/100"
    assert plain_address(f"news.example/show?{name}=x1&id=7") == "news.example/show?id=7"


@pytest.mark.parametrize("name", TELLING.split())
def test_parameters_that_may_tell_stories_apart_stay(name: str) -> None:
    assert plain_address(f"news.example/n?{name}=7") == f"news.example/n?{name}=7"


@pytest.mark.parametrize(
    ("address", "plain"),
    [
        ("m.news.example/a/harbour", "news.example/a/harbour"),
        ("mobile.news.example/a", "news.example/a"),
        ("amp.news.example/a", "news.example/a"),
        ("m.example/a", "m.example/a"),
        ("media.news.example/a", "media.news.example/a"),
        ("news.example/a/amp", "news.example/a"),
        ("news.example/a/amp.html", "news.example/a"),
        ("news.example/a.amp.html", "news.example/a.html"),
        ("news.example/a.html/amp", "news.example/a.html"),
        ("news.example/amp/world/a", "news.example/world/a"),
        ("news.example/world/guitar-amp", "news.example/world/guitar-amp"),
        ("news.example/amp", "news.example/amp"),
        ("news.example/(S(abc0cc1))/news/100.aspx", "news.example/news/100.aspx"),
        ("news.example/n;jsessionid=0CC1?id=4", "news.example/n?id=4"),
        ("news.example?ref=1", "news.example?ref=1"),
        ("news.example/world#story-7", "news.example/world#story-7"),
    ],
)
def test_plain_addresses(address: str, plain: str) -> None:
    assert plain_address(address) == plain


@given(
    st.from_regex(
        r"[a-z.]{1,12}\.example(/[a-z0-9();=.-]{0,12}){0,3}(\?[a-z_]{1,6}=[a-z0-9]{0,4}(&[a-z_]{1,6}=1)?)?",
        fullmatch=True,
    )
)
def test_the_plain_form_of_a_plain_form_is_itself(address: str) -> None:
    assert plain_address(plain_address(address)) == plain_address(address)


@pytest.mark.parametrize(
    ("address", "numbers"),
    [
        ("n.example/world/41000-harbour-bridge", {"41000"}),
        ("n.example/artikel98765.html", {"98765"}),
        ("n.example/show.php?id=100", {"100"}),
        ("n.example/2026/02/06/harbour", set()),
        ("n.example/20260206/harbour", set()),
        ("n.example/2026-02-06-harbour", set()),
        ("n.example/elections-2025-results", set()),
        ("n.example/a/c4gv7l0x1q2o", {"c4gv7l0x1q2o"}),
        ("n.example/5f2c9e1a-1b2c-4d5e-8f90-a1b2c3d4e5f6/x", {"5f2c9e1a-1b2c-4d5e-8f90-a1b2c3d4e5f6"}),
        ("n.example/world/harbour-bridge", set()),
    ],
)
def test_numbers_that_may_be_a_storys(address: str, numbers: set[str]) -> None:
    assert story_numbers(parts_of(address)) == numbers


def test_a_slug_or_a_number_tells_a_story_and_a_section_does_not() -> None:
    for telling in ("n.example/a/harbour-bridge-reopens", "n.example/a/41000", "n.example/?id=3"):
        assert tells_a_story(parts_of(telling))
    for other in ("n.example/world", "n.example/show", "n.example/2026/02/06"):
        assert not tells_a_story(parts_of(other))


def test_where_addresses_differ() -> None:
    def places(one: str, other: str) -> set[tuple[str, str]]:
        return {(spot.place.value, spot.name) for spot in differences(parts_of(one), parts_of(other))}

    assert places("n.example/a/b?x=1", "n.example/a/b?x=2") == {("parameter", "x")}
    assert places("n.example/a/b", "n.example/c/b") == {("segment", "0/2")}
    assert places("n.example/a/b", "n.example/t/a/b") == {("segment", "0/3")}
    assert places("n.example/2026/02/06/b", "n.example/2026/03/01/b") == {("segment", "0/2")}
    assert places("n.example/a", "m.example/a") == {("host", "")}
    assert places("n.example/a", "n.example/b/c/d") == {("path", "")}
    assert places("n.example/A/b.html", "n.example/a/b") == set()


@pytest.mark.parametrize("value", ["0cc175b9c0f1b6a8", "aax90Q", "17630000000", "a1b2-c3d4"])
def test_tokens(value: str) -> None:
    assert is_token(value)


@pytest.mark.parametrize("value", ["100", "harbour-bridge", "41000-harbour-bridge", "2026", "world", "kw-45", ""])
def test_what_is_no_token(value: str) -> None:
    assert not is_token(value)
