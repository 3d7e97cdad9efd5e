"""The address that a page names as its own, when it can be believed; and its language."""

from __future__ import annotations

import pytest

from tests.article.conftest import Reader

OWN = "https://strait.example/news/2026/bridge-opens"


def canonical(read: Reader, href: str, url: str = OWN) -> str | None:
    return read(f'<head><link rel="canonical" href="{href}"></head><h1>Bridge</h1>', url=url).canonical


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/news/2026/bridge-opens", OWN),
        ("https://strait.example/news/2026/bridge-opens?utm_source=x#top", OWN),
        ("https://www.strait.example/transport/bridge-opens", "https://www.strait.example/transport/bridge-opens"),
        ("https://agency.example/2026/bridge-opens", "https://agency.example/2026/bridge-opens"),
    ],
)
def test_a_canonical_address_that_is_believed(read: Reader, href: str, expected: str) -> None:
    assert canonical(read, href) == expected


@pytest.mark.parametrize(
    "href",
    [
        "/",
        "https://strait.example",
        "/news",
        "/news/2026/",
        "https://other.example/",
        "https://other.example/another-story",
        "javascript:alert(1)",
        "mailto:a@b.example",
        "",
        "http://[",
    ],
)
def test_the_home_page_a_section_and_other_sites_are_not_believed(read: Reader, href: str) -> None:
    assert canonical(read, href) is None


def test_the_page_of_the_list_is_not_believed_wherever_it_is(read: Reader) -> None:
    html = '<head><link rel="canonical" href="/all/"></head><h1>Bridge</h1>'
    assert read(html, url_of_list="https://strait.example/all").canonical is None
    assert read(html).canonical == "https://strait.example/all/"


@pytest.mark.parametrize("form", ["/amp", "/2", "/print", "/page/2"])
def test_a_form_of_an_article_has_the_articles_address(read: Reader, form: str) -> None:
    assert canonical(read, OWN, OWN + form) == OWN


def test_what_is_shared_serves_where_the_canonical_link_is_wrong(read: Reader) -> None:
    html = f'<head><link rel="canonical" href="/"><meta property="og:url" content="{OWN}"></head><h1>Bridge</h1>'
    found = read(html, url=OWN)
    assert (found.canonical, found.origins["canonical"]) == (OWN, "og:url")


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ('<html lang="pt-BR"><h1>x</h1>', "pt-BR"),
        ('<html lang="pt_BR"><h1>x</h1>', "pt-BR"),
        ('<html lang=""><meta property="og:locale" content="tr_TR">', "tr-TR"),
        ('<html lang="not a language"><h1>x</h1>', None),
    ],
)
def test_the_language(read: Reader, html: str, language: str | None) -> None:
    assert read(html).language == language
