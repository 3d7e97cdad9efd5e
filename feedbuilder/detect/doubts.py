"""What makes a list doubtful although it is the best of its page: a person should look before it is published.

A table like that of the rules; but these decide, where rules only add up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from feedbuilder.detect.list_facts import ListFacts, percent
from feedbuilder.detect.page_regions import in_navigation
from feedbuilder.detect.rules.address_rules import has_telling_address, side_addresses
from feedbuilder.detect.rules.item_rules import halves, middle_length
from feedbuilder.parse.boilerplate import is_boilerplate, is_pager_label

_AHEAD = 2.5
"""Points that a good list has beyond the least that any has."""
_MOSTLY = 0.5
_SOME = 0.3
_NAME = 18
"""Letters up to which the usual title is a name of something: a section, a person, a product."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A thing that speaks so strongly against a list that it must not be published unseen."""

    name: str
    test: Callable[[ListFacts, float], str | None]
    """Is handed the list and how many points it has beyond the least; returns the reason as a sentence, or None."""


def doubts_about(facts: ListFacts, ahead: float) -> tuple[str, ...]:
    """Return why the list is doubtful, as sentences; `ahead` is its score beyond the least that a list must have."""
    return tuple(text for doubt in DOUBTS if (text := doubt.test(facts, ahead)) is not None)


def _barely_ahead(facts: ListFacts, ahead: float) -> str | None:
    del facts
    return "Little speaks for it: navigation scores nearly as much." if ahead < _AHEAD else None


def _names_only(facts: ListFacts, ahead: float) -> str | None:
    del ahead
    if any(item.published is not None for item in facts.items) or middle_length(facts) >= _NAME:
        return None
    telling = facts.share(sum(has_telling_address(item.link) for item in facts.items))
    if telling >= _SOME:
        return None
    return (
        "Nothing shows that its entries are articles: they have no dates, their titles are as short as names, "
        "and no headline or number stands in their addresses."
    )


def _titles_alike(facts: ListFacts, ahead: float) -> str | None:
    del ahead
    titles = [title for title in facts.titles if title]
    alike = 1 - facts.share(len(set(titles)))
    if len(facts.titles) < 2 or alike < _MOSTLY:
        return None
    return f"{percent(alike)} of its titles are missing, or the same as another."


def _interface_words(facts: ListFacts, ahead: float) -> str | None:
    del ahead
    words = facts.share(sum(bool(one) and (is_boilerplate(one) or is_pager_label(one)) for one in facts.titles))
    return f'{percent(words)} of its titles are words such as "Read more", or numbers.' if words >= _MOSTLY else None


def _menu(facts: ListFacts, ahead: float) -> str | None:
    del ahead
    starts = facts.place.starts
    if starts and sum(map(in_navigation, starts)) >= _MOSTLY * len(starts):
        return "It stands in navigation, header or footer."
    return None


def _sections(facts: ListFacts, ahead: float) -> str | None:
    del ahead
    found = side_addresses(facts)
    return found[1] if found is not None and -found[0] >= _MOSTLY else None


def _halves(facts: ListFacts, ahead: float) -> str | None:
    del ahead
    found = halves(facts)
    return found[1] if found is not None else None


DOUBTS = (
    Doubt("barely-ahead", _barely_ahead),
    Doubt("names-only", _names_only),
    Doubt("titles-alike", _titles_alike),
    Doubt("interface-words", _interface_words),
    Doubt("navigation", _menu),
    Doubt("sections", _sections),
    Doubt("halves", _halves),
)
