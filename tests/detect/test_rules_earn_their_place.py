"""One small page per rule: with the rule the list of the articles is chosen, without it the other list is.

Each page holds two lists. The other list has a little more to say for itself, such as two items more, and the rule is
all that the articles' list has against that.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pytest

from feedbuilder.detect import Candidate
from feedbuilder.detect import judge as judging
from feedbuilder.detect.rules import table
from tests.detect.sample import OTHER_TITLES, TITLES, Story, each, find, stories

ARTICLES, OTHERS = "https://example.org/a/", "https://example.org/b/"
LINE = '<p class="line"><a href="{url}">{title}</a></p>'
ROW = '<li class="row"><a href="{url}">{title}</a></li>'
NAMES = ("Harbour", "Orchards", "Trains", "Villages", "Birds", "Bridges", "Schools", "Museum", "Ferries", "Storms",
         "Markets", "Choirs")  # fmt: skip
SECTIONS = ("world", "sport", "art", "law", "sea", "sky")
PLACES = [
    f"{folder}/4{number:03}"
    for number, folder in enumerate(
        ["y", "b/c", "d/e/f", "g", "h/i", "j/k/l", "m", "n/o", "p/q/r", "s", "t/u", "v/w/x"]
    )
]
FRONTS = [f"site{number}.example/" for number in range(12)]


def articles(count: int = 10, titles: Sequence[str] = TITLES, folder: str = ARTICLES) -> list[Story]:
    return stories(titles[:count], folder)


def others(count: int = 12, titles: Sequence[str] = OTHER_TITLES, folder: str = OTHERS) -> list[Story]:
    return stories(titles[:count], folder)


def lines(
    made: Sequence[Story] | None = None, template: str = LINE, around: str = '<div class="alpha">{}</div>'
) -> str:
    return around.format(each(articles() if made is None else made, template))


def rows(made: Sequence[Story] | None = None, template: str = ROW, around: str = '<ul class="omega">{}</ul>') -> str:
    return around.format(each(others() if made is None else made, template))


def unordered(made: Sequence[Story]) -> list[Story]:
    days = [story.day for story in made]
    return [replace(story, day=days[(5 * place) % len(days)]) for place, story in enumerate(made)]


def named(made: Sequence[Story], names: Sequence[str]) -> list[Story]:
    return [replace(story, title=name) for story, name in zip(made, names, strict=True)]


ALIKE = [f"{title:-<40.40}" for title in OTHER_TITLES]
UNLIKE = [title + " and more of it" * (2 * (number % 2)) for number, title in enumerate(t[:36] for t in TITLES[:10])]


def in_data(made: Sequence[Story]) -> str:
    listed = [{"@type": "NewsArticle", "url": story.url, "headline": story.title} for story in made]
    return f'<script type="application/ld+json">{json.dumps({"@graph": listed})}</script>'


DATED_LINE = '<p class="line"><a href="{url}">{title}</a> <time datetime="{iso}">{long}</time></p>'
DATED_ROW = '<li class="row"><a href="{url}">{title}</a> <time datetime="{iso}">{long}</time></li>'
PICTURED_ROW = '<li class="row"><img src="/p/{n}.jpg" alt=""><a href="{url}">{title}</a></li>'
SUMMED_ROW = '<li class="row"><a href="{url}">{title}</a> <i>{summary}</i></li>'
LABELS = "<span>of harbours and of ships</span> " * 4  # too short for a summary
LINE_WITH_LABELS = f"{LINE[:-4]} {LABELS}</p>"
ROW_WITH_LABELS = f"{ROW[:-5]} {LABELS}</li>"
LEAD = '<h3><a href="{url}">{title}</a></h3><img src="/p/{n}.jpg" alt=""><p>{summary}</p>'
LONG_NAME = '<div class="line-of-the-second-list-of-this-page"><a href="{url}">{title}</a> .</div>'
SUMMED_LINE = '<p class="line"><a href="{url}">{title}</a> <i>{summary}</i></p>'


def every_second_dated(made: Sequence[Story]) -> str:
    return "".join(each([story], DATED_ROW if story.number % 2 else ROW) for story in made)


def boxes() -> str:
    """Put a large story and three others into a box for each of six sections, whose addresses tell them apart."""
    titles = [*TITLES, *OTHER_TITLES]
    html = ""
    for place, section in enumerate(SECTIONS):
        made = stories(titles[4 * place : 4 * place + 4], f"https://example.org/{section}/")
        html += f'<div class="box">{each(made[:1], LEAD)}<ul>{each(made[1:], ROW)}</ul></div>'
    return html


def are_the_articles(found: Candidate) -> bool:
    return found.items[0].link.startswith(ARTICLES)


@dataclass(frozen=True)
class Page:
    """A rule and the page that it decides."""

    rule: str
    html: Callable[[], str]
    is_right: Callable[[Candidate], bool] = are_the_articles


def given(folder: str, ends: Sequence[str]) -> list[Story]:
    """Return other stories at addresses that end in `ends`."""
    return [replace(story, url=f"{folder}{end}") for story, end in zip(others(), ends, strict=True)]


PAGES = (
    Page("count", lambda: lines(articles(12)) + rows(others(4), SUMMED_ROW)),
    Page("dated", lambda: lines(articles(8), DATED_LINE) + rows(template=PICTURED_ROW)),
    Page("new-to-old", lambda: lines(template=DATED_LINE) + rows(unordered(others()), DATED_ROW)),
    Page("halves", lambda: lines() + f'<ul class="omega">{every_second_dated(others())}</ul>'),
    Page("titles-long", lambda: lines(articles(8)) + rows(named(others(), NAMES), DATED_ROW)),
    Page("titles-varied", lambda: lines(named(articles(), UNLIKE)) + rows(named(others(), ALIKE))),
    Page("titles-repeated", lambda: lines() + rows(named(others(), [*OTHER_TITLES[:6], *OTHER_TITLES[:6]]))),
    Page("headings", lambda: lines(template='<div class="line"><h3><a href="{url}">{title}</a></h3></div>') + rows()),
    Page(
        "summaries",
        lambda: lines(template=SUMMED_LINE) + rows(template=ROW_WITH_LABELS),
    ),
    Page("pictures", lambda: lines(template=f'<p class="line"><img src="/p/{{n}}.jpg" alt="">{LINE[16:]}') + rows()),
    Page("navigation", lambda: lines() + rows(around='<nav><ul class="omega">{}</ul></nav>')),
    Page("aside", lambda: lines() + rows(around='<aside><ul class="omega">{}</ul></aside>')),
    Page("named-aside", lambda: lines() + rows(around='<div class="sidebar"><ul class="omega">{}</ul></div>')),
    Page("named-list", lambda: lines(around='<div class="latest-news">{}</div>') + rows()),
    Page("main", lambda: lines(around="<main>{}</main>") + rows()),
    Page(
        "addresses-alike",
        lambda: lines() + rows(given("https://example.org/", PLACES)),
    ),
    Page("addresses-telling", lambda: lines() + rows(given(OTHERS, "abcdefghijkl"))),
    Page("addresses-aside", lambda: lines() + rows(given("https://example.org/tag/", NAMES), DATED_ROW)),
    Page(
        "addresses-upward",
        lambda: lines() + rows(given("https://", FRONTS), DATED_ROW),
    ),
    Page("text-share", lambda: lines(template=LINE_WITH_LABELS) + rows()),
    Page("readable", lambda: lines() + rows(articles(folder=OTHERS), LONG_NAME, "<div>{}</div>")),
    Page("boxes", boxes, lambda found: len(found.items) > len(SECTIONS)),
    Page("data", lambda: in_data(articles()) + lines() + rows()),
)


def best(page: Page) -> Candidate:
    html = f"<!doctype html><html><body>{page.html()}</body></html>"
    return find(html, url="https://example.org/section/").best


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.rule)
def test_the_rule_decides(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    assert page.is_right(best(page))
    without = tuple(rule for rule in table.RULES if rule.name != page.rule)
    monkeypatch.setattr(judging, "RULES", without)
    assert not page.is_right(best(page)), "it is chosen without the rule too"


def test_every_rule_has_a_page() -> None:
    assert {page.rule for page in PAGES} == {rule.name for rule in table.RULES}
