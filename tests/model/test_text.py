"""The wording rules that extract and store share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedbuilder.model.wording import fuller, is_cut_of, tag_key, tag_name, without_ellipsis


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        ("US and Russia Restart", "US and Russia Restart Military Talks"),
        ("US and Russia Restart Mili", "US and Russia Restart Military Talks"),
        ("US and Russia Restart…", "US and Russia Restart Military Talks"),
        ("US and Russia Restart ...", "US and Russia Restart Military Talks"),
        ("US and Russia Restart [...]", "US and Russia Restart Military Talks"),
        ("US and Russia…", "US and Russia"),
        ("US and…", "US and Russia…"),
    ],
)
def test_a_beginning_is_a_cut_of_the_whole_and_never_the_other_way_round(short: str, whole: str) -> None:
    assert is_cut_of(short, whole)
    assert not is_cut_of(whole, short)
    assert fuller(short, whole) == whole
    assert fuller(whole, short) == whole


@pytest.mark.parametrize(("one", "other"), [("Storm hits coast", "Storm spares coast"), ("A", "A"), ("A…", "A…")])
def test_different_or_equal_texts_are_no_cuts(one: str, other: str) -> None:
    assert not is_cut_of(one, other)
    assert fuller(one, other) == one


def test_a_missing_text_is_filled_by_the_other() -> None:
    assert fuller(None, "A") == "A"
    assert fuller("A", None) == "A"
    assert fuller(None, None) is None


def test_an_ellipsis_goes_with_the_spaces_before_it() -> None:
    assert without_ellipsis("War and …") == "War and"
    assert without_ellipsis("No ellipsis.") == "No ellipsis."


@given(st.text(), st.text())
def test_being_a_cut_is_never_mutual(one: str, other: str) -> None:
    assert not (is_cut_of(one, other) and is_cut_of(other, one))


@pytest.mark.parametrize("spelling", ["#Global News", "global  news", " GLOBAL NEWS ", "ｇｌｏｂａｌ news"])
def test_spellings_of_one_tag_have_one_key(spelling: str) -> None:
    assert tag_key(spelling) == "global news"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("#World  News ", "World News"),
        ("#Global #News", "Global News"),
        ("＃Tech", "Tech"),
        ("## Sport", "Sport"),
        ("C#", "C#"),
        ("F# and C#", "F# and C#"),
        ("#", ""),
    ],
)
def test_a_tag_is_shown_without_the_sign_in_front(name: str, shown: str) -> None:
    assert tag_name(name) == shown
    assert tag_key(shown) == tag_key(name)
