"""How a list page calls itself."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from feedbuilder.model import PageNames
from feedbuilder.parse.own_names import own_names


def names(html: str, *stories: str) -> PageNames:
    return own_names(LexborHTMLParser(html), "https://town.example/news/", stories)


def test_a_page_has_a_title_a_heading_and_an_end_of_its_trail() -> None:
    html = (
        "<title>World - Town</title><nav class=breadcrumb><ol><li><a href=/>Home</a></li><li>World news</li></ol></nav>"
        "<h1>All about the world</h1>"
    )
    assert names(html) == PageNames("World", "All about the world", "World news")


@pytest.mark.parametrize(
    "trail",
    [
        "<div aria-label=Breadcrumb><a href=/>Home</a> / <span>World</span></div>",
        "<ul id=breadcrumbs><li>Home</li><li>World</li></ul>",
        "<ol itemtype=https://schema.org/BreadcrumbList><li><i itemprop=name>Home</i><i itemprop=name>World</i></ol>",
    ],
)
def test_trails_are_built_in_several_ways(trail: str) -> None:
    assert names(trail).trail == "World"


def test_the_title_of_a_story_is_no_name_of_the_page() -> None:
    html = "<title>Harbour bridge reopens - Town</title><h1>Harbour bridge reopens</h1>"
    assert names(html).title == "Harbour bridge reopens"
    assert names(html, "Harbour bridge reopens") == PageNames()


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("https://town.example/news/", "/news"),
        ("http://www.town.example/News/index.html?page=1#top", "/news"),
        ("/", "/"),
        ("../sports", "/sports"),
        ("//town.example/n%C3%A4he", "/nähe"),
        ("http://[", None),
        ("", None),
    ],
)
def test_places_are_paths_alone(address: str, place: str | None) -> None:
    """Sites go from http to https, add www, and write a page's address in many ways."""
    assert names(f'<link rel=canonical href="{address}">').canonical == place
    assert names(f'<meta property="og:url" content="{address}">').shared == place
