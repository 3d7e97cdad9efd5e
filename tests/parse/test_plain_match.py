"""Plain selectors, run without soupsieve: both find the same elements in the same order."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from bs4.element import Tag
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feedbuilder.parse.compiled_css import compiled
from feedbuilder.parse.plain_match import plain_matcher

TAGS = ["div", "p", "a", "li", "ul", "tr", "td", "table", "svg", "body", "html", "Main"]
ATTRIBUTES = ["", ' class="x"', ' class="x y"', ' class="Y"', ' id="x"', ' ID=x CLASS="y\tz"', ' class=""']
PARTS = st.one_of(
    st.tuples(st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)).map(lambda part: f"<{part[0]}{part[1]}>"),
    st.sampled_from(TAGS).map(lambda tag: f"</{tag}>"),
    st.sampled_from(["text", "<!-- x -->", "<br>", "<![CDATA[x]]>"]),
)
NAMES = st.sampled_from(["", "div", "p", "a", "li", "tr", "TD", "body", "html", "main"])
MARKS = st.lists(st.sampled_from([".x", ".y", ".Y", ".z", "#x"]), max_size=2).map("".join)
PLACES = st.sampled_from(["", "", ":first-child", ":nth-of-type(1)", ":nth-of-type(2)"])
STEPS = st.tuples(NAMES, MARKS, PLACES).map("".join).filter(lambda step: step and not step.startswith(":"))
PLAIN = st.lists(st.tuples(STEPS, st.sampled_from([" ", " > "])), min_size=1, max_size=4).map(
    lambda parts: "".join(step + within for step, within in parts).rstrip(" >")
)


@settings(max_examples=200)
@given(st.lists(PARTS, max_size=30).map("".join), PLAIN)
@example("<div><p><a>", "html > body p a")
@example("<div class=x><div><div class=y><p></p></div></div></div>", ".x > div > .y p")
@example("<div class=x><p class=x><div class=x><a></a>", ".x .x > .x a")
@example("<table><tr><td>1<td>2</table>", "td:nth-of-type(2)")
def test_both_find_the_same_elements(html: str, css: str) -> None:
    soup = BeautifulSoup(html, "lxml")
    matching = plain_matcher(css)
    assert matching is not None
    found = list(matching(node for node in soup.descendants if isinstance(node, Tag)))
    assert list(map(id, found)) == list(map(id, compiled(css).select(soup)))


@pytest.mark.parametrize("css", ["a, b", "a[href]", ":first-child", "a :nth-of-type(2) b", ":first-child > a", "*"])
def test_what_is_not_plain_enough_is_for_soupsieve(css: str) -> None:
    assert plain_matcher(css) is None
