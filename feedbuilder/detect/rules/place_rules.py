"""What the place of a list on the page says for it or against it: navigation, aside, the main part, its names."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable

from feedbuilder.detect.list_facts import Finding, ListFacts, percent
from feedbuilder.detect.outline import Element
from feedbuilder.detect.page_regions import aside_name, in_aside, in_main, in_navigation, list_name

_STRAYS = 0.05
"""The share of a list that may stand aside and say nothing."""
_SOME = 0.6
"""What it counts at the least if more than that stands aside: a list that is in part a menu is no good list."""
_HARD_TO_READ = 20
"""The cost of selectors that nobody wants to read."""


def navigation(facts: ListFacts) -> Finding | None:
    """Find that it stands in navigation: what the page marks as menu, header or footer."""
    share = _share_standing(facts, in_navigation)
    return (-_mixed(share), f"{percent(share)} of it stands in navigation, header or footer.") if share else None


def aside(facts: ListFacts) -> Finding | None:
    """Find that it stands in an `<aside>`."""
    share = _share_standing(facts, in_aside)
    return (-_mixed(share), f"{percent(share)} of it stands in an aside.") if share else None


def main(facts: ListFacts) -> Finding | None:
    """Find that it stands in `<main>` or in an `<article>`."""
    share = _share_standing(facts, in_main)
    return (share, "It stands in the page's main part.") if share else None


def named_aside(facts: ListFacts) -> Finding | None:
    """Find that a class, an id or a heading around it names a menu, a sidebar, "Most read"."""
    name, share = _most_called(facts, aside_name)
    return (-_mixed(share), f'It stands in what the page calls "{name}".') if name else None


def named_list(facts: ListFacts) -> Finding | None:
    """Find that a class or an id around it names a list of articles."""
    name, share = _most_called(facts, list_name)
    return (share, f'It stands in what the page calls "{name}".') if name else None


def text_share(facts: ListFacts) -> Finding | None:
    """Find how much of the page's words it holds."""
    share = min(1.0, facts.place.text_share)
    return (math.sqrt(share), f"It holds {percent(share)} of the page's words.") if share else None


def readable(facts: ListFacts) -> Finding:
    """Find how hard its selectors are to read."""
    return -min(1.0, facts.place.cost / _HARD_TO_READ), "Its selectors are long."


def boxes(facts: ListFacts) -> Finding | None:
    """Find that its cards hold several stories each: the stories are the items, not the boxes that they stand in."""
    return (
        (-facts.place.boxes, f"{percent(facts.place.boxes)} of it are boxes of several stories.")
        if facts.place.boxes
        else None
    )


def _mixed(share: float) -> float:
    return max(share, _SOME) if share > _STRAYS else 0.0


def _share_standing(facts: ListFacts, stands: Callable[[Element], bool]) -> float:
    return sum(map(stands, facts.place.starts)) / max(len(facts.place.starts), 1)


def _most_called(facts: ListFacts, namer: Callable[[Element], str | None]) -> tuple[str | None, float]:
    """Return the commonest name that `namer` finds for the items, and the share of items that have any."""
    named = [name for name in map(namer, facts.place.starts) if name]
    return (Counter(named).most_common(1)[0][0], len(named) / len(facts.place.starts)) if named else (None, 0.0)
