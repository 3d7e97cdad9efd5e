"""Lists that a page carries as data, beside elements or instead of them."""

from __future__ import annotations

import json

from tests.detect.sample import Story, days_of, each, find, framed, items_of, stories

TEASER = '<div class="teaser"><h3><a href="{path}">{title}</a></h3></div>'
MENU = [{"title": f"Section number {n}", "url": f"/section-{n}/"} for n in range(30)]


def linked(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def posting(story: Story) -> dict[str, object]:
    return {
        "@type": "NewsArticle",
        "headline": story.title,
        "url": story.url,
        "datePublished": f"{story.day.isoformat()}T09:00:00Z",
    }


def test_an_item_list_of_addresses_alone_takes_its_titles_from_the_links() -> None:
    made = stories()
    elements = [{"@type": "ListItem", "position": n, "url": one.url} for n, one in enumerate(made, 1)]
    data = linked({"@context": "https://schema.org", "@type": "ItemList", "itemListElement": elements})
    assert find(framed(each(made, TEASER), head=data)).items == items_of(made)


def test_the_dates_of_data_complete_cards_that_show_none() -> None:
    made = stories()
    data = linked({"@context": "https://schema.org", "@graph": [posting(one) for one in made]})
    found = find(framed(each(made, TEASER), head=data))
    assert (found.items, found.days) == (items_of(made), days_of(made))


def test_dates_of_data_beat_dates_in_words() -> None:
    made = stories()
    data = linked([posting(one) for one in made])
    card = '<div class="teaser"><h3><a href="{path}">{title}</a></h3><span class="date">1 January 2020</span></div>'
    assert find(framed(each(made, card), head=data)).days == days_of(made)


def test_a_state_with_navigation_and_posts_gives_the_posts() -> None:
    made = stories()
    posts = [
        {"title": one.title, "slug": one.url.rpartition("/")[2], "publishedAt": one.day.isoformat()} for one in made
    ]
    state = {"props": {"menu": MENU, "pageProps": {"posts": posts}}}
    script = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(state)}</script>'
    page = framed(f'<div id="app">{each(made[:8], TEASER)}</div>', aside=script)
    found = find(page)
    assert (found.items, found.days) == (items_of(made), days_of(made))
    assert found.best.selectors.from_ == "script#__NEXT_DATA__"


def test_the_one_article_that_a_page_is_about_is_no_list() -> None:
    story, made = stories()[0], stories()[1:]
    data = linked(posting(story))
    assert find(framed(each(made, TEASER), head=data)).items == items_of(made)


def test_crumbs_and_the_site_itself_are_no_list() -> None:
    made = stories()
    crumbs = [{"@type": "ListItem", "position": n, "name": f"Level {n}", "item": f"/l{n}/"} for n in range(1, 5)]
    data = linked([{"@type": "BreadcrumbList", "itemListElement": crumbs}, {"@type": "WebSite", "url": "/"}])
    assert find(framed(each(made, TEASER), head=data)).items == items_of(made)
