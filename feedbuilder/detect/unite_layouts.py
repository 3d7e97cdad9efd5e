"""Several kinds of cards for one list, a large one over a grid: selectors of two lists -> those of both."""

from __future__ import annotations

from collections import Counter

from pydantic import ValidationError

from feedbuilder.detect.rules.address_rules import folder
from feedbuilder.detect.text_features import weight
from feedbuilder.extract.field_rules import FIELDS
from feedbuilder.model import Item, Selectors

_FEW = 0.6
"""Of the cards of a list, so many may stand above it as large ones."""
_AGAINST = frozenset(("navigation", "aside", "named-aside", "addresses-aside", "titles-repeated"))
"""Rules; a list that one of them spoke against is not taken for a part of another."""


def belongs(items: tuple[Item, ...], others: tuple[Item, ...], *, below: bool, outside: bool) -> bool:
    """Return whether `others` look like more of the list `items`: new articles of the same site, titled as long.

    A few large cards over a list may leave out dates, and stand `outside` of the page's main part that the list is in.
    Of what stands `below`, or is nearly as long, either says that it is another list.
    """
    undated = _dated(items) > 0.7 and _dated(others) < 0.5
    if (undated or outside) and (below or len(others) > _FEW * len(items)):
        return False
    known = {item.canonical for item in items}
    new = [item for item in others if item.canonical not in known]
    if len(new) < 0.6 * len(others):
        return False
    usual = {
        shape for shape, count in Counter(folder(item.link) for item in items).items() if count >= 0.2 * len(items)
    }
    alike = sum(folder(item.link) in usual for item in others)
    return alike >= 0.8 * len(others) and _middle(others) >= max(0.6 * _middle(items), 16)


def _dated(items: tuple[Item, ...]) -> float:
    return sum(item.published is not None for item in items) / len(items)


def _middle(items: tuple[Item, ...]) -> float:
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
        "item": f":is({_inner(one.item)}, {_inner(other.item)})",
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


def _inner(css: str) -> str:
    return css[4:-1] if css.startswith(":is(") and css.endswith(")") and css.count("(") == 1 else css


def spoken_against(names: frozenset[str]) -> bool:
    """Return whether one of the rules `names`, which took points from a list, bars it from being a part."""
    return bool(names & _AGAINST)
