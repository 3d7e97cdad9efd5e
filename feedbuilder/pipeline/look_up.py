"""What a page lists, beside what is known of it: which of its items need be looked up at all, and what is believed.

Owns when the short way is not taken: where something was lost or is doubted, all of the page is looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from feedbuilder.model import Backlog, Item, Source
from feedbuilder.pipeline.guessed_titles import without_guess
from feedbuilder.pipeline.known_stories import known_stories
from feedbuilder.pipeline.ports import Transaction
from feedbuilder.pipeline.recognise import Recognition
from feedbuilder.pipeline.standing_items import standing_among
from feedbuilder.pipeline.sudden_changes import Doubts, Weighed, weighed


@dataclass(frozen=True, slots=True)
class LookedUp:
    """A page beside what is known of its items."""

    found: Recognition
    believed: Weighed
    backlog: Backlog | None


def look_up(
    items: Sequence[Item], marks: Mapping[str, str], source: Source, doubts: Doubts, memory: Transaction, now: datetime
) -> LookedUp:
    """Return what is known and believed of `items`, which have these `marks`, after a reading that left `doubts`."""
    stood = memory.standing(source.id)  # first of all: it takes down whether there is a backlog
    backlog = memory.backlog(source.id)
    standing = {} if backlog or doubts else standing_among(items, marks, stood)
    found = known_stories(items, source, memory, now, standing)
    believed = _believed(found, source, doubts)
    if believed.doubts and found.standing:  # what is doubted is doubted of all that the page shows
        found = known_stories(items, source, memory, now)
        believed = _believed(found, source, doubts)
    return LookedUp(found, believed, backlog)


def _believed(found: Recognition, source: Source, doubts: Doubts) -> Weighed:
    items = tuple(without_guess(item, found.stories) for item in found.items)
    return weighed(items, found.stories, source.id, doubts, found.standing)
