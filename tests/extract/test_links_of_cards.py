"""Where a card leads whose link is not a plain `href` of its own site's article."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from feedbuilder.model import Item

Items = Callable[..., tuple[Item, ...]]
OUT = "/out?url=https%3A%2F%2Fexample.org%2Fstories%2F7&src=list"


@pytest.mark.parametrize(
    "attributes",
    [
        'data-href="/a"',
        'data-url="https://example.org/a"',
        "onclick=\"location.href='/a'\"",
        "onclick=\"window.location = '/a'; return false\"",
        "onclick='window.open(\"/a\")'",
        "onclick=\"document.location.assign('/a')\"",
    ],
)
def test_a_card_that_a_script_opens_leads_there(items: Items, attributes: str) -> None:
    (item,) = items(f'<div class="card" {attributes}><h3>Talks</h3><img data-url="/p.jpg"></div>')
    assert (item.link, item.title) == ("https://example.org/a", "Talks")


@pytest.mark.parametrize("attributes", ['data-url="#"', 'data-href=""', "onclick=\"show('/a')\"", 'data-link="{json}"'])
def test_other_scripts_open_no_article(items: Items, attributes: str) -> None:
    assert items(f'<div class="card" {attributes}><h3>Talks</h3></div>', allow_empty=True) == ()


def test_a_real_link_beats_what_a_script_opens(items: Items) -> None:
    (item,) = items('<div class="card" data-href="/ad"><a href="/a">Talks</a></div>')
    assert item.link == "https://example.org/a"


@pytest.mark.parametrize(
    ("href", "link"),
    [
        (OUT, "https://example.org/stories/7"),
        ("/go/?to=https://www.example.org/stories/7", "https://www.example.org/stories/7"),
        ("/out?url=https://other.example/x", "https://example.org/out?url=https://other.example/x"),
        ("/login?next=https://example.org/stories/7", None),
        ("/print?url=https://example.org/stories/7", None),
        ("https://share.example/out?url=https://example.org/stories/7", None),
    ],
)
def test_a_redirector_of_the_site_leads_to_the_page_that_it_names(items: Items, href: str, link: str | None) -> None:
    found = items(f'<div class="card"><h2><a href="{href}">Talks</a></h2></div>', allow_empty=True)
    assert [item.link for item in found] == ([link] if link else [])


def test_a_link_selector_is_taken_at_its_word_also_where_the_link_looks_like_sharing(items: Items) -> None:
    share = "https://share.example/to?u=https://example.org/a"
    html = f'<div class="card"><a class="s" href="{share}">Talks</a><a href="/a">Other</a></div>'
    assert [item.link for item in items(html, link=".s@href")] == [share]
    assert [item.link for item in items(html, link="a")] == ["https://example.org/a"]
    assert [item.link for item in items(html)] == ["https://example.org/a"]
