"""Names for sources that nobody has named."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from feedbuilder.model import Page, Source
from feedbuilder.model.wording import tag_key
from feedbuilder.parse.about import about
from feedbuilder.tend.source_names import suggest_id, suggest_title


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.example.org/tags/world-news", "example-world-news"),
        ("https://example.co.uk/politics/index.html", "example-politics"),
        ("https://news.example.com.br/", "example"),
        ("https://example.org", "example"),
        ("https://example.org/2026/02/", "example-02"),
        ("https://example.org/tag/новости?page=2", "example-novosti"),
        ("https://example.org/%E8%A6%81%E9%97%BB.shtml", "example-yaowen"),
        ("http://127.0.0.1:8765/tags/world-news", "world-news"),
        ("http://[::1]/news", "news"),
        ("http://localhost:8000/all", "all"),
        ("http://localhost/", "feed-"),
        ("https://example.org/" + "very-long-" * 20, "example-very-long-very-long-very-long-very-long-very-long-very"),
    ],
)
def test_an_id_is_made_from_the_address_and_is_valid(url: str, name: str) -> None:
    suggested = suggest_id(url, [])
    assert suggested.startswith(name)
    assert Source.model_validate({"id": suggested, "url": url, "selectors": {"item": "a"}}).id == suggested


def test_an_id_that_is_taken_gets_a_number() -> None:
    url = "https://example.org/news"
    assert suggest_id(url, ["example-news"]) == "example-news-2"
    assert suggest_id(url, ["example-news", "example-news-2"]) == "example-news-3"
    long = "https://example.org/" + "x" * 100
    second = suggest_id(long, [suggest_id(long, [])])
    assert len(second) <= 63
    assert second.endswith("-2")


def named(url: str, html: str, *taken: str) -> str:
    page = Page(url, html.encode(), datetime(2026, 2, 6, tzinfo=UTC))
    return suggest_title(about(page), url, taken)


WORLD = "https://harbour.example/tags/world-news"


@pytest.mark.parametrize(
    ("url", "html", "name"),
    [
        pytest.param(WORLD, "<title>World News | Harbour Post</title>", "World News", id="its title"),
        pytest.param(WORLD, "<title>Harbour Post: World</title>", "World", id="its title behind that of the site"),
        pytest.param(WORLD, "<title>Harbour Post</title>", "World News", id="the site only: the address"),
        pytest.param(
            WORLD,
            "<title></title><meta property='og:title' content=''><meta property='og:site_name' content='Harbour Post'>",
            "World News",
            id="empty: the address",
        ),
        pytest.param(
            "https://harbour.example/c/17", "<title>Harbour Post</title><h1>Out at Sea</h1>", "Out at Sea", id="heading"
        ),
        pytest.param(
            "https://harbour.example/politics",
            "<title>All the News of the Coast | Harbour Post</title><h1>Politics</h1>",
            "Politics",
            id="a slogan in all titles, and a heading that the address knows",
        ),
        pytest.param(
            "https://harbour.example/c/17",
            "<title>Harbour Post</title><article><h1>A Story</h1></article><h1><a href='/b'>Another</a></h1>",
            "Harbour Post",
            id="headings of stories are no names",
        ),
        pytest.param(
            "https://town.example/index.php?section=culture&page=2", "<title>Town</title>", "Culture", id="query"
        ),
        pytest.param("https://a.example/blog", "<title>Blog</title>", "a.example: Blog", id="a common name"),
        pytest.param("https://b.example/", "<title>Blog | Bee Keepers</title>", "Bee Keepers: Blog", id="and a site"),
        pytest.param(
            "https://a.example/news", "<title>Latest News</title><h1>Space</h1>", "Space", id="a heading that tells"
        ),
        pytest.param("https://www.example.org/news", "", "example.org: News", id="nothing at all"),
        pytest.param("https://www.example.org/", "", "example.org", id="not even a path"),
    ],
)
def test_a_page_is_called_what_is_its_own(url: str, html: str, name: str) -> None:
    assert named(url, html) == name


@pytest.mark.parametrize("title", ["Blog", "Field Notes", "Neuigkeiten", "World News"])
def test_two_sites_whose_pages_are_called_alike_get_two_names(title: str) -> None:
    first = named("https://a.example/here", f"<title>{title}</title>")
    second = named("https://b.example/here", f"<title>{title}</title>", first)
    assert first != second


@pytest.mark.parametrize("title", ["Harbour Post", "Harbour Post – News of the Coast", "News of the Coast", "Latest"])
def test_two_sections_whose_pages_are_called_alike_get_two_names(title: str) -> None:
    names: list[str] = []
    for path in ("tags/world-news", "tags/global-news", "world/asia", "sport/asia", "c/1", "c/2", "c/3"):
        names.append(named(f"https://harbour.example/{path}", f"<title>{title}</title>", *names))
    assert len(set(map(tag_key, names))) == len(names)
