"""Names for sources that nobody has named."""

from __future__ import annotations

import pytest

from feedbuilder.cli.source_names import suggest_id, suggest_title
from feedbuilder.model import Source
from feedbuilder.parse.about import About


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


@pytest.mark.parametrize(
    ("said", "title"),
    [
        (About("World News", "The Post", None), "World News"),
        (About(None, "The Post", None), "The Post"),
        (About(None, None, None), "example.org"),
    ],
)
def test_a_title_is_what_the_page_is_about_else_its_site_else_its_host(said: About, title: str) -> None:
    assert suggest_title(said, "https://www.example.org/news") == title
