"""A page's markup -> the selectors worth trying: groups of links, their records, names for both."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from pydantic import ValidationError

from feedbuilder.detect.boxes import holds_a_list, share_of_boxes
from feedbuilder.detect.card_kinds import completed, without_strangers
from feedbuilder.detect.choose_fields import RecordTable, fields
from feedbuilder.detect.date_headings import group_rules
from feedbuilder.detect.judge import promise
from feedbuilder.detect.link_groups import FEWEST, LABELS, groups
from feedbuilder.detect.list_facts import ListFacts, ListPlace, heading_share
from feedbuilder.detect.name_records import item_selector
from feedbuilder.detect.name_runs import run_selector
from feedbuilder.detect.outline import HEADINGS, Anchor, Element, Outline
from feedbuilder.detect.page_regions import aside_name, in_navigation
from feedbuilder.detect.records import Records, records
from feedbuilder.detect.text_features import looks_like_date, weight
from feedbuilder.model import Selectors
from feedbuilder.parse.boilerplate import is_boilerplate
from feedbuilder.parse.dates.bare_dates import bare_date

_LISTS = 8
"""Sets of articles that the page may be parted into; the others are clearly worse."""
_LONGEST_MOMENT = 24
_READING = 10
"""What a selector costs a reader, for a point of the outlook."""
_NEAR_THE_START = 40
"""Elements of a record in which its title is looked for where its link says nothing."""
_LONGEST_PART = 600
"""Letters of one element that count for the share of the page's words: whole articles in a list promise no more."""
_WAYS = 3
"""Ways to part the page into the same set that are looked at."""


@dataclass(frozen=True, slots=True)
class PossibleList:
    """A set of articles on the page, and the ways to part the page into just these."""

    ways: tuple[Records, ...]
    """The most promising first; at least one."""
    promise: float
    """Roughly how good the list is, before anything of it is read; of the first of the ways."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Selectors and what is known of what they give, before they are run."""

    selectors: Selectors
    records: Records
    place: ListPlace
    promise: float
    outlook: float
    """The promise and what the fields add to it; for comparing ways to part the same list."""


def possible_lists(outline: Outline, alike: Sequence[Sequence[Anchor]] | None = None) -> list[PossibleList]:
    """Return the sets of articles that the page's markup may list, the most promising first.

    `alike` are the groups of links that they may be made of; None: all that stand alike on the page.
    """
    ways: dict[object, tuple[float, Records]] = {}
    total = max(weight(outline.body.text), 1.0)
    for group in groups(outline) if alike is None else alike:
        for found in records(group):
            way = without_strangers(found)
            if len(way.starts) < FEWEST or _is_partly_aside(way) or _is_partly_box(outline, way):
                continue
            hope = _promise(outline, way, total)
            known = ways.get(way.key)
            if known is None or hope > known[0]:
                ways[way.key] = hope, way
    lists: defaultdict[frozenset[str], list[tuple[float, Records]]] = defaultdict(list)
    for hope, way in sorted(ways.values(), key=lambda one: -one[0]):
        lists[frozenset(anchor.canonical for anchor in way.anchors)].append((hope, way))
    return [PossibleList(tuple(way for _, way in same[:_WAYS]), same[0][0]) for same in list(lists.values())[:_LISTS]]


def propose(outline: Outline, possible: PossibleList) -> Proposal | None:
    """Return the selectors of the best of the `possible` ways, None if none of them can be named."""
    total = max(weight(outline.body.text), 1.0)
    proposals = [_propose(outline, way, _promise(outline, way, total), total) for way in possible.ways]
    able = [proposal for proposal in proposals if proposal is not None]
    return max(able, key=lambda one: one.outlook, default=None)


def _is_partly_aside(way: Records) -> bool:
    """Return whether cards of another make than the first stand aside: then they are no part of the list."""
    return any(in_navigation(start) or aside_name(start) for layout in way.layouts[1:] for start in layout)


def _is_partly_box(outline: Outline, way: Records) -> bool:
    """Return whether a single card of another make is a box that holds a list of its own."""
    alone = {layout[0].order for layout in way.layouts[1:] if len(layout) == 1}
    pairs = zip(way.starts, way.anchors, strict=True)
    return any(start.order in alone and holds_a_list(outline, start, anchor.canonical) for start, anchor in pairs)


def _promise(outline: Outline, way: Records, total: float) -> float:
    """Return roughly how good a list is: what can be seen without reading its fields."""
    titles = [_likely_title(anchor, parts) for anchor, parts in zip(way.anchors, way.parts, strict=True)]
    counts = Counter(titles)
    titles = ["" if counts[title] >= LABELS else title for title in titles]  # "Permalink" says nothing of its story
    return promise(ListFacts(outline, _place(outline, way, total, _LONGEST_PART), titles))


def _place(outline: Outline, way: Records, total: float, longest: float, cost: float = 0.0) -> ListPlace:
    """Return where `way` stands; of each element at most `longest` letters count for its share of all words."""
    words = sum(min(weight(part.text), longest) for parts in way.parts for part in parts)
    return ListPlace(way.starts, words / total, heading_share(way.parts), share_of_boxes(outline, way), cost)


def _likely_title(anchor: Anchor, parts: Sequence[Element]) -> str:
    """Return what the link says, in words or in an attribute, else the heading of its record; "" without a title."""
    texts = (anchor.element.text, *(anchor.element.attributes.get(name) or "" for name in ("title", "aria-label")))
    said = max(filter(_may_be_title, texts), key=weight, default="")
    if said or not any(part.headed for part in parts):
        return said
    near = islice((one for part in parts for one in part.down()), _NEAR_THE_START)
    first = next((one.text for one in near if one.tag in HEADINGS), "")
    return first if _may_be_title(first) else ""


def _may_be_title(text: str) -> bool:
    return not is_boilerplate(text) and not _is_moment(text) and bare_date(text) is None


def _is_moment(text: str) -> bool:
    """Return whether a link says when and not what: "3 hours ago" leads to comments, a date to the same article."""
    return len(text) <= _LONGEST_MOMENT and looks_like_date(text)


def _propose(outline: Outline, way: Records, hope: float, total: float) -> Proposal | None:
    css, cost = run_selector(outline, way) if way.between else item_selector(outline, way)
    if not css:
        return None
    sheet = RecordTable.of(outline, way)
    found = fields(sheet)
    try:
        rules = found.rules
        if len(way.layouts) > 1 and not way.between:
            rules = completed(rules, way, lambda part: fields(RecordTable.of(outline, part)).rules)
        rules |= group_rules(outline, way, sheet, found)
        selectors = Selectors.model_validate({"item": css, "between": way.between, **rules})
    except ValidationError:
        return None
    outlook = hope + 4 * found.dated + 1.5 * ("summary" in found.rules) - found.cost - cost / _READING
    return Proposal(selectors, way, _place(outline, way, total, math.inf, cost + found.cost), hope, outlook)
