"""One parser for many cards builds the trees that one for each would build."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from feedbuilder.extract.card_soup import soup_of
from tests.extract.moving_cards import PIECES
from tests.extract.test_quick_equals_plain import PIECES as ODD_PIECES

pieces = st.sampled_from([*map(str.strip, ODD_PIECES.split("|")), *PIECES, "</", "<", "&", "<b class='a b'>", "é中😀"])
cards = st.lists(pieces, max_size=8).map("".join)


def shape(soup: BeautifulSoup) -> list[Any]:
    """Return all that is in a tree, and where."""
    return [
        (type(node), len(list(node.parents)), getattr(node, "name", None), getattr(node, "attrs", None) or str(node))
        for node in soup.descendants
    ]


@pytest.mark.filterwarnings("ignore::bs4.XMLParsedAsHTMLWarning", "ignore::bs4.MarkupResemblesLocatorWarning")
@settings(max_examples=100, deadline=None)
@given(st.lists(cards, min_size=1, max_size=4))
def test_whatever_was_read_before_a_tree_is_the_same(htmls: list[str]) -> None:
    for html in htmls:
        assert shape(soup_of(html)) == shape(BeautifulSoup(html, "lxml"))


def test_trees_that_are_kept_stay_as_they_are() -> None:
    first = soup_of("<p class='a b'>One<br>more</p>")
    before = shape(first)
    soup_of("<table><tr><td>Another")
    assert shape(first) == before
    first.p.append(first.new_tag("b"))  # type: ignore[union-attr]
    assert str(first.p) == '<p class="a b">One<br/>more<b></b></p>'


def test_a_card_that_ends_the_parser_leaves_none_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    start = BeautifulSoup.handle_starttag

    def broken(soup: BeautifulSoup, name: str, *others: Any, **named: Any) -> Any:
        if name == "i":
            raise ZeroDivisionError("nobody thought of this card")
        return start(soup, name, *others, **named)

    monkeypatch.setattr(BeautifulSoup, "handle_starttag", broken)
    with pytest.raises(ZeroDivisionError):
        soup_of("<p>Text<i>more</i></p><p>never read")
    assert str(soup_of("<p>Next</p>").p) == "<p>Next</p>"


def test_threads_have_parsers_of_their_own() -> None:
    htmls = [f"<p>{n}<b class='x{n}'>{'text ' * n}</b></p>" * 20 for n in range(60)]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda html: str(soup_of(html)), htmls)) == [
            str(BeautifulSoup(html, "lxml")) for html in htmls
        ]
