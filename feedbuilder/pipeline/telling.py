"""Remembering how a run went together with what people are to hear of it: neither is there without the other."""

from __future__ import annotations

from feedbuilder.health import weigh
from feedbuilder.model import Run, SourceState
from feedbuilder.pipeline.ports import Transaction


def record(memory: Transaction, run: Run, before: SourceState, after: SourceState, patience: int) -> None:
    """Remember `run` and the state `after` it, with the events that it makes; `patience` as in `health.weigh`."""
    state, events = weigh(run, before, after, patience)
    memory.record(run, state)
    if events:
        memory.tell(events)
