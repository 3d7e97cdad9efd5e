"""The table of rules by which lists are compared. A rule has a name, a weight, and a test; no rule decides alone.

"navigation", "aside" and "named-aside" say what it costs a list to stand in a menu or a box beside the articles;
whether it does, `page_regions` decides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from feedbuilder.detect.list_facts import Finding, ListFacts
from feedbuilder.detect.rules import address_rules, item_rules, place_rules


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that lists of articles have, or lack."""

    name: str
    """Permanent, for it is stored with the reasons of a source (`Reason.name`)."""
    weight: float
    """The points that it adds at the most; found by hand on the open corpus."""
    test: Callable[[ListFacts], Finding | None]
    """Returns None where the rule has nothing to say."""
    early: bool = False
    """Whether it needs no items, and so tells before anything is read what a list promises."""


RULES = (
    Rule("count", 5.0, item_rules.many, early=True),
    Rule("dated", 4.0, item_rules.dated),
    Rule("new-to-old", 1.0, item_rules.new_to_old),
    Rule("halves", 6.0, item_rules.halves),
    Rule("titles-long", 4.0, item_rules.long_titles, early=True),
    Rule("titles-varied", 1.0, item_rules.varied_titles),
    Rule("titles-repeated", 6.0, item_rules.repeated_titles),
    Rule("headings", 2.5, item_rules.headed, early=True),
    Rule("summaries", 1.5, item_rules.summaries),
    Rule("pictures", 1.0, item_rules.pictures),
    Rule("navigation", 7.0, place_rules.navigation, early=True),
    Rule("aside", 4.0, place_rules.aside),
    Rule("named-aside", 3.0, place_rules.named_aside, early=True),
    Rule("named-list", 1.0, place_rules.named_list),
    Rule("main", 1.5, place_rules.main),
    Rule("addresses-alike", 1.5, address_rules.like_addresses),
    Rule("addresses-telling", 2.0, address_rules.telling_addresses),
    Rule("addresses-aside", 5.0, address_rules.side_addresses),
    Rule("addresses-upward", 3.0, address_rules.upward_addresses),
    Rule("text-share", 4.0, place_rules.text_share, early=True),
    Rule("boxes", 4.0, place_rules.boxes, early=True),
    Rule("readable", 1.0, place_rules.readable),
    Rule("data", 1.0, item_rules.from_data),
)
