"""What a reading would make of a page, by what is remembered of the list: for commands that change nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from feedbuilder.config import Config
from feedbuilder.heal import KnownList
from feedbuilder.model import ListMemory, Page, Source
from feedbuilder.pipeline.learnt_selectors import as_read, memory_of
from feedbuilder.pipeline.local_reader import LocalReader
from feedbuilder.pipeline.second_look import Listed, SecondLook, known_list, look_again, needs_second_look, read_list
from feedbuilder.store import open_store


@dataclass(frozen=True, slots=True)
class RememberedList:
    """What is remembered of the list of a source: what a reading is held against before it is published."""

    memory: ListMemory
    known: KnownList
    landed: str | None

    def hold_against(
        self, page: Page, source: Source, reader: LocalReader, now: datetime
    ) -> tuple[Listed, SecondLook | None]:
        """Return what `source` lists on `page`, and what a second look makes of that; None where it is as usual.

        Raises ExtractError for a page that cannot be read at all.
        """
        listed = read_list(reader, page, as_read(source, self.memory))
        count = len(self.known.matches(listed.items)) if self.known.stories else None
        if listed.error is None and not needs_second_look(listed, self.memory, source, count):
            return listed, None
        return listed, look_again(page, source, listed, self.known, self.memory, reader, now, self.landed)


def remembered_list(config: Config, source: Source) -> RememberedList | None:
    """Return what is remembered of the list of `source`; None where nothing was ever built."""
    if not config.store.path.exists():
        return None
    with open_store(config.store.path) as store:
        state = store.state(source.id)
        landed = state.landed if state.last_success else None
        return RememberedList(memory_of(store, source), known_list(store, source.id), landed)
