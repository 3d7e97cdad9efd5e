"""Which of a page's titles is the article's, and what of it is the site's name."""

from __future__ import annotations

import json

import pytest

from feedbuilder.model import Item
from tests.article.conftest import URL, Reader


def page(
    *, h1: str = "", og: str = "", window: str = "", ld: tuple[str, ...] = (), site: str = "The Strait Post"
) -> str:
    data = "".join(
        f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "headline": one})}</script>'
        for one in ld
    )
    shared = f'<meta property="og:title" content="{og}">' if og else ""
    return (
        f'<head><title>{window}</title><meta property="og:site_name" content="{site}">{shared}{data}</head>'
        f"<body><main><h1>{h1}</h1><p>Text.</p></main>"
    )


@pytest.mark.parametrize(
    "written",
    [
        "Bridge Opens | The Strait Post",
        "Bridge Opens - The Strait Post",
        "The Strait Post: Bridge Opens | The Strait Post",
        "Bridge Opens – The Strait Post – 06.02.2026",
        "Bridge Opens « The Strait Post",
        "Bridge Opens | strait.example",
    ],
)
def test_the_sites_name_and_a_date_at_the_end_are_cut(read: Reader, written: str) -> None:
    title = read(page(og=written)).title
    assert title in ("Bridge Opens", "The Strait Post: Bridge Opens")


@pytest.mark.parametrize("title", ["Profit - and Loss", "North | South: a Border", "Who Pays – and Who Does Not"])
def test_a_dash_of_the_title_itself_stays(read: Reader, title: str) -> None:
    assert read(page(og=title, h1=title)).title == title


def test_what_the_heading_does_without_is_no_part_of_the_title(read: Reader) -> None:
    html = page(h1="Bridge Opens", og="Bridge Opens - Town and Harbour News", site="")
    assert read(html).title == "Bridge Opens"


def test_a_word_before_a_dash_is_not_the_whole_title(read: Reader) -> None:
    assert read(page(h1="Live", og="Live – Bridge Opens at Last", site="")).title == "Live – Bridge Opens at Last"


def test_the_headline_of_the_data_counts_first_then_what_is_shared_then_the_heading(read: Reader) -> None:
    assert read(page(h1="Heading", og="Shared", ld=("Headline of it",))).title == "Headline of it"
    assert read(page(h1="Heading of it", og="Shared")).title == "Shared"
    found = read(page(h1="Heading of it"))
    assert (found.title, found.origins["title"]) == ("Heading of it", "h1")


def test_of_several_headlines_the_one_that_is_shared_counts(read: Reader) -> None:
    html = page(og="Bridge Opens at Last", ld=("Ferries Stay in Port", "Bridge Opens at Last"))
    assert read(html).title == "Bridge Opens at Last"


def test_a_kicker_before_the_title_is_left_out(read: Reader) -> None:
    html = page(h1="Harbour: Bridge Opens at Last", og="Bridge Opens at Last", ld=("Harbour: Bridge Opens at Last",))
    assert read(html).title == "Bridge Opens at Last"


def test_a_cut_headline_gives_way_to_the_whole_one(read: Reader) -> None:
    html = page(h1="Bridge Opens at Last After Years", ld=("Bridge Opens at Last…",))
    assert read(html).title == "Bridge Opens at Last After Years"


def test_the_list_tells_which_of_two_titles_it_is_and_never_shortens_it(read: Reader) -> None:
    html = page(h1="Bridge Opens at Last After Years", ld=("Ferries Have Had Their Day",))
    listed = Item("strait.example/news/bridge-opens", URL, title="Bridge Opens at La…")
    assert read(html, listed=listed).title == "Bridge Opens at Last After Years"


def test_the_list_serves_where_the_page_says_nothing_but_the_sites_name(read: Reader) -> None:
    listed = Item("strait.example/news/bridge-opens", URL, title="Bridge Opens")
    found = read(page(h1="The Strait Post", og="The Strait Post", window="The Strait Post"), listed=listed)
    assert (found.title, found.origins["title"]) == ("Bridge Opens", "list")


def test_entities_and_markup_in_data_are_no_part_of_the_title(read: Reader) -> None:
    assert read(page(ld=("Tom &amp; Ann&#39;s <b class='x'>Bridge</b>",))).title == "Tom & Ann's Bridge"


def test_a_page_without_a_title_has_none(read: Reader) -> None:
    assert read("<p>Nothing here.</p>").title is None


def test_a_banner_before_a_colon_is_cut_where_the_page_has_both_as_headings(read: Reader) -> None:
    html = "<title>Our Journal: Bridge Opens</title><h1><a href=/>Our Journal</a></h1><h2>May 3</h2><h3>{}</h3><p>x</p>"
    assert read(html.format("Bridge Opens")).title == "Bridge Opens"
    assert read(html.format("Ferries Rest")).title != "Bridge Opens"
    assert read("<title>Bridge: It Opens</title><h1>Bridge</h1><p>It opens</p>").title != "It Opens"
