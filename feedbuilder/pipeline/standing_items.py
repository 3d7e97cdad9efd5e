"""Items that a list shows word for word as before, when that changed nothing: they go no further than here. Pure.

Owns what makes an item the same as before, and when one may be left aside the next time: when merging it has just been
seen to change nothing, or to change nothing once more where it is new, and nothing about it depends on the moment. That
nothing is known of it now but what was known then, the store says: it forgets the mark of an item with the first change
of anything that is known of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib import resources

from feedbuilder.model import Change, Changes, Item, Known, Precision, SaidDate, Source, Standing
from feedbuilder.model.future_dates import is_in_future
from feedbuilder.model.program_version import version_of
from feedbuilder.pipeline.sudden_changes import ROUNDED_DAYS, has_not_changed
from feedbuilder.store import leaves_as_it_was, merge
from feedbuilder.store.merge import ROUNDED_HOURS

_ROOMS = ("pipeline", "store")
"""The rooms that decide what becomes of what was read; those that read are part of the source's fingerprint."""


def marks_of(items: Iterable[Item], fingerprint: str) -> dict[str, str]:
    """Return by canonical address what each item is known again by as long as its list says the same of it.

    `fingerprint` is that of the source as it was read. The moment of an item's date is left out, for what says "3 hours
    ago" names another at every reading; see `standing_among`.
    """
    key = f"{own_version()} {fingerprint}"
    return {item.canonical: _mark(item, key) for item in items if not item.title_guessed}


def standing_among(items: Iterable[Item], marks: Mapping[str, str], known: Mapping[str, Standing]) -> dict[str, str]:
    """Return those of `items` that stand, the id of each by its canonical address. `known` are those that may."""
    found = {}
    for item in items:
        before = known.get(marks.get(item.canonical, ""))
        if before is not None and _is_dated_alike(item.published, before.dated):
            found[item.canonical] = before.item
    return found


def will_stand(
    items: Sequence[Item], changes: Changes, stories: Mapping[str, Known], marks: Mapping[str, str], source: Source
) -> dict[str, str]:
    """Return the marks of the items that may stand from now on, by their ids.

    `items` are the page's, under the addresses that stood there, `changes` what became of them, and `stories` what was
    known of them before. Of new ones it is tried what would change if `source` showed them once more.
    """
    shown = {item.canonical: item for item in items if item.canonical in marks}
    new = {
        one.identity.canonical: Known(one.identity, one.item, (one.statement,))
        for one in changes.new
        if one.identity.canonical in shown
    }
    again = merge([shown[canonical] for canonical in new], new, source, changes.now) if new else changes
    pairs = [(change, stories.get(change.identity.canonical)) for change in changes.changes if not change.is_new]
    pairs += [(change, new.get(change.identity.canonical)) for change in again.changes if new]
    return {
        change.identity.id: marks[item.canonical]
        for change, story in pairs
        if story is not None
        and (item := shown.get(change.identity.canonical)) is not None
        and _changes_nothing(item, change, story, changes.now)
    }


def _changes_nothing(item: Item, change: Change, story: Known, now: datetime) -> bool:
    """Return whether an item changed nothing, and will not, at whatever moment it is shown so again."""
    said, statement = item.published, change.statement
    if not leaves_as_it_was(change, story) or not has_not_changed(item, story, statement):
        return False
    if said is None:
        return True
    if is_in_future(said.at, now):
        return False
    if said.precision is not Precision.INSTANT:
        return True
    # Within an hour of that moment nothing changes either, and that is still not far from the date of the entry.
    return (
        statement.dated is not None and abs(statement.dated - story.identity.published) + ROUNDED_HOURS <= ROUNDED_DAYS
    )


def _is_dated_alike(said: SaidDate | None, before: datetime | None) -> bool:
    if said is None or said.precision is not Precision.INSTANT:
        return True
    return before is not None and abs(said.at - before) <= ROUNDED_HOURS


def _mark(item: Item, key: str) -> str:
    said = item.published
    date = said and (said.precision.value, None if said.precision is Precision.INSTANT else said.at.isoformat())
    texts = (item.canonical, item.link, item.title, item.summary, item.image, date)
    written = repr((key, texts, item.authors, item.tags, item.enclosures, item.content_html))
    return hashlib.blake2b(written.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@cache
def own_version() -> str:
    """Return a hash of the program, as far as it decides what becomes of items that were read."""
    return version_of(resources.files("feedbuilder"), _ROOMS, {}, (".py", ".pyc"))
