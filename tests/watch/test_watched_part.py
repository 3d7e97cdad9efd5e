"""Which part of a page is watched, and which lines it says."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from feedbuilder.model import ExtractError, Page, Source
from feedbuilder.parse.documents.watched_part import MOST_LINES, read_part
from feedbuilder.watch.watch_page import READ_AS

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
PAGE = """<html><head><title>Terms | Town</title><style>p {}</style></head><body>
<header><a href=/>Town</a></header><nav><ul><li>News<li>Sports</ul></nav>
<article><header><h1>Terms of the pool</h1></header>
<p>You may <b>swim</b> from 9 to 17.<br>Children may too.</p><!-- none -->
<ul><li>No dogs</li><li>No <em>music</em></li></ul>
<table><tr><th>Day<th>Open</tr><tr><td>Monday<td><p>9 – 17</p></tr></table>
<p hidden>Secret</p><p style="display: none">Hidden</p><script>var a = 1</script><select><option>de</select>
<p class=today>It is Friday</p></article><footer>© 2026</footer></body></html>"""


def lines(html: str, **changes: Any) -> tuple[str, ...]:
    source = Source.model_validate(
        {"id": "x", "url": "https://town.example/terms", "kind": "changes", "changes": changes}
    )
    return read_part(Page(source.url, html.encode(), NOW, "text/html; charset=utf-8"), source).lines


def test_lines_are_what_a_browser_shows() -> None:
    """What a page gives is remembered: whoever changes it raises READ_AS, or all pages seem to have changed."""
    assert lines(PAGE) == (
        "Terms of the pool",
        "You may swim from 9 to 17.",
        "Children may too.",
        "No dogs",
        "No music",
        "Day | Open",
        "Monday | 9 – 17",
        "It is Friday",
    )
    assert READ_AS == 1


def test_a_part_is_named_and_another_left_out() -> None:
    assert lines(PAGE, selector="table, tr") == ("Day | Open", "Monday | 9 – 17")
    assert lines(PAGE, selector="xpath://article/ul/li") == ("No dogs", "No music")
    assert lines(PAGE, selector="article > p", remove=[".today", "p[hidden]", "p[style]"]) == (
        "You may swim from 9 to 17.",
        "Children may too.",
    )


def test_of_two_main_elements_none_is_chosen() -> None:
    assert lines("<main>One</main>") == ("One",)
    assert lines("<p>Zero</p><main>One</main><main>Two</main>") == ("Zero", "One", "Two")
    assert lines("<p>Zero</p><main><script>fill()</script></main>") == ("Zero",)


def test_a_page_of_navigation_alone_is_taken_whole() -> None:
    assert lines("<nav><p>One</p><p>Two</p></nav>") == ("One", "Two")


def test_a_selector_that_is_none_and_a_page_without_end_are_told() -> None:
    with pytest.raises(ExtractError, match="remove"):
        lines(PAGE, remove=["p["])
    with pytest.raises(ExtractError, match=f"{MOST_LINES + 1:,} lines"):
        lines("<p>line</p>" * (MOST_LINES + 1))


def test_a_deep_page_ends() -> None:
    assert lines("<div>" * 3000 + "deep") == ("deep",)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    ("html", "said"),
    [
        ('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>One</p></body></html>', "One"),
        ("https://town.example/", "https://town.example/"),
    ],
)
def test_pages_that_are_hardly_html_are_read_without_a_word(html: str, said: str) -> None:
    assert lines(html) == (said,)
