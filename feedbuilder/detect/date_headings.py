"""Headings that part a list by year, month or day, and so say what the dates of its items leave out.

A day belongs to what follows it, in the list's own container, and each such heading has items before the next one. Owns
what tells them from a menu of days, from today's date in the head of the page and from the dates of other cards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import islice, pairwise

from feedbuilder.detect.choose_fields import Fields, RecordTable, numbers_of_days
from feedbuilder.detect.class_names import common_tokens, type_selector
from feedbuilder.detect.outline import HEADINGS, Element, Outline
from feedbuilder.detect.records import Records
from feedbuilder.detect.selector_names import best_name, common_ancestor
from feedbuilder.parse.dates.bare_dates import Span, heading_span

_ONLY_A_FEW_WITHOUT = 0.7
"""The share of items that must stand under such a heading."""
_NEARLY_ALL = 0.9
"""The share of headings that must have items of their own: a day without news may be named too."""
_FEWEST_DAYS = 2
"""One day over a whole list may be today's."""


def group_rules(outline: Outline, records: Records, sheet: RecordTable, fields: Fields) -> dict[str, object]:
    """Return the rules that complete the dates of `records`: `group`, and `date` if days are mere numbers; or none."""
    if fields.dated >= 0.5 and fields.yearless < 0.5:
        return {}
    headings = _headings(outline, records)
    if not headings:
        return {}
    kinds = {heading_span(heading.text) for heading in headings}
    days = numbers_of_days(sheet) if fields.dated < 0.5 and kinds == {Span.MONTH} else None
    if fields.dated < 0.5 and kinds not in ({Span.DAY}, {Span.WEEKDAY}) and days is None:
        return {}
    css, fit = _named(outline, headings, records)
    if not css or fit < 0.9:
        # Times whose day stands in a heading that cannot be named are of no day.
        return {"date": None} if kinds & {Span.DAY, Span.WEEKDAY} and 0 < fields.dated < 0.5 else {}
    return {"group": css, "date": days} if days else {"group": css}


def _named(outline: Outline, headings: Sequence[Element], records: Records) -> tuple[str, float]:
    """Return the best selector of `headings`, and its fit.

    Rows of days among rows of stories are made alike, and hold no link: "tr:not(:has(a))". Nothing but their place then
    says that they are headings, so the first one must stand over the first record.
    """
    css, fit = best_name(headings, common_tokens(headings), lambda css: fit_of_headings(outline, headings, css))
    if headings[0].order > min(start.order for start in records.starts):
        return css, fit
    linkless = f"{type_selector(headings[0].tag)}:not(:has(a))"
    return max((css, fit), (linkless, fit_of_headings(outline, headings, linkless)), key=lambda one: one[1])


def _headings(outline: Outline, records: Records) -> list[Element]:
    """Return the elements between the records that name a year, a month or a day; of one kind."""
    around = common_ancestor(records.starts)
    if around is None:
        return []
    inside = {one.order for parts in records.parts for part in parts for one in part.down()}
    above = {up.order for start in records.starts for up in start.up()}
    last = max(start.order for start in records.starts)
    linked: dict[int, int] = {}
    by_tag: defaultdict[str, list[Element]] = defaultdict(list)
    for one in outline.elements[around.order : last]:
        if one.order in inside or one.order in above or heading_span(one.text) is None:
            continue
        if not _is_of_another_card(one, above, outline, linked):
            by_tag[one.tag].append(one)
    fitting = [found for found in by_tag.values() if _date_what_follows(found, records)]
    # Of a heading and what stands within it, the heading; of others the outer one, which comes first.
    return max(fitting, key=lambda found: (found[0].tag in HEADINGS, -found[0].order), default=[])


def _is_of_another_card(heading: Element, above: set[int], outline: Outline, linked: dict[int, int]) -> bool:
    """Return whether `heading` stands in an element of its own that holds links, but no records.

    `linked` remembers how many children with links an element has, for many headings stand in the same.
    """
    path = heading
    for up in islice(heading.up(), 1, None):
        if up.order in above:
            return False
        if up.order not in linked:
            linked[up.order] = sum(child.order in outline.linked for child in up.children)
        if linked[up.order] > (path.order in outline.linked):
            return True
        path = up
    return False


def _date_what_follows(headings: Sequence[Element], records: Records) -> bool:
    """Return whether records stand between each of `headings` and the next, and most records under one of them."""
    starts = [start.order for start in records.starts]
    orders = [one.order for one in headings]
    ends = [*orders[1:], max(starts) + 1]
    filled = sum(any(order < start < end for start in starts) for order, end in zip(orders, ends, strict=True))
    under = sum(start > orders[0] for start in starts)
    if filled < _NEARLY_ALL * len(headings) or under < _ONLY_A_FEW_WITHOUT * len(starts):
        return False
    if {heading_span(one.text) for one in headings} & {Span.DAY, Span.WEEKDAY}:
        texts = [one.text for one in headings]
        return len(headings) >= _FEWEST_DAYS and all(one != other for one, other in pairwise(texts))
    return True


def fit_of_headings(outline: Outline, headings: Sequence[Element], css: str) -> float:
    """Return how well `css` matches `headings`; what it matches besides must not stand between them."""
    wanted = {one.order for one in headings}
    found = [one.order for one in outline.select(css)]
    wrong = sum(order not in wanted and min(wanted) < order < max(wanted) for order in found)
    hits = sum(order in wanted for order in found)
    return 2 * hits / (hits + wrong + len(wanted)) if hits else 0.0
