"""A list that says what it said when all of it stood: nothing of it is looked up, and none of its items is told.

Owns when a list may be known again as a whole. What makes two lists the same, whatever the moment, is
`extract.steady_list`'s; that nothing is known of its items now but what was known then, the store says, as of each that
stands (`standing_items`).

A page that is byte for byte the one before is not even read: as good as a 304, for sites that send no validators.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Self

from feedbuilder.heal import is_strange
from feedbuilder.model import ListProfile, Outcome, Page, Run
from feedbuilder.pipeline.further_pages import goes_on
from feedbuilder.pipeline.ongoing_poll import OngoingPoll
from feedbuilder.pipeline.ports import Tools
from feedbuilder.pipeline.second_look import Listed
from feedbuilder.pipeline.site_icon import icons_to_ask_for
from feedbuilder.pipeline.standing_items import own_version
from feedbuilder.pipeline.telling import record
from feedbuilder.pipeline.wanted_items import is_choosy

_EVERY = 97
"""A sample of a page is one byte of so many: a prime, for what repeats on a page does so after round numbers."""


def kept_mark(mark: str | None, count: int) -> str | None:
    """Return as what the store keeps the `mark` of a list of so many items; another release knows no list by it."""
    return mark and f"{mark} {count} {own_version()}"


@dataclass(frozen=True, slots=True)
class StoodList:
    """A list all of which stood at the last reading."""

    reading: OngoingPoll
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
        return cls(reading, mark, int(count))

    def same_page(self, page: Page, tools: Tools) -> Run | None:
        """Remember that `page` is the one before, to the last byte; None, and nothing is, if it is to be read."""
        before = self.reading.state.page_as
        mark = page_mark(page, before)
        return self._remember(page, mark, None, None, tools) if is_same_page(mark, before) else None

    def same_list(self, page: Page, listed: Listed, tools: Tools) -> Run | None:
        """Remember that `page` lists what it did; None, and nothing is remembered, where more is to be looked at."""
        looks, usual = listed.as_before, self.reading.memory.profile
        if looks is None or usual is None or not looks.titles or is_strange(looks, usual):
            return None  # titles that are missing are looked for elsewhere
        return self._remember(page, page_mark(page, self.reading.state.page_as), looks, listed.cards, tools)

    def _remember(
        self, page: Page, page_as: str, looks: ListProfile | None, cards: bytes | None, tools: Tools
    ) -> Run | None:
        reading, source = self.reading, self.reading.source
        with tools.store.transaction() as memory:
            if not memory.all_stand(source.id, self.count):
                return None
            missed = reading.state.warning  # what the list lacked it still lacks
            run = Run(
                source.id,
                reading.started,
                tools.clock(),
                Outcome.UNCHANGED,
                found=self.count,
                status=page.status,
                note=missed,
                response=reading.response,
            )
            after = reading.after(run, tools.chance(), page, {}, (missed,) if missed else ())
            record(memory, run, reading.state, replace(after, page_as=page_as), tools.patience)
            if cards is not None:
                memory.keep_cards(source.id, cards)
            if looks is not None and (usual := reading.usual_after(looks, reading.memory.names, run)) != reading.memory:
                memory.remember_list(source.id, usual)
        return replace(run, icons=icons_to_ask_for(page, source, tools))


def page_mark(page: Page, before: str | None) -> str:
    """Return what `page` is known by after one that was known by `before`: its sample, and all of it if that was so."""
    about = f"{page.url}\0{page.content_type}\0{len(page.body)}\0".encode("utf-8", "surrogatepass")
    sample = _digest(about + page.body[::_EVERY])
    return f"{sample} {_digest(page.body)}" if (before or "").startswith(sample) else sample


def is_same_page(mark: str, before: str | None) -> bool:
    """Return whether a page with this `mark` is the one that was known by `before`, to the last byte."""
    return mark == before and " " in mark


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()
