"""Whole pages in nine layouts and eight languages: what a reader would say of each is what is read."""

from __future__ import annotations

import pytest

from tests.article.conftest import Reader
from tests.article.layouts import LAYOUTS, Layout


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_what_a_reader_would_say_is_what_is_read(layout: Layout, read: Reader) -> None:
    article = read(layout.html, url=layout.url, **layout.settings)
    found = {"published": article.written(), "modified": article.modified}
    assert {key: found.get(key, getattr(article, key)) for key in layout.expected} == layout.expected


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_each_field_that_is_there_says_where_it_comes_from(layout: Layout, read: Reader) -> None:
    article = read(layout.html, url=layout.url, **layout.settings)
    names = ("title", "published", "modified", "authors", "image", "tags", "section", "language", "canonical", "body")
    assert set(article.origins) == {name for name in names if getattr(article, name)}


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_nothing_of_the_other_articles_on_the_page_is_taken(layout: Layout, read: Reader) -> None:
    article = read(layout.html, url=layout.url, full=True, **layout.settings)
    assert "Elsewhere" not in article.tags
    assert not any("Nobody" in name for name in article.authors)
    assert article.written() is not None
    assert not str(article.written()).startswith("2026-01")
    assert "Another story" not in (article.body or "")
    assert "Another story" not in (article.content_html or "")


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_the_text_is_whole_and_its_html_holds_the_same(layout: Layout, read: Reader) -> None:
    article = read(layout.html, url=layout.url, full=True, **layout.settings)
    assert article.body is not None
    assert article.content_html is not None
    for number in range(1, 7):
        assert f"{number}. " in article.body
        assert f"{number}. " in article.content_html
