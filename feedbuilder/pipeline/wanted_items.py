"""Which items of a list its source wants, by what they say. Pure.

Asked after the list as a whole was believed: what is usual for it, whether it is the right page, whether it has to be
found again is judged by all that stands there, and not by what somebody wants of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from feedbuilder.model import Item, Source
from feedbuilder.model.item_filter import Filterable, left_out_by
from feedbuilder.store.merge import UNKNOWN_ZONE
from feedbuilder.store.publication_dates import Dating, unless_in_future


@dataclass(frozen=True, slots=True)
class LeftOutItem:
    """An item that its source does not want."""

    item: Item
    reason: str
    """The part of the filter that leaves it out, as people write it."""


def is_choosy(source: Source) -> bool:
    """Return whether `source` asks anything of its items."""
    return bool(source.include.model_fields_set or source.exclude.model_fields_set)


def wanted(items: Sequence[Item], source: Source, now: datetime) -> tuple[Item, ...]:
    """Return those of `items` that `source` wants, in their order."""
    if not is_choosy(source):
        return tuple(items)
    return tuple(item for item in items if _reason(item, source, now) is None)


def left_out(items: Sequence[Item], source: Source, now: datetime) -> Iterator[LeftOutItem]:
    """Yield those of `items` that `source` does not want, and why."""
    for item in items if is_choosy(source) else ():
        if reason := _reason(item, source, now):
            yield LeftOutItem(item, reason)


def why_nothing(items: Sequence[Item], source: Source, now: datetime) -> str | None:
    """Return for people that `source` wants none of the `items` of its list, None if it wants one or there are none."""
    reasons = [one.reason for one in left_out(items, source, now)]
    if not reasons or len(reasons) < len(items):
        return None
    return f"include and exclude leave out all {len(items)} articles of the list; the first is left out by {reasons[0]}"


def _reason(item: Item, source: Source, now: datetime) -> str | None:
    # As feeds will have it: a day without a time is no moment of its own, and what lies in the future says nothing.
    zone = source.timezone or UNKNOWN_ZONE
    published, _ = Dating(zone).date(unless_in_future(item.published, now), now)
    return left_out_by(source.include, source.exclude, Filterable.of_item(item, published, now, zone))
