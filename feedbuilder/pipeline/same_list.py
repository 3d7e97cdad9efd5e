"""A list that says what it said when all of it stood: nothing of it is looked up, and none of its items is told.

Owns when a list may be known again as a whole. What makes two lists the same, whatever the moment, is
`extract.steady_list`'s; that nothing is known of its items now but what was known then, the store says, as of each that
stands (`standing_items`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from feedbuilder.heal import is_strange
from feedbuilder.model import ListProfile, Outcome, Page, Run
from feedbuilder.pipeline.further_pages import goes_on
from feedbuilder.pipeline.ongoing_poll import OngoingPoll
from feedbuilder.pipeline.ports import Tools
from feedbuilder.pipeline.same_page import is_same_page
from feedbuilder.pipeline.site_icon import icons_to_ask_for
from feedbuilder.pipeline.standing_items import own_version
from feedbuilder.pipeline.telling import record
from feedbuilder.pipeline.wanted_items import is_choosy


def kept_mark(mark: str | None, count: int) -> str | None:
    """Return as what the store keeps the `mark` of a list of so many items; another release knows no list by it."""
    return mark and f"{mark} {count} {own_version()}"


@dataclass(frozen=True, slots=True)
class StoodList:
    """A list all of which stood."""

    mark: str
    """See `FamiliarList`."""
    count: int
    """How many items it has."""

    @classmethod
    def of(cls, reading: OngoingPoll) -> Self | None:
        """Return the list that the page may show as before; None where more than its list is to be looked at.

        What a source does not want of a list depends on the moment, and its further pages are told by none of it.
        """
        source, memory = reading.source, reading.memory
        mark, _, rest = (reading.state.listed_as or "").partition(" ")
        count, _, version = rest.partition(" ")
        if version != own_version() or reading.state.doubts or memory.strange or memory.gap or memory.profile is None:
            return None
        if is_choosy(source) or goes_on(source) or reading.is_look_due(reading.started):
            return None
        return cls(mark, int(count))


def read_before(reading: OngoingPoll, page: Page, known: StoodList | None, tools: Tools) -> Run | None:
    """Return what `same_list` does if `page` is the one before, and need not be read; None if it is to be."""
    if known is None or reading.page_as is None or not is_same_page(reading.page_as, reading.state.page_as):
        return None
    return same_list(reading, page, known, None, tools)


def same_list(
    reading: OngoingPoll, page: Page, known: StoodList, looks: ListProfile | None, tools: Tools
) -> Run | None:
    """Remember that `page` lists what is `known`; None, and nothing is remembered, where more is to be looked at.

    The list `looks` so; None where the page is the one before, and was not read.
    """
    source, usual = reading.source, reading.memory.profile
    if looks is not None and (usual is None or not looks.titles or is_strange(looks, usual)):
        return None  # titles that are missing are looked for elsewhere
    with tools.store.transaction() as memory:
        if not memory.all_stand(source.id, known.count):
            return None
        missed = reading.state.warning  # what the list lacked it still lacks
        run = Run(
            source.id,
            reading.started,
            tools.clock(),
            Outcome.UNCHANGED,
            found=known.count,
            status=page.status,
            note=missed,
            response=reading.response,
        )
        after = reading.after(run, tools.chance(), page, {}, (missed,) if missed else ())
        record(memory, run, reading.state, replace(after, page_as=reading.page_as), tools.patience)
        if reading.cards is not None:
            memory.keep_cards(source.id, reading.cards)
        if looks is not None and (now := reading.usual_after(looks, reading.memory.names, run)) != reading.memory:
            memory.remember_list(source.id, now)
    return replace(run, icons=icons_to_ask_for(page, source, tools))
