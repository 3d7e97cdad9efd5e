"""Selectors -> what the ordinary extraction makes of them, judged: the lists that detection compares."""

from __future__ import annotations

from dataclasses import dataclass

from feedbuilder.detect.candidates import Candidate
from feedbuilder.detect.doubts import doubts_about
from feedbuilder.detect.judge import judge
from feedbuilder.detect.list_facts import ListFacts, ListPlace
from feedbuilder.detect.outline import Outline
from feedbuilder.detect.parsed_page import plain_source
from feedbuilder.extract.extract_items import extract
from feedbuilder.model import ExtractError, Item, Selectors

ENOUGH = 6.0
"""Points that a list of articles reaches on any page; navigation stays below."""


@dataclass(frozen=True, slots=True)
class TriedList:
    """A candidate with what is needed to judge it again as a part of a larger one."""

    candidate: Candidate
    place: ListPlace

    @property
    def articles(self) -> frozenset[str]:
        """The canonical addresses of its items."""
        return frozenset(item.canonical for item in self.candidate.items)


def try_selectors(view: Outline, selectors: Selectors, place: ListPlace) -> TriedList | None:
    """Return the list that `selectors` give, judged; None if they give nothing."""
    items = read_items(view, selectors)
    return judged(view, selectors, items, place) if items else None


def read_items(view: Outline, selectors: Selectors) -> tuple[Item, ...]:
    """Return the items that the ordinary extraction gives; none if it cannot be run."""
    try:
        return extract(
            view.document.page, plain_source(view.document, selectors, view.settings), parse=view.document.parse
        )
    except ExtractError:
        return ()


def judged(view: Outline, selectors: Selectors, items: tuple[Item, ...], place: ListPlace) -> TriedList:
    """Return the list of `items`, which `selectors` gave, with its score and reasons."""
    titles = [item.title or "" for item in items]
    guessed = selectors.group is not None and selectors.date is None
    facts = ListFacts(view, place, titles, items, structured=selectors.from_ is not None, guessed_dates=guessed)
    score, reasons = judge(facts)
    return TriedList(Candidate(selectors, items, score, reasons, doubts=doubts_about(facts, score - ENOUGH)), place)
