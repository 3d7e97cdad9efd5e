"""A list that says what it said when all of it stood: nothing of it is looked up, and none of its items is told.

Owns when a list may be known again as a whole. What makes two lists the same, whatever the moment, is
`extract.steady_list`'s; that nothing is known of its items now but what was known then, the store says, as of each that
stands (`standing_items`).

A page that is byte for byte the one before is not even read: as good as a 304, for sites that send no validators. Nor
is one, for some polls in a row, on which nothing moved but what was seen to move while its list said the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from feedbuilder.extract.still_page import StillPage
from feedbuilder.heal import is_strange
from feedbuilder.model import AskedOfList, Outcome, Page, Run
from feedbuilder.pipeline.further_pages import goes_on
from feedbuilder.pipeline.ongoing_poll import OngoingPoll
from feedbuilder.pipeline.page_mark import PageMark
from feedbuilder.pipeline.ports import Tools, Transaction
from feedbuilder.pipeline.second_look import Listed
from feedbuilder.pipeline.site_icon import icons_to_ask_for
from feedbuilder.pipeline.standing_items import own_version
from feedbuilder.pipeline.telling import record
from feedbuilder.pipeline.wanted_items import is_choosy


def known_as(reading: OngoingPoll, page: Page, count: int) -> tuple[str | None, str | None]:
    """Return by what the list of `page`, so many items that all stand, is known again, and by what the page is.

    Another release of the program knows no list by it.
    """
    listed_as, before = f"{reading.mark_of_list} {count} {own_version()}", PageMark.read(reading.state.page_as)
    return listed_as, before.after_read(page, is_same_list=listed_as == reading.state.listed_as).text


@dataclass(frozen=True, slots=True)
class StoodList:
    """A list all of which stood at the last reading."""

    reading: OngoingPoll
    mark: str
    """See `FamiliarList`."""
    count: int
    """How many items it has."""
    page: PageMark
    """Of the page that listed it."""

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
        if reading.state.last_success is None or reading.started < reading.state.last_success:
            return None  # its dates are the same at any later moment
        if is_choosy(source) or goes_on(source) or reading.is_look_due(reading.started):
            return None
        return cls(reading, mark, int(count), PageMark.read(reading.state.page_as))

    def same_page(self, page: Page, tools: Tools) -> Run | None:
        """Remember that `page` is the one before but for what always moves; None, and nothing, if it is to be read."""
        mark = self.page.after(page)
        is_same = mark.is_same_page(self.page)
        if is_same and not mark.unread:
            return self._remember(page, mark, None, tools)
        if not mark.may_be_unread or not (is_same or self._is_still(page)):
            return None
        return self._remember(page, replace(mark, unread=(mark.unread or 0) + 1), None, tools)

    def _is_still(self, page: Page) -> bool:
        still = StillPage.unpacked(self.reading.memory.still)
        return still is not None and still.is_shown_by(page)

    @property
    def asked(self) -> AskedOfList:
        """Return what is asked of its page if that is read."""
        learnt = (self.reading.memory.still or b"") if self.page.is_worth_learning else None
        return AskedOfList(self.mark, still=learnt)

    def same_list(self, page: Page, listed: Listed, tools: Tools) -> Run | None:
        """Remember that `page` lists what it did; None, and nothing is remembered, where more is to be looked at."""
        looks, usual = listed.as_before, self.reading.memory.profile
        if looks is None or usual is None or not looks.titles or is_strange(looks, usual):
            return None  # titles that are missing are looked for elsewhere
        mark = self.page.after_read(page, is_same_list=True)
        if listed.still is not None:
            learnt = StillPage.unpacked(listed.still)
            mark = replace(mark, unread=0 if learnt is not None and learnt.kinds else None)
        return self._remember(page, mark, listed, tools)

    def _remember(self, page: Page, mark: PageMark, listed: Listed | None, tools: Tools) -> Run | None:
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
            record(memory, run, reading.state, replace(after, page_as=mark.text), tools.patience)
            if listed is not None:
                self._remember_list(listed, run, memory)
        return replace(run, icons=icons_to_ask_for(page, source, tools))

    def _remember_list(self, listed: Listed, run: Run, memory: Transaction) -> None:
        """Remember what the list looks like that was read, and what was learnt with it."""
        reading, known, source = self.reading, self.reading.memory, self.reading.source
        if listed.cards is not None:
            memory.keep_cards(source.id, listed.cards)
        usual = reading.usual_after(listed.as_before, known.names, run) if listed.as_before else known
        if listed.still is not None:
            usual = replace(usual, still=listed.still)
        if usual != known:
            memory.remember_list(source.id, usual)
