"""Stories written flat, as siblings of one another: each keeps its own title, link and day."""

from __future__ import annotations

import pytest

from tests.detect.sample import days_of, find, framed, items_of, stories

MADE = stories()[:8]

FLAT = {
    "heading, day, text, link": '<h3>{title}</h3><p>{day}</p><p>{summary}</p><a href="{url}">Details</a>',
    "heading, text, day, button": '<h4>{title}</h4><p>{summary}</p><span>{day}</span><a href="{url}">Lire</a>',
    "day, heading, text, link": '<p class="d">{day}</p><h3>{title}</h3><p>{summary}</p><a href="{url}">Weiter zu</a>',
    "day, linked heading, text": '<p>{day}</p><h3><a href="{url}">{title}</a></h3><p>{summary}</p>',
    "linked heading, text, day": '<h3><a href="{url}">{title}</a></h3><p>{summary}</p><p>{day}</p>',
    "picture, linked heading, day": '<img src="/{n}.jpg"><h3><a href="{url}">{title}</a></h3><p>{day}</p>',
    "bold paragraph, day, link": '<p><b>{title}</b></p><p>{day}</p><p>{summary} <a href="{url}">more</a></p>',
    "two rows": '<tr><td>{day}</td><td><b>{title}</b></td></tr><tr><td colspan=2><a href="{url}">open it</a></td></tr>',
    "three rows": '<tr><td>{day}</td></tr><tr><td><a href="{url}">{title}</a></td></tr><tr><td>{summary}</td></tr>',
    "terms and descriptions": '<dt>{title}</dt><dd>{day}</dd><dd>{summary} <a href="{url}">more</a></dd>',
    "boxes": '<div class="t">{title}</div><div class="d">{day}</div><div class="m"><a href="{url}">Details</a></div>',
}
AROUND = {
    "alone": "<div>{}</div>",
    "an introduction": "<h1>News</h1><p>What the town has to say, in short.</p><p>Read by everybody.</p>{}",
    "words behind": "{}<p>That was all, dear reader.</p><p>The desk is closed.</p>",
}
WRAPPERS = {"two rows": "<table>{}</table>", "three rows": "<table>{}</table>", "terms and descriptions": "<dl>{}</dl>"}


def page_of(name: str, around: str, *, cut: str = "") -> str:
    template = FLAT[name]
    written = []
    for n, one in enumerate(MADE):
        text = template.replace(cut, "") if cut and n in (2, 5) else template
        summary = f"Some words on matter number {n}, which go on for a while."
        written.append(text.format(url=one.url, title=one.title, day=one.day, summary=summary, n=n))
    inner = WRAPPERS.get(name, "{}").format("\n".join(written))
    return framed(AROUND[around].format(inner))


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("name", FLAT)
def test_each_story_keeps_its_own(name: str, around: str) -> None:
    found = find(page_of(name, around))
    assert found.items == items_of(MADE)
    assert found.days == days_of(MADE)


@pytest.mark.parametrize(
    ("name", "cut"),
    [
        ("heading, day, text, link", "<p>{day}</p>"),
        ("heading, day, text, link", "<p>{summary}</p>"),
        ("day, linked heading, text", "<p>{summary}</p>"),
        ("boxes", '<div class="d">{day}</div>'),
        ("terms and descriptions", "<dd>{day}</dd>"),
    ],
)
def test_stories_that_lack_a_part_take_none_from_their_neighbours(name: str, cut: str) -> None:
    found = find(page_of(name, "alone", cut=cut))
    assert found.items == items_of(MADE)
    wanted = [None if "{day}" in cut and n in (2, 5) else day for n, day in enumerate(days_of(MADE))]
    assert found.days == wanted


def test_cards_that_lack_the_link_of_others_are_cards_of_their_own() -> None:
    cards = "".join(
        f'<div class="status"><a href="{one.url}">{one.title}</a>'
        f"<p>{one.day}{f' <a href=https://video.example/{n}>video {n}</a>' if n % 3 == 0 else ''}</p></div>"
        for n, one in enumerate(MADE)
    )
    found = find(framed(cards))
    assert found.items == items_of(MADE)
    assert not found.best.selectors.between
