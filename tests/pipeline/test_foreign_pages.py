"""A page that is not the section any more, although the site answers as if it were."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from selectolax.lexbor import LexborHTMLParser

from feedbuilder.model import Item, KnownNames, Page, PageNames, Source
from feedbuilder.parse.not_found import says_not_found
from feedbuilder.pipeline.foreign_page import leads_away, why_foreign
from feedbuilder.pipeline.local_reader import LocalReader

SOURCE = Source.model_validate(
    {"id": "world", "url": "https://news.example/news/world", "selectors": {"item": "article"}}
)
NEWS = "https://news.example"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("/world", "/"),
        ("/world", "/index.html"),
        ("/world", "/en/"),
        ("/world", "/de-DE/home"),
        ("/news/world", "/news"),
        ("/news/world/asia", "/news/"),
        ("/tags?tag=world", "/tags"),
        ("/show?section=7", "/"),
        ("/world", "/login?next=/world"),
        ("/news/world", "/news?error=gone"),
        ("/world", "/error/404"),
        ("/world", "//portal.example/"),
    ],
)
def test_home_above_and_dead_ends_are_other_pages(wanted: str, found: str) -> None:
    assert leads_away(NEWS + wanted, "https:" + found if found.startswith("//") else NEWS + found)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("/world", "/world/"),
        ("/world", "//www.news.example/world"),
        ("/world", "//m.news.example/world"),
        ("/world", "/world/index.html"),
        ("/world/index.php", "/world"),
        ("/world", "/en/world"),
        ("/world", "/news/world.html"),
        ("/world", "/topics/world-news"),
        ("/world", "//new-name.example/world"),
        ("/", "/en/"),
        ("/", "//www.news.example/"),
        ("/world?utm_source=x", "/world"),
        ("/en/uk", "/uk"),
        ("/world", "/World"),
        ("/world", "/?section=world"),
    ],
)
def test_other_spellings_and_new_homes_are_the_section(wanted: str, found: str) -> None:
    assert not leads_away(NEWS + wanted, "https:" + found if found.startswith("//") else NEWS + found)


@pytest.mark.parametrize(
    "html",
    [
        "<title>Not found</title>",
        "<title>Town News | Page not found</title>",
        "<title>Town News</title><h1>Error 404</h1>",
        "<h1>News</h1><h2>Page not found</h2>",
        "<h1>Seite nicht gefunden</h1>",
        "<h1>Cette page est introuvable</h1>",
        "<h1>Página no encontrada</h1>",
        "<h1>Страница не найдена</h1>",
        "<h1>ページが見つかりません</h1>",
        "<h1>页面不存在</h1>",
        "<h1>We can’t find that page</h1>",
        "<h2>404</h2>",
    ],
)
def test_a_page_that_says_that_it_is_none(html: str) -> None:
    assert says_not_found(LexborHTMLParser(html)) is not None


@pytest.mark.parametrize(
    "html",
    [
        "<title>Town News</title><h1>World</h1><p>Nothing was not found here.</p>",
        "<h1>World</h1><h2>Lost dog not found</h2>",
        "<h1>World</h1><h2>404 new flats for the harbour</h2>",
        "<h2>Why the treasure that everybody was looking for in the hills above the town was not found before</h2>",
    ],
)
def test_stories_about_things_not_found_are_stories(html: str) -> None:
    assert says_not_found(LexborHTMLParser(html), ["Lost dog not found"]) is None


def page(url: str, html: str = "<h1>World</h1>") -> Page:
    return Page(url, html.encode(), datetime(2026, 2, 6, tzinfo=UTC))


ITEMS = [Item("news.example/o/1", f"{NEWS}/o/1", "Cup final moves")]


def test_the_reason_names_both_addresses_and_what_to_do() -> None:
    reason = why_foreign(SOURCE, page(f"{NEWS}/news"), SOURCE.url, None, ITEMS, LocalReader())
    assert reason is not None
    assert SOURCE.url in reason.text
    assert "now leads to https://news.example/news" in reason.text
    assert "remove the source" in reason.text


def test_a_section_that_was_always_found_there_is_found_there() -> None:
    assert why_foreign(SOURCE, page(f"{NEWS}/news"), f"{NEWS}/news", None, ITEMS, LocalReader()) is None
    assert why_foreign(SOURCE, page(f"{NEWS}/news"), None, None, ITEMS, LocalReader()) is not None


def test_words_of_a_missing_page_are_quoted() -> None:
    reason = why_foreign(
        SOURCE, page(SOURCE.url, "<title>Oops</title><h1>Page not found</h1>"), SOURCE.url, None, ITEMS, LocalReader()
    )
    assert reason is not None
    assert 'says "Page not found"' in reason.text


@pytest.mark.parametrize(
    ("html", "words", "is_lasting"),
    [
        ("<title>news.example is for sale</title>", "parked or for sale", True),
        ("<title>Just a moment...</title>", "a check for robots", False),
        ("<title>Sign in</title><input type=password>", "asks for a login", False),
        ("<title>Before you continue</title><button>I agree</button>", "asks for an agreement", False),
    ],
)
def test_a_page_in_place_of_the_section_is_called_what_it_is(html: str, words: str, is_lasting: bool) -> None:
    """Only what will not pass by itself is told at once."""
    reason = why_foreign(SOURCE, page(SOURCE.url, html), SOURCE.url, None, ITEMS, LocalReader())
    assert reason is not None
    assert words in reason.text
    assert reason.is_lasting is is_lasting


def test_a_page_with_another_name_is_another_page_and_a_person_may_know_better() -> None:
    names = KnownNames(PageNames(title="World"), datetime(2026, 2, 5, tzinfo=UTC))
    reason = why_foreign(SOURCE, page(SOURCE.url, "<title>Sports</title>"), SOURCE.url, names, ITEMS, LocalReader())
    assert reason is not None
    assert 'calls itself "Sports", and used to call itself "World"' in reason.text
    assert "feedbuilder heal world --accept" in reason.text
    assert reason.sign == "another-page"
    assert why_foreign(SOURCE, page(SOURCE.url), SOURCE.url, names, ITEMS, LocalReader()) is None
