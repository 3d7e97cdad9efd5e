"""Remembering how a run went together with what people are to hear of it: neither is there without the other."""

from __future__ import annotations

from feedbuilder.health import weigh
from feedbuilder.model import Run, SourceState
from feedbuilder.pipeline.ports import Transaction


def record(memory: Transaction, run: Run, before: SourceState, after: SourceState) -> None:
    """Remember `run` and the state `after` it, with the events that it makes."""
    state, events = weigh(run, before, after)
    memory.record(run, state)
    if events:
        memory.tell(events)
