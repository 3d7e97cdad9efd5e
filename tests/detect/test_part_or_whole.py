"""A list within a larger list of the same make: which is the better, by what the larger one adds to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from feedbuilder.detect.candidates import Candidate
from feedbuilder.detect.list_facts import ListPlace
from feedbuilder.detect.outline import outline
from feedbuilder.detect.parsed_page import ParsedPage, plain_source
from feedbuilder.detect.part_or_whole import compare_parts
from feedbuilder.detect.tried_list import TriedList
from feedbuilder.model import Item, Page, SaidDate, Selectors
from tests.detect.sample import NOW

DAY = SaidDate(datetime(2026, 11, 1, tzinfo=UTC))
PART, WHOLE = Selectors(item=".part"), Selectors(item=".part, .more")


@dataclass(frozen=True)
class Lists:
    """Two lists: `part` stories, and a whole that holds `added` more cards and has 10.0 points."""

    part: int = 10
    added: int = 4
    behind: float = 0.5
    """Points that the part lacks to the whole."""
    dated: bool = True
    """Whether what is added says a day, as the stories do."""
    letters: int = 20
    """Of the titles of what is added; the stories have 20."""
    aside: int = 0
    """Of the added cards, those that stand in navigation."""

    @property
    def winner(self) -> str:
        """Which of the two comes out first: "part" or "whole"."""
        stories = [self._item(n, 20, dated=True) for n in range(self.part)]
        more = [self._item(50 + n, self.letters, dated=self.dated) for n in range(self.added)]
        cards = [f'<p class="part"><a href="/a/{n}">a story</a></p>' for n in range(self.part)]
        others = [f'<p class="more"><a href="/a/{50 + n}">something</a></p>' for n in range(self.added)]
        bar = f"<nav>{''.join(others[: self.aside])}</nav>"
        html = f"<!doctype html><body><div>{''.join(cards)}</div>{bar}<div>{''.join(others[self.aside :])}</div>"
        document = ParsedPage.of(Page("https://example.org/section/", html.encode(), NOW))
        view = outline(document, plain_source(document, Selectors(item="a")))

        def tried(selectors: Selectors, items: Sequence[Item], score: float) -> TriedList:
            place = ListPlace(tuple(view.select(selectors.item or "")), 0.0, 0.0)
            return TriedList(Candidate(selectors, tuple(items), score, ()), place)

        first, second = compare_parts(
            view, [tried(WHOLE, stories + more, 10.0), tried(PART, stories, 10.0 - self.behind)]
        )
        assert first.candidate.score >= second.candidate.score
        return "part" if first.candidate.selectors == PART else "whole"

    @staticmethod
    def _item(number: int, letters: int, *, dated: bool) -> Item:
        url = f"example.org/a/{number}"
        return Item(
            canonical=url, link=f"https://{url}", title=f"{number:x<{letters}}", published=DAY if dated else None
        )


@pytest.mark.parametrize(
    ("lists", "winner"),
    [
        (Lists(), "whole"),  # more articles of the same make
        (Lists(dated=False), "part"),  # cards without days beside cards with days
        (Lists(dated=False, behind=2.0), "part"),
        (Lists(dated=False, behind=5.0), "whole"),  # far too much speaks for the larger list
        (Lists(dated=False, part=4, added=6), "part"),
        (Lists(dated=False, part=2, added=8), "whole"),  # two cards are no list that others were added to
        (Lists(aside=3), "part"),
        (Lists(aside=2, added=6), "whole"),  # the page's menu names two of its stories as well
        (Lists(letters=8), "part"),  # names of sections
        (Lists(letters=15), "whole"),  # headlines that happen to be shorter
    ],
)
def test_a_larger_list_is_better_if_what_it_adds_are_articles(lists: Lists, winner: str) -> None:
    assert lists.winner == winner
