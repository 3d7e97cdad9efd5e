"""A source as its list is read now: by its own selectors, or by those that were learnt after its page had changed."""

from __future__ import annotations

from feedbuilder.extract import settings_mark
from feedbuilder.model import Heal, ListMemory, Repair, RepairState, Source
from feedbuilder.pipeline.ports import Store


def memory_of(store: Store, source: Source) -> ListMemory:
    """Return what is remembered of the list of `source`, as far as it holds under its settings of now."""
    return as_it_holds(store.list_memory(source.id), source)


def as_it_holds(memory: ListMemory, source: Source) -> ListMemory:
    """Return `memory` of the list of `source`; an empty one if it is that of other settings.

    Pages that could not be read hold what they do whatever reads them.
    """
    mark = settings_mark(source)
    return memory if memory.settings == mark else ListMemory(mark, gap=memory.gap)


def as_read(source: Source, memory: ListMemory) -> Source:
    """Return `source` as its list is read now: by learnt selectors, where there are any in use."""
    repair = memory.repair if source.heal is not Heal.OFF else None
    return read_by(source, repair) if repair is not None and repair.state is RepairState.ACTIVE else source


def read_by(source: Source, repair: Repair) -> Source:
    """Return `source` with the learnt selectors in place of its own.

    What is not learnt, where the texts stand and what does not belong, is still looked for as it is configured.
    """
    own, learnt = source.selectors, repair.selectors
    if own.place is None and learnt.place is None:
        learnt = learnt.model_copy(update={"content": learnt.content or own.content, "remove": own.remove})
    return source.model_copy(update={"selectors": learnt, **repair.settings})
