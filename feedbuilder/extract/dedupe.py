"""One page may show an article twice: what the two say, together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from feedbuilder.model import Item, Precision, SaidDate
from feedbuilder.model.wording import fuller, tag_key, without_ellipsis


def merged(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return `items` with those of one canonical address made one, at the first one's place, numbered from 0.

    The whole title or summary beats one cut short, a moment beats a day, and what one leaves out the other fills in;
    where both say something different, the one higher up counts. Tags are united.
    """
    by_address: dict[str, Item] = {}
    for item in items:
        known = by_address.get(item.canonical)
        by_address[item.canonical] = _together(known, item) if known else item
    return tuple(replace(item, position=position) for position, item in enumerate(by_address.values()))


def _together(upper: Item, lower: Item) -> Item:
    tags = {tag_key(tag): tag for tag in (*lower.tags, *upper.tags)}
    return replace(
        upper,
        title=_whole(upper.title, lower.title),
        summary=_whole(upper.summary, lower.summary),
        published=_exact(upper.published, lower.published),
        authors=upper.authors or lower.authors,
        image=upper.image or lower.image,
        enclosures=upper.enclosures or lower.enclosures,
        tags=tuple(dict.fromkeys(tags[tag_key(tag)] for tag in (*upper.tags, *lower.tags))),
    )


def _whole(upper: str | None, lower: str | None) -> str | None:
    best = fuller(upper, lower)
    if best is not None and lower is not None and without_ellipsis(best) != best and without_ellipsis(lower) == lower:
        return lower
    return best


def _exact(upper: SaidDate | None, lower: SaidDate | None) -> SaidDate | None:
    if upper is None or lower is None:
        return upper or lower
    return lower if upper.precision is Precision.DAY and lower.precision is Precision.INSTANT else upper
