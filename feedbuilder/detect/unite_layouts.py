"""Several kinds of cards for one list, a large card over a grid: two lists -> one that reads both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pydantic import ValidationError

from feedbuilder.detect.candidates import Reason
from feedbuilder.detect.list_facts import ListPlace
from feedbuilder.detect.outline import HEADINGS, Element, Outline
from feedbuilder.detect.page_regions import in_main_part
from feedbuilder.detect.rules.address_rules import folder
from feedbuilder.detect.text_features import weight
from feedbuilder.detect.tried_list import TriedList, judged, read_items
from feedbuilder.extract.field_rules import FIELDS
from feedbuilder.model import Item, Selectors

_SOME_RICHNESS = 0.5
"""Pictures and summaries per card of those that lack the dates of the list below them."""
_FEW = 0.6
"""Of the cards of a list, so many may stand above it as large ones."""
_PART = 0.4
"""Of the best list's score: what is to be a part of it must have some worth of its own."""
_AGAINST = frozenset(("navigation", "aside", "named-aside", "addresses-aside", "titles-repeated"))
"""Rules; a list that one of them spoke against is not taken for a part of another."""


def unions(view: Outline, tried: Sequence[TriedList]) -> list[TriedList]:
    """Return the best list together with those that look like more of it, if that is read as well as both apart."""
    if not tried:
        return []
    whole = best = max(tried, key=lambda one: one.candidate.score)
    for other in tried:
        against = frozenset(reason.name for reason in other.candidate.reasons if reason.points <= -1)
        if other is best or spoken_against(against) or other.candidate.score < _PART * best.candidate.score:
            continue
        below = min(start.order for start in other.place.starts) > min(start.order for start in best.place.starts)
        outside = _leaves_main(whole, other)
        if not belongs(whole.candidate.items, other.candidate.items, below=below, outside=outside):
            continue
        one, more = whole.place, other.place
        selectors = united(whole.candidate.selectors, other.candidate.selectors, _heading_tag(one.starts))
        items = read_items(view, selectors) if selectors else ()
        if selectors is None or not items:
            continue
        starts = tuple(sorted((*one.starts, *more.starts), key=lambda start: start.order))
        share = len(one.starts) / len(starts)
        headed = one.headed * share + more.headed * (1 - share)
        place = ListPlace(
            starts, one.text_share + more.text_share, headed, max(one.boxes, more.boxes), one.cost + more.cost + 1
        )
        both = judged(view, selectors, items, place)
        if same_reading(whole, both) and same_reading(other, both):
            whole = _raised(both, above=whole, count=len(other.candidate.items))
    return [whole] if whole is not best else []


def _leaves_main(one: TriedList, other: TriedList) -> bool:
    """Return whether `one` stands in the page's `<main>` and `other` does not."""
    return all(map(in_main_part, one.place.starts)) and not any(map(in_main_part, other.place.starts))


def _raised(both: TriedList, above: TriedList, count: int) -> TriedList:
    """Return `both` with a score that beats its part `above`: a mixed list has lower shares, and is no worse for it."""
    candidate = both.candidate
    points = round(max(above.candidate.score - candidate.score, 0.0) + 0.5, 2)
    reason = Reason("united", points, f"{count} more articles of the same kind stand in cards of another make.")
    reasons = tuple(sorted((*candidate.reasons, reason), key=lambda one: -abs(one.points)))
    return replace(both, candidate=replace(candidate, score=round(candidate.score + points, 2), reasons=reasons))


def same_reading(part: TriedList, whole: TriedList) -> bool:
    """Return whether nearly all items of `part` are read in `whole` as they are alone."""
    read = {item.canonical: item for item in whole.candidate.items}

    def alike(item: Item) -> bool:
        other = read.get(item.canonical)
        if other is None or other.title != item.title:
            return False
        return item.published is None or other.published in (None, item.published)

    items = part.candidate.items
    return sum(map(alike, items)) >= 0.9 * len(items)


def _heading_tag(starts: Sequence[Element]) -> str | None:
    return next((one.tag for start in starts for one in start.down() if one.tag in HEADINGS), None)


def belongs(items: tuple[Item, ...], others: tuple[Item, ...], *, below: bool, outside: bool) -> bool:
    """Return whether `others` look like more of the list `items`: new articles of the same site, titled as long.

    A few large cards over a list may leave out dates, if they are richer than its cards, and may stand `outside` of the
    page's main part that the list is in. What does either and stands `below` the list, or is nearly as long as it, is
    another list.
    """
    undated = _lack_dates(items, others)
    if (undated or outside) and (below or len(others) > _FEW * len(items)):
        return False
    if is_poorer(items, others):
        return False
    known = {item.canonical for item in items}
    new = [item for item in others if item.canonical not in known]
    if len(new) < 0.6 * len(others):
        return False
    usual = {
        shape for shape, count in Counter(folder(item.link) for item in items).items() if count >= 0.2 * len(items)
    }
    alike = sum(folder(item.link) in usual for item in others)
    return alike >= 0.8 * len(others) and middle_length(others) >= max(0.6 * middle_length(items), 16)


def _dated(items: Sequence[Item]) -> float:
    return sum(item.published is not None for item in items) / len(items)


def is_poorer(items: Sequence[Item], others: Sequence[Item]) -> bool:
    """Return whether `others` lack the dates of `items`, and have no pictures or summaries to make up for it."""
    return _lack_dates(items, others) and _richness(others) < max(min(_richness(items), 1.0), _SOME_RICHNESS)


def _lack_dates(items: Sequence[Item], others: Sequence[Item]) -> bool:
    return _dated(items) > 0.7 and _dated(others) < 0.5


def _richness(items: Sequence[Item]) -> float:
    """Return how many of `items` have pictures and how many have summaries, both as shares, added."""
    return sum((item.image is not None) + (item.summary is not None) for item in items) / len(items)


def middle_length(items: Sequence[Item]) -> float:
    """Return the length of the title that is longer than half of them, in letters."""
    lengths = sorted(weight(item.title or "") for item in items)
    return lengths[len(lengths) // 2]


def united(one: Selectors, other: Selectors, heading: str | None) -> Selectors | None:
    """Return the selectors that read the cards of both, None if no rules can.

    Where only one has a rule for the title, the other's default is written out: `heading`, the tag of its headings.
    """
    if one.between != other.between or one.from_ or other.from_ or not (one.item and other.item):
        return None
    if one.group != other.group:
        return None
    written: dict[str, object] = {
        "group": one.group,
        "item": f":is({options_of(one.item)}, {options_of(other.item)})",
        "between": one.between,
    }
    for name in FIELDS:
        first, second = getattr(one, name), getattr(other, name)
        if first is not None and second is not None:
            written[name] = tuple(dict.fromkeys((*first, *second)))
        elif first is not None or second is not None:
            if name == "link":
                return None
            rule = first or second
            if name == "title":
                if heading is None:
                    return None
                rule = (*rule, {"select": heading})
            elif name == "date":
                rule = (*rule, {"select": "time"})
            written[name] = rule
    try:
        return Selectors.model_validate(written)
    except ValidationError:
        return None


def options_of(css: str) -> str:
    """Return the selectors of a list "a, b", also of one that is written ":is(a, b)"."""
    return css[4:-1] if css.startswith(":is(") and css.endswith(")") and css.count("(") == 1 else css


def spoken_against(names: frozenset[str]) -> bool:
    """Return whether one of the rules `names`, which took points from a list, bars it from being a part."""
    return bool(names & _AGAINST)
