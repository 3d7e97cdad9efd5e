"""Which data of a page detection finds worth trying."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from feedbuilder.detect.parsed_page import ParsedPage
from feedbuilder.detect.propose_data import structured
from feedbuilder.extract import extract
from feedbuilder.model import Item, Page, Selectors, Source

URL = "https://town.example/news/"
NAMES = ("The harbour is being dredged", "A bridge opens to traffic", "Rents in the old town fall", "Market day moves")
POSTS: list[dict[str, Any]] = [
    {
        "id": 70 + at,
        "title": name,
        "slug": name.lower().replace(" ", "-"),
        "publishedAt": f"2026-11-0{at + 1}T10:00:00Z",
    }
    for at, name in enumerate(NAMES)
]
MENU = [{"title": f"Section number {at}", "url": f"/section-{at}"} for at in range(30)]


def proposed(html: str) -> list[dict[str, Any]]:
    found = structured(ParsedPage.of(Page(URL, html.encode(), datetime(2026, 11, 23, tzinfo=UTC))))
    return [one.model_dump(mode="json", exclude_none=True, exclude_defaults=True, by_alias=True) for one in found]


def anchors(form: str) -> str:
    return "".join(f'<a href="{form.format(post["slug"])}">{post["title"]}</a>' for post in POSTS)


def next_page(state: object, links: str) -> str:
    return f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(state)}</script>{links}'


def test_a_state_with_navigation_and_posts_gives_the_posts() -> None:
    state = {"props": {"menu": MENU, "pageProps": {"posts": POSTS}}}
    (found,) = proposed(next_page(state, anchors("/news/{}/")))
    assert found["from"] == "script#__NEXT_DATA__"
    assert found["item"] == "props.pageProps.posts"
    assert found["link"] == [{"select": "slug", "template": "/news/{}/"}]
    assert found["date"][0]["select"] == "publishedAt"


def test_what_is_proposed_reads_the_posts() -> None:
    html = next_page({"data": {"posts": POSTS, "menu": MENU}}, anchors("../news/{}.html"))
    page = Page(URL, html.encode(), datetime(2026, 11, 23, tzinfo=UTC))
    (selectors,) = structured(ParsedPage.of(page))
    items = extract(page, Source(id="town", url=URL, selectors=selectors))
    assert [item.title for item in items] == list(NAMES)
    assert items[1].link == "https://town.example/news/a-bridge-opens-to-traffic.html"
    assert all(item.published for item in items)


@pytest.mark.parametrize(
    ("state", "path"),
    [
        ({"a": {"edges": [{"node": post} for post in POSTS]}}, "a.edges"),
        ({"queries": [{"state": {"posts": POSTS}}]}, "**.posts"),
        ({"$hash8d7a": {"items": POSTS}}, "**.items"),
        ({"byId": {f"p{post['id']}": post for post in POSTS}}, "byId.*"),
        (POSTS, "*"),
    ],
)
def test_paths_do_not_lean_on_places_that_change(state: object, path: str) -> None:
    (found,) = proposed(next_page(state, anchors("/news/{}")))
    assert found["item"] == path


@pytest.mark.parametrize(
    "state",
    [
        {"menu": MENU},
        {"posts": POSTS[:2]},
        {"posts": [{**post, "title": "News"} for post in POSTS]},
        {"posts": [{key: post[key] for key in ("title", "slug")} for post in POSTS]},
        {"tags": [{"name": name, "url": f"/tag/{at}", "count": at} for at, name in enumerate(NAMES)]},
    ],
)
def test_what_is_no_list_of_articles_is_not_proposed(state: object) -> None:
    assert proposed(next_page(state, anchors("/news/{}"))) == []


def test_slugs_that_the_page_does_not_link_to_are_no_addresses() -> None:
    assert proposed(next_page({"posts": POSTS}, "<a href='/about'>About</a>")) == []


@pytest.mark.parametrize(
    ("html", "place"),
    [
        ("<script>window.__DATA__ = {};</script>", "window.__DATA__"),
        ("<script>var __APP__ = {};</script>", "__APP__"),
        ("<script>window.__NUXT__=(function(a){{return {}}}(1))</script>", "window.__NUXT__"),
        ("<div id='app' data-page='{}'></div>", "#app@data-page"),
        ("<div class='x' data-props='{}'></div>", "[data-props]@data-props"),
        ("<script type='application/json' data-island>{}</script>", "script[data-island]"),
    ],
)
def test_the_places_of_state(html: str, place: str) -> None:
    state = json.dumps({"menu": MENU, "posts": [{**post, "url": f"/n/{post['id']}"} for post in POSTS]})
    (found,) = proposed(html.format(state))
    assert (found["from"], found["item"], found["link"][0]["select"]) == (place, "posts", "url")


def test_vocabularies_are_proposed_where_they_list_articles(read: Callable[..., tuple[Item, ...]]) -> None:
    entries = [{"@type": "BlogPosting", "url": f"/{post['slug']}", "headline": post["title"]} for post in POSTS]
    data = f'<script type="application/ld+json">{json.dumps(entries)}</script>'
    cards = "".join(f'<div class="h-entry"><a class="u-url p-name" href="/{one["slug"]}">x</a></div>' for one in POSTS)
    assert proposed(data + cards) == [{"from": "json-ld"}, {"from": "microformats"}]


def test_an_article_page_lists_nothing() -> None:
    own = {
        "@type": "NewsArticle",
        "url": URL,
        "headline": "The page itself",
        "author": {"@type": "Person", "name": "J"},
    }
    crumbs = {"@type": "BreadcrumbList", "itemListElement": [{"name": "A", "item": "/a"}, {"name": "B", "item": "/b"}]}
    assert proposed(f'<script type="application/ld+json">{json.dumps([own, crumbs])}</script>') == []


def test_a_list_of_another_kind_is_proposed_by_its_type() -> None:
    events = [{"@type": "Event", "url": f"/e/{at}", "name": name} for at, name in enumerate(NAMES)]
    html = f'<script type="application/ld+json">{json.dumps({"@type": "ItemList", "itemListElement": events})}</script>'
    assert proposed(html) == [{"from": "json-ld", "item": "Event"}]


def test_selectors_made_of_data_can_be_written_and_read_again() -> None:
    for found in proposed(next_page({"posts": POSTS}, anchors("/news/{}"))):
        assert Selectors.model_validate(found).place is not None


def test_of_very_many_lists_only_some_are_looked_at() -> None:
    state = {"lists": [{f"k{at}": POSTS} for at in range(3000)]}
    assert len(proposed(next_page(state, anchors("/news/{}")))) <= 4
