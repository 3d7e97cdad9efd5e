"""Two lists of one make, the smaller within the larger: which of them is the list.

The larger wins unless what it adds is no article: the bars of sections, links to help, what stands aside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from feedbuilder.detect.candidates import Reason
from feedbuilder.detect.outline import Outline
from feedbuilder.detect.page_regions import aside_name, in_aside, in_navigation
from feedbuilder.detect.rules.address_rules import folder, has_telling_address
from feedbuilder.detect.tried_list import TriedList
from feedbuilder.detect.unite_layouts import belongs, is_poorer, middle_length, same_reading
from feedbuilder.model import Item

_NEARLY_AS_GOOD = 3.0
"""Points that a list may stay behind a larger one, and still be the better one if that adds no articles."""
_CORE = 0.3
"""Of the larger list's items, those that the smaller must hold to be taken for the core of it."""
_MOSTLY = 0.5
_SHORTER = 0.5
"""Of the length of the titles: what is added and so much shorter are names of sections."""


def compare_parts(view: Outline, tried: Sequence[TriedList]) -> list[TriedList]:
    """Return `tried`, the best first: that of the highest score, or a larger or smaller one of the same make."""
    if not tried:
        return []
    lists = sorted(tried, key=lambda one: -one.candidate.score)
    best = lists[0]
    for other in lists[1:]:
        if best.articles < other.articles and same_reading(best, other) and _adds_articles(view, best, other):
            best = _raised(other, lists[0], f"It holds {len(other.articles)} articles of one make, and others a part.")
        elif _reads_some_cards_of(best, other):
            best = _raised(other, lists[0], "It reads all of the cards that stand there, and others some of them.")
        elif _is_core(other, best) and _adds_no_articles(view, other, best):
            best = _raised(other, lists[0], "A larger list adds only what is no article.")
    return [best, *(one for one in lists if one.candidate.selectors != best.candidate.selectors)]


def _reads_some_cards_of(part: TriedList, whole: TriedList) -> bool:
    """Return whether `part` is made of some of the very cards of `whole`, by another link in them."""
    mine, theirs = ({start.order for start in one.place.starts} for one in (part, whole))
    by_other_links = not part.articles & whole.articles
    return by_other_links and mine < theirs and whole.candidate.score >= part.candidate.score - _NEARLY_AS_GOOD


def _is_core(part: TriedList, whole: TriedList) -> bool:
    return (
        part.articles < whole.articles
        and len(part.articles) >= _CORE * len(whole.articles)
        and part.candidate.score >= whole.candidate.score - _NEARLY_AS_GOOD
        and same_reading(part, whole)
    )


def _added(part: TriedList, whole: TriedList) -> tuple[Item, ...]:
    return tuple(item for item in whole.candidate.items if item.canonical not in part.articles)


def _adds_articles(view: Outline, part: TriedList, whole: TriedList) -> bool:
    """Return whether what `whole` holds besides `part` are articles as those of `part` are, in places like theirs."""
    added = _added(part, whole)
    return belongs(part.candidate.items, added, below=False, outside=False) and not _stand_aside(view, whole, added)


def _adds_no_articles(view: Outline, part: TriedList, whole: TriedList) -> bool:
    """Return whether what `whole` holds besides `part` are bars of sections, links to help, or stand aside."""
    added = _added(part, whole)
    if _stand_aside(view, whole, added):
        return True
    known = part.candidate.items
    if middle_length(added) < _SHORTER * middle_length(known):
        return True
    shapes = {folder(item.link) for item in known}
    if not any(folder(item.link) in shapes or has_telling_address(item.link) for item in added):
        return True
    return is_poorer(known, added)


def _stand_aside(view: Outline, whole: TriedList, added: Sequence[Item]) -> bool:
    """Return whether most of the cards of `whole` that lead to `added` stand in navigation or aside."""
    articles = {item.canonical for item in added}
    cards = [start for start in whole.place.starts if view.articles_in(start) & articles]
    aside = sum(bool(in_navigation(card) or in_aside(card) or aside_name(card)) for card in cards)
    return bool(cards) and aside > _MOSTLY * len(cards)


def _raised(better: TriedList, above: TriedList, text: str) -> TriedList:
    """Return `better` with no lower score than `above`, and the reason."""
    candidate = better.candidate
    points = round(max(above.candidate.score - candidate.score, 0.0), 2)
    reasons = tuple(sorted((*candidate.reasons, Reason("whole", points, text)), key=lambda one: -abs(one.points)))
    return replace(better, candidate=replace(candidate, score=round(candidate.score + points, 2), reasons=reasons))
