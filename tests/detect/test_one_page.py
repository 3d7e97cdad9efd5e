"""Stories without pages of their own: told apart by the #fragment of their links, or by title and day."""

from __future__ import annotations

import pytest

from feedbuilder.detect import detect
from feedbuilder.extract import extract
from feedbuilder.model import Page, Source
from tests.detect.sample import NOW, URL, Story, days_of, each, find, framed, stories

MADE = stories()[:6]
VERSIONS = [f"{n}.{n + 2}.0" for n in range(6, 0, -1)]


def settings_of(html: str) -> dict[str, object]:
    return dict(find(html).best.settings)


@pytest.mark.parametrize(
    "href", ["#story-{n}", "#/story/{n}", "/bulletin#story-{n}"], ids=["places", "routes", "another page"]
)
def test_links_that_differ_in_their_fragment_alone(href: str) -> None:
    card = f'<article class="c"><h2><a href="{href}">{{title}}</a></h2><time>{{iso}}</time></article>'
    html = framed("".join(card.format(n=n, title=one.title, iso=one.day) for n, one in enumerate(MADE)))
    found = find(html)
    assert found.titles == [one.title for one in MADE]
    assert found.days == days_of(MADE)
    assert [item.link.partition("#")[2][-1] for item in found.best.items] == list("012345")
    assert found.best.settings == {"keep_fragment": True, "articles": "off"}


@pytest.mark.parametrize(
    ("entry", "around"),
    [
        ('<div class="n"><h3>{title}</h3><p>{iso}</p><p>{summary}</p></div>', "{}"),
        ("<h3>{title}</h3><p>{iso}</p><p>{summary}</p>", "{}"),
        ("<tr><td>{iso}</td><td>{title}</td></tr>", "<table><tr><th>Day</th><th>Subject</th></tr>{}</table>"),
        ("<dt>{iso}</dt><dd>{title}</dd>", "<dl>{}</dl>"),
        ("<li><b>{iso}</b> <span>{title}</span></li>", "<ul>{}</ul>"),
        ("<p><b>{iso}</b> {title}</p>", "{}"),
        ("<li>{iso}: {title}</li>", "<ul>{}</ul>"),
    ],
    ids=["cards", "flat", "table", "definitions", "list", "paragraphs", "lines"],
)
def test_stories_without_links(entry: str, around: str) -> None:
    found = find(framed(around.format(each(MADE, entry))))
    assert found.titles == [one.title for one in MADE]
    assert found.days == days_of(MADE)
    assert found.best.settings == {"without_links": True, "articles": "off"}


def test_a_changelog_links_to_its_versions() -> None:
    days = days_of(MADE)
    entry = '<h2 id="v{0}">{0} - {1}</h2><h3>Added</h3><ul><li>A thing can be done now.</ul>'
    found = find(framed("".join(map(entry.format, VERSIONS, days))))
    assert [(title or "").split(" ")[0] for title in found.titles] == VERSIONS
    assert found.days == days
    assert [item.link for item in found.best.items] == [f"{URL}#v{version}" for version in VERSIONS]


@pytest.mark.parametrize(
    "html",
    [
        "<ul>"
        + "".join(f'<li><a href="#part-{n}">How to do the thing number {n} well</a></li>' for n in range(9))
        + "</ul>",
        "<table>" + "".join(f"<tr><td>2026-11-{n:02}</td><td>1.{n}23</td></tr>" for n in range(1, 12)) + "</table>",
        "<table>"
        + "".join(f"<tr><td>Gate {n}</td><td>Closed until further notice</td></tr>" for n in range(9))
        + "</table>",
        "".join(f"<p>Opening hours of the hall on 2026-11-{n:02}</p>" for n in range(1, 3)),
        "".join(f"<div><b>Concert in the town hall</b> <span>2027-01-{n:02}</span></div>" for n in range(1, 9)),
        "".join(f"<div><b>Weather</b> <span>2026-11-{n:02}</span></div>" for n in range(1, 9)),
    ],
    ids=["contents", "rates", "undated", "two dates", "events to come", "one title"],
)
def test_what_only_looks_like_stories_is_refused(html: str) -> None:
    assert find(framed(html)).detection.candidates == ()


def test_a_list_with_links_is_never_read_without_them() -> None:
    card = '<div class="n"><h3><a href="{url}">{title}</a></h3><p>{iso}</p></div>'
    aside = each(stories()[6:], "<p>{title}, {iso}</p>")
    assert settings_of(framed(each(MADE, card), aside=f"<aside>{aside}</aside>")) == {}


def test_what_is_known_by_title_and_day_stays_the_same_where_others_come_and_places_move() -> None:
    def read(made: list[Story]) -> dict[str | None, str]:
        rows = "".join(f'<li id="n{n}"><b>{one.day}</b> <i>{one.title}</i></li>' for n, one in enumerate(made))
        page = Page(URL, framed(f"<ul>{rows}</ul>").encode(), NOW)
        source = Source.model_validate(
            {"id": "n", "url": URL, "without_links": True, "selectors": {"item": "main li", "title": "i", "date": "b"}}
        )
        return {item.title: item.canonical for item in extract(page, source)}

    before, after = read(MADE[2:]), read(MADE)
    assert {title: after[title] for title in before} == before
    assert len(set(after.values())) == len(MADE)


def test_each_proposal_says_what_the_source_needs() -> None:
    html = framed(each(MADE, "<li><b>{iso}</b> <span>{title}</span></li>"))
    best = detect(Page(URL, html.encode(), NOW)).candidates[0]
    source = Source.model_validate({"id": "n", "url": URL, "selectors": best.selectors, **best.settings})
    assert [item.title for item in extract(Page(URL, html.encode(), NOW), source)] == [one.title for one in MADE]
