"""The rows about the lists of sources: what is usual, what is strange, how they were found again.

Owns the table `list_memories`. Decides nothing about what is strange; that is `feedbuilder.heal`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, null, select

from feedbuilder.model import Gap, KnownNames, ListMemory, ListProfile, Repair
from feedbuilder.store.database import DialectTraits
from feedbuilder.store.one_of import one_of
from feedbuilder.store.tables import list_memories
from feedbuilder.store.upsert import put

COLUMNS = tuple(column for column in list_memories.columns if column is not list_memories.c.source)
_MEMORY = select(list_memories).where(list_memories.c.source == bindparam("of"))
_LOOKS: Select[Any] = select(
    *(column for column in list_memories.columns if column.name != "still"), null().label("still")
)
"""Without what is asked of one list at a time, for it is long."""
_LOOKS_OF = _LOOKS.where(one_of(list_memories.c.source, "of"))


def memory_of(connection: Connection, source: str) -> ListMemory:
    """Return what is remembered of the list of `source`; an empty memory if nothing is."""
    row = connection.execute(_MEMORY, {"of": source}).one_or_none()
    return ListMemory() if row is None else memory_in(row)


def memories(connection: Connection, of: Collection[str] | None) -> dict[str, ListMemory]:
    """Return what is remembered of the lists `of` these sources, of all for None; not what their pages are known by."""
    found = connection.execute(_LOOKS) if of is None else connection.execute(_LOOKS_OF, {"of": of})
    return {row.source: memory_in(row) for row in found}


def remember(connection: Connection, dialect: DialectTraits, source: str, memory: ListMemory) -> None:
    """Remember `memory` of the list of `source` in place of what was remembered before."""
    row = {
        "source": source,
        "settings": memory.settings,
        "profile": memory.profile and memory.profile.as_json(),
        "strange": dict(memory.strange),
        "repair": memory.repair and memory.repair.as_json(),
        "names": memory.names and memory.names.as_json(),
        "gap_since": memory.gap and memory.gap.since,
        "gap_tries": memory.gap and memory.gap.tries,
        "gap_behind": memory.gap and memory.gap.behind,
        "still": memory.still,
    }
    put(connection, dialect, list_memories, [row])


def memory_in(row: Row[Any]) -> ListMemory:
    """Return the memory in a row that holds `COLUMNS`."""
    try:
        repair = Repair.from_json(row.repair) if row.repair else None
    except (ValueError, KeyError):  # of a version with other selectors: they are learnt again where they are needed
        repair = None
    profile = ListProfile.from_json(row.profile) if row.profile else None
    names = KnownNames.from_json(row.names) if row.names else None
    gap = Gap(row.gap_since, row.gap_tries, row.gap_behind) if row.gap_tries else None
    return ListMemory(row.settings, profile, row.strange, repair, names, gap, row.still)
