"""How pages name the next page of their list, and where that is."""

from datetime import UTC, datetime

import pytest
import soupsieve

from feedbuilder.extract.next_pages import address_of, next_page
from feedbuilder.model import Page

URL = "https://town.example/news/"


def page(html: str, url: str = URL) -> Page:
    return Page(url, html.encode(), datetime(2026, 11, 23, tzinfo=UTC))


@pytest.mark.parametrize(
    ("html", "scheme", "second"),
    [
        ('<link rel="next" href="/news/?page=2">', "link[rel~=next]", "/news/?page=2"),
        ('<a rel="nofollow next" href="page/2">x</a><link rel=next href=/y>', "a[rel~=next]", "/news/page/2"),
        ('<a href="?page=2">2</a> <a href="?page=3">3</a>', "?page={n}", "/news/?page=2"),
        ('<a href="/news/page/2/">2</a><a href="/news/page/9/">9</a>', "/news/page/{n}/", "/news/page/2/"),
        ('<a href="/news/?c=5&amp;p=2#list">[2]</a>', "?c=5&p={n}", "/news/?c=5&p=2"),
        ('<div class="pagination"><a href="list_2.html">2</a></div>', "/news/list_{n}.html", "/news/list_2.html"),
        ('<p class="wp-pagenavi"><a href="/news/2">2</a><a href="/news/3">3</a>', "/news/{n}", "/news/2"),
        ('<a class="next page-numbers" href="/n/?o=10">Next</a>', "a.next", "/n/?o=10"),
        ('<li class="pager-older"><a href="/n/?o=10">Older</a>', ".pager-older a", "/n/?o=10"),
        ('<div class="nav-previous"><a href="page/2">← Ältere Beiträge</a></div>', ".nav-previous a", "/news/page/2"),
        ('<a href="/news/page/2">下一页</a>', "/news/page/{n}", "/news/page/2"),
        ('<a href="/news/page/2">Entradas antiguas »</a>', "/news/page/{n}", "/news/page/2"),
        ('<nav class="paging"><a href="?start=20">»</a></nav>', None, None),
        ('<a aria-label="Next page" href="?after=x7"><svg></svg></a>', 'a[aria-label="Next page"]', "/news/?after=x7"),
        ('<a href="?after=x7">Older posts</a>', 'a:-soup-contains("Older posts")', "/news/?after=x7"),
        ('<base href="/en/"><a href="page/2">2</a>', "/en/page/{n}", "/en/page/2"),
    ],
)
def test_the_scheme_finds_the_second_page(html: str, scheme: str | None, second: str | None) -> None:
    first = page(html)
    assert next_page(first) == scheme
    if scheme:
        assert address_of(first, scheme, 2) == f"https://town.example{second}"
        if "{n}" not in scheme:
            soupsieve.compile(scheme)


@pytest.mark.parametrize(
    "html",
    [
        "",
        '<a href="/news/">Next</a>',
        '<a href="#">Next</a>',
        '<a class="next" href="javascript:void(0)">›</a>',
        '<a rel="next" href="https://other.example/2">Next</a>',
        '<a href="/about">Next</a>',
        '<a href="/news/12">Next station: the harbour</a>',
        '<a href="/gallery/2">2</a>',
        '<table class="calendar"><tr><td><a href="/page/2/">2</a><td><a href="/page/3/">3</a></table>',
        "<table><tr><td>1<td><a href='/2026/11/2/'>2</a><td>3<td>4<td>5<td>6<td>7</table>",
        '<a href="/news/page/3">3</a>',
    ],
)
def test_what_turns_no_page_is_passed_over_for_what_does(html: str) -> None:
    assert next_page(page(html)) is None
    assert next_page(page(f'{html}<a href="?offset=20" class="older-posts">Older posts</a>')) == "a.older-posts"


def test_a_selector_is_looked_up_on_the_page_before() -> None:
    second = page('<a class="next" href="?o=20">Next</a>', f"{URL}?o=10")
    assert address_of(second, "a.next", 3) == f"{URL}?o=20"
    assert address_of(page("<p>The last one"), "a.next", 4) is None
    assert address_of(page('<i class="next"><a href="x">Next</a></i>'), ".next", 2) == f"{URL}x"


@pytest.mark.parametrize("scheme", ["a[", "a@", "x:unknown()", ""])
def test_a_scheme_that_cannot_be_run_finds_nothing(scheme: str) -> None:
    assert address_of(page("<a href=x>Next</a>"), scheme, 2) is None
