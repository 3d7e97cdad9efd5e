"""Headings that part a list by year, month or day, and so say what the dates of its items leave out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from feedbuilder.detect.choose_fields import Fields, RecordTable, numbers_of_days
from feedbuilder.detect.class_names import common_tokens
from feedbuilder.detect.outline import Element, Outline
from feedbuilder.detect.records import Records
from feedbuilder.detect.selector_names import best_name, common_ancestor
from feedbuilder.parse.dates.bare_dates import Span, bare_date

_ONLY_A_FEW_WITHOUT = 0.7
"""The share of items that must stand under such a heading."""


def group_rules(outline: Outline, records: Records, sheet: RecordTable, fields: Fields) -> dict[str, object]:
    """Return the rules that complete the dates of `records`: `group`, and `date` if days are mere numbers; or none."""
    if fields.dated >= 0.5 and fields.yearless < 0.5:
        return {}
    headings = _headings(outline, records)
    if not headings:
        return {}
    kinds = {bare_date(heading.text) for heading in headings}
    days = numbers_of_days(sheet) if fields.dated < 0.5 and kinds == {Span.MONTH} else None
    if fields.dated < 0.5 and kinds != {Span.DAY} and days is None:
        return {}
    css, fit = best_name(headings, common_tokens(headings), lambda css: _fit(outline, headings, css))
    if not css or fit < 0.9:
        return {}
    return {"group": css, "date": days} if days else {"group": css}


def _headings(outline: Outline, records: Records) -> list[Element]:
    """Return the elements before and between the records that name a year, a month or a day; of one kind."""
    around = common_ancestor(records.starts)
    if around is None:
        return []
    inside = {one.order for parts in records.parts for part in parts for one in part.down()}
    above = {up.order for start in records.starts for up in start.up()}
    last = max(start.order for start in records.starts)
    first = around.parent if around.parent is not None else around
    found = [
        one
        for one in outline.elements[first.order : last]
        if one.order not in inside and one.order not in above and bare_date(one.text) is not None
    ]
    # Of a heading and what stands within it, the outer one.
    orders = {one.order for one in found}
    found = [one for one in found if one.parent is None or one.parent.order not in orders]
    if not found:
        return []
    tag = Counter(one.tag for one in found).most_common(1)[0][0]
    found = [one for one in found if one.tag == tag]
    under = sum(start.order > found[0].order for start in records.starts)
    return found if under >= _ONLY_A_FEW_WITHOUT * len(records.starts) else []


def _fit(outline: Outline, headings: Sequence[Element], css: str) -> float:
    """Return how well `css` matches `headings`; what it matches besides must not stand between them."""
    wanted = {one.order for one in headings}
    found = [one.order for one in outline.select(css)]
    wrong = sum(order not in wanted and min(wanted) < order < max(wanted) for order in found)
    hits = sum(order in wanted for order in found)
    return 2 * hits / (hits + wrong + len(wanted)) if hits else 0.0
