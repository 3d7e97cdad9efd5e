"""What is told of a source whose items are most likely read wrongly."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from feedbuilder.extract import extract, survey_selectors, title_doubts
from feedbuilder.model import ExtractError, Item, Page, Source

Items = Callable[..., tuple[Item, ...]]
TOPICS = ("Harbour bridge reopens", "Council votes on a roof", "Ferries sail again", "Schools plan a week")


def cards(template: str) -> str:
    return "".join(template.format(n=n, title=title) for n, title in enumerate(TOPICS))


@pytest.mark.parametrize(
    ("template", "rules", "told"),
    [
        ('<div class="card"><a href="/{n}">{title}</a></div>', {}, None),
        ('<div class="card"><a href="/{n}">{title}</a><b>Send it to a friend</b></div>', {"title": "b"}, "a friend"),
        ('<div class="card"><a href="/{n}">{title}</a><b>Ann {n}</b></div>', {"title": "b", "author": "b"}, "author"),
        ('<div class="card"><a href="/{n}">{title}</a><b>Tag {n}</b></div>', {"title": "b", "tags": "b"}, "tag"),
    ],
)
def test_titles_that_are_most_likely_none(items: Items, template: str, rules: dict[str, str], told: str | None) -> None:
    doubts = list(title_doubts(items(cards(template), **rules)))
    assert bool(doubts) is bool(told)
    assert told is None or told in doubts[0]
    assert list(title_doubts(items(cards(template), **rules)[:2])) == []


def test_one_address_for_many_cards_and_places_on_the_page_are_told(
    page: Callable[..., Page], source: Callable[..., Source]
) -> None:
    same = page(cards('<div class="card"><a href="/all#{n}">{title}</a></div>'))
    (note,) = survey_selectors(same, source()).notes
    assert "4 cards lead to one address" in note.text
    assert "set keep_fragment = true" in note.text
    assert survey_selectors(same, source(keep_fragment=True)).notes == ()
    alone = page(cards('<div class="card"><a href="/all">{title}</a></div>'))
    assert "choose another link" in survey_selectors(alone, source()).notes[0].text
    places = page(cards('<div class="card"><a href="#s{n}">{title}</a></div>'))
    with pytest.raises(ExtractError, match="keep_fragment = true"):
        extract(places, source())
    assert len(extract(places, source(keep_fragment=True))) == len(TOPICS)
