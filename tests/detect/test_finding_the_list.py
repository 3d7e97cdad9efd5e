"""How people build pages around a list, and what is found: one page per sentence, and those that speak against it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pytest

from tests.detect.sample import OTHER_TITLES, TITLES, Story, each, find, items_of, stories

CARD = '<div class="card"><h3><a href="{url}">{title}</a></h3><span class="when">{long}</span></div>'
PLAIN = '<div class="card"><h3><a href="{url}">{title}</a></h3></div>'
ROW = '<li><a href="{url}">{title}</a></li>'
FOLDER = "https://example.org/b/"


def main_list(made: Sequence[Story], template: str = CARD) -> str:
    return f'<div class="cards">{each(made, template)}</div>'


def others(count: int = 12, folder: str = FOLDER) -> list[Story]:
    return stories(OTHER_TITLES[:count], folder)


@dataclass(frozen=True)
class Case:
    says: str
    html: Callable[[list[Story]], str]
    count: int = 8
    example: str | None = None


def form(fields: str, inner: str) -> str:
    return f"<form>{fields}{inner}</form>"


def in_menu(inner: str) -> str:
    return f'<ul class="main-menu"><li class="entry"><a href="/news/">News</a><div>{inner}</div></li></ul>'


def article_with_references(story: Story) -> str:
    text = "".join(
        f'<p>We have written before, and there is more in <a href="https://wiki.example/{story.number}/{n}">what is '
        f"known of the matter number {n}</a>. It took longer than anybody thought.</p>"
        for n in range(4)
    )
    return each([story], '<article><h2><a href="{url}">{title}</a></h2>') + f"{text}</article>"


def hero(story: Story) -> str:
    return each([story], '<div class="hero"><img src="/h.jpg" alt=""><h1><a href="{url}">{title}</a></h1></div>')


CASES = (
    Case("a form around a list is a wrapper", lambda made: form('<input type="hidden"><input>', main_list(made))),
    Case(
        "nav is navigation however much it holds",
        lambda made: f"<nav>{each(others(), ROW) * 2}</nav>{main_list(made[:4])}",
        count=4,
    ),
    Case(
        "so is what has the role of navigation",
        lambda made: f'<div role="navigation">{each(others(), ROW) * 2}</div>{main_list(made[:4])}',
        count=4,
    ),
    Case(
        "cards that hang in an entry of a menu are navigation",
        lambda made: in_menu(each(others(), CARD.replace("card", "drop"))) + main_list(made),
    ),
    Case(
        "side-by-side is no aside",
        lambda made: (
            f'<div class="layout-side-by-side">{main_list(made, PLAIN)}</div><div>{each(others(5), ROW)}</div>'
        ),
    ),
    Case(
        "a page without a sidebar says so in a class",
        lambda made: f'<div class="no-sidebar">{main_list(made, PLAIN)}</div><div>{each(others(9), ROW)}</div>',
    ),
    Case("links in running text are no titles", lambda made: "".join(map(article_with_references, made)), count=4),
    Case(
        "a large card with another heading belongs to the grid",
        lambda made: hero(made[0]) + main_list(made[1:], PLAIN),
    ),
    Case(
        "help over a dated list does not belong to it",
        lambda made: (
            f'<ul class="help">{each(others(3, made[0].url.rpartition("/")[0] + "/"), ROW)}</ul>' + main_list(made)
        ),
    ),
    Case(
        "bars of sections made like cards are no stories",
        lambda made: "".join(
            f'<div class="card"><h3><a href="/{name}">{name}</a></h3></div>' + each(made[place : place + 4], CARD)
            for place, name in ((0, "World"), (4, "Sport"))
        ),
    ),
    Case(
        "a button to the next page made like a card is no story",
        lambda made: main_list(made) + '<div class="card"><h3><a href="?page=2">Load more</a></h3></div>',
    ),
    Case(
        "nor is a pager in a path",
        lambda made: f'{main_list(made)}<div class="card"><a href="/section/2/">Next »</a></div>',
    ),
    Case(
        "what stands in noscript is not shown",
        lambda made: (
            f'{main_list(made)}<noscript><div class="card"><h3><a href="/js">Please turn on JavaScript</a>'
            '</h3><span class="when">May 3, 2026</span></div></noscript>'
        ),
    ),
    Case(
        "a topic before each title is half a story",
        lambda made: (
            '<table class="board">'
            + "".join(
                f'<tr><td><a class="t" href="{one.url}">{one.title}</a></td><td><a class="u" href="/u/{one.number}">'
                f"The user number {one.number} of many</a></td></tr>"
                for one in made
            )
            + "</table>"
        ),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.says.replace(" ", "-"))
def test_the_list_is_found(case: Case) -> None:
    made = stories(TITLES[: case.count])
    html = f"<!doctype html><html><body>{case.html(made)}</body></html>"
    assert find(html).items == items_of(made)


def test_a_link_that_only_some_cards_hold_makes_no_list() -> None:
    film = '<a class="film" href="https://films.example/{n}">Watch the film number {n} of this week</a>'
    cards = "".join(
        each([story], f'<div class="card"><p>{{long}}: {{summary}}</p><a href="{{url}}">Permalink</a>'
             f'{film if story.number % 3 == 0 else ""}</div>')
        for story in stories()
    )  # fmt: skip
    assert [item.link for item in find(f"<main>{cards}</main>").best.items] == [story.url for story in stories()]


def test_a_front_page_of_boxes_is_read_whole() -> None:
    made = [
        replace(story, url=f"https://example.org/a/{place:05}")
        for place, story in enumerate(stories((*TITLES, *OTHER_TITLES)))
    ]
    html = "".join(
        f'<div class="box"><h2><a href="/c/{place}">Section</a></h2><div class="pic">'
        f"{each(made[place : place + 1], '<a href={url}><b>{title}</b></a>')}</div>"
        f"<ul>{each(made[place + 1 : place + 4], ROW)}</ul></div>"
        for place in range(0, 24, 4)
    )
    assert sorted(find(f"<main>{html}</main>").items) == sorted(items_of(made))


def test_lines_under_a_large_story_are_stories() -> None:
    made = stories()
    first = each(made[:1], '<h2><a href="{url}">{title}</a></h2>')
    lines = f'<ul class="related">{each(made[1:4], ROW)}</ul>'
    cards = each(made[4:], '<article><h2><a href="{url}">{title}</a></h2></article>')
    assert find(f"<main><article>{first}{lines}</article>{cards}</main>").items == items_of(made)


@pytest.mark.parametrize(
    ("class_name", "selector"),
    [
        ("Feed-module--feed__item--2D5rE", '[class*="Feed-module--feed__item--"]'),
        ("Card_story__x1Y2z", '[class*="Card_story__"]'),
        ("StoryBox-jXISww bbPfFc", '[class*="StoryBox-"]'),
        ("news-block-item2", ".news-block-item2"),
        ("FeaturedGrid-x1__card", ".FeaturedGrid-x1__card"),
    ],
)
def test_the_stable_half_of_a_class_is_a_name_and_its_hash_is_none(class_name: str, selector: str) -> None:
    html = f"<main>{each(stories(), CARD.replace('card', class_name))}</main>"
    assert find(html).best.selectors.item == selector


@pytest.mark.parametrize(
    ("around", "selector"),
    [
        ("<main>{}</main>", "main a"),
        ('<div id="latest">{}</div>', "#latest > a"),
        ("<section>{}</section>", "section a"),
    ],
)
def test_a_bare_link_is_named_with_the_place_around_it(around: str, selector: str) -> None:
    html = f'<p>Welcome <a href="/about">us</a></p>{around.format(each(stories(), "<a href={url}>{title}</a><br>"))}'
    item = find(html).best.selectors.item or ""
    assert item.replace(" > ", " ") == selector.replace(" > ", " ")


DOUBTFUL = {
    "names of people": (
        "names",
        "".join(
            f'<div class="member"><h3><a href="/people/{name.lower()}">{name}</a></h3><p>Engineer</p></div>'
            for name in ("Ann", "Ben", "Cora", "Dan", "Eve", "Finn")
        ),
    ),
    "the same title again and again": (
        "same",
        "".join(f'<article><h3><a href="/n/1000{n}-of-the-day">Press release</a></h3></article>' for n in range(7)),
    ),
    "words of the interface": (
        "Read more",
        "".join(
            f'<div class="go"><i>0{n}</i><a href="/n/1000{n}-of-day" title="{more}">{more}</a></div>'
            for n, more in enumerate(("Read more", "Continue reading", "More", "Details", "Learn more"))
        ),
    ),
}


@pytest.mark.parametrize("kind", DOUBTFUL)
def test_a_doubtful_list_says_why(kind: str) -> None:
    word, cards = DOUBTFUL[kind]
    detection = find(f"<main>{cards}</main>").detection
    assert not detection.candidates or any(word in doubt for doubt in detection.doubts)


def test_an_ordinary_list_is_not_doubtful() -> None:
    assert find(f"<main>{main_list(stories()[:4])}</main>").detection.doubts == ()
