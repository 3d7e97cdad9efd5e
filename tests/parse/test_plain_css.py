"""Plain selectors, which are put together without soupsieve's parser: both make the same of them."""

from __future__ import annotations

import re

import pytest
import soupsieve
from hypothesis import example, given
from hypothesis import strategies as st

from feedbuilder.parse.compiled_css import compiled, css_mistake
from feedbuilder.parse.plain_css import plain_steps

NAMES = st.from_regex(r"[A-Za-z_][A-Za-z0-9_-]{0,8}", fullmatch=True)
MARKS = st.lists(st.tuples(st.sampled_from(".#"), NAMES).map("".join), max_size=3).map("".join)
PLACES = st.sampled_from(["", ":first-child", ":nth-of-type(1)", ":nth-of-type(12)"])
STEPS = st.tuples(NAMES | st.just(""), MARKS, PLACES).map("".join).filter(bool)
PLAIN = st.lists(st.tuples(STEPS, st.sampled_from([" ", "  ", ">", " > ", ">  "])), min_size=1, max_size=4).map(
    lambda parts: "".join(step + within for step, within in parts).rstrip(" >")
)
ANYTHING = st.text(st.sampled_from("ab1-_.#:> ,+~[]()*\"'|\\\n") | st.characters(), max_size=12)


def made(css: str) -> soupsieve.SoupSieve:
    found = compiled(css)
    assert isinstance(found, soupsieve.SoupSieve)
    return found


@given(PLAIN)
@example(" .card  >h2 a ")
@example("small:nth-of-type(1)")
def test_a_plain_selector_is_what_the_parser_makes_of_it(css: str) -> None:
    assert plain_steps(css)
    assert made(css).selectors.selectors == soupsieve.compile(css).selectors.selectors


@given(ANYTHING)
@example("a >")
@example("> a")
@example(".1")
@example("a\n")
def test_what_is_no_selector_is_not_plain(css: str) -> None:
    if plain_steps(css):
        assert made(css).selectors.selectors == soupsieve.compile(css).selectors.selectors


@pytest.mark.parametrize(
    "css", ["", " ", "a, b", "a + b", "a[href]", "*", ":nth-child(2)", ":nth-of-type(0)", "a:hover", "é", "a" * 201]
)
def test_all_else_is_the_parsers_business(css: str) -> None:
    assert plain_steps(css) is None


@pytest.mark.parametrize(("css", "mistake"), [("a b", None), ("a, b", None), ("a[", "Malformed attribute selector")])
def test_mistakes_are_told_in_soupsieves_words(css: str, mistake: str | None) -> None:
    found = css_mistake(css)
    assert found is None if mistake is None else re.match(mistake, found or "")
