"""What a reading would make of a page, by what is remembered of the list: for commands that change nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from feedbuilder.config import Config
from feedbuilder.heal import KnownList
from feedbuilder.model import KeptKind, KeptPage, ListMemory, Page, Source
from feedbuilder.parse.kept_copy import unpacked
from feedbuilder.pipeline.learnt_selectors import as_read, memory_of
from feedbuilder.pipeline.local_reader import LocalReader
from feedbuilder.pipeline.second_look import Listed, SecondLook, known_list, look_again, needs_second_look, read_list
from feedbuilder.store import is_there, open_store


@dataclass(frozen=True, slots=True)
class RememberedList:
    """What is remembered of the list of a source: what a reading is held against before it is published."""

    memory: ListMemory
    known: KnownList
    landed: str | None
    kept: Mapping[KeptKind, KeptPage] = field(default_factory=dict)
    """The pages that were kept to be looked into."""

    def page(self, kind: KeptKind) -> Page | None:
        """Return the page that was kept because it was read well, or was not; None where none is."""
        copy = self.kept.get(kind)
        if copy is None:
            return None
        try:
            body, content_type = unpacked(copy.content)
        except ValueError:  # of another version, or damaged: the others are still worth a look
            return None
        return Page(copy.url, body, copy.fetched, content_type)

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
    if not is_there(config.store.place):
        return None
    with open_store(config.store.place) as store:
        state = store.state(source.id)
        landed = state.landed if state.last_success else None
        known, kept = known_list(store, source.id), store.kept_pages(source.id)
        return RememberedList(memory_of(store, source), known, landed, kept)
