"""Reading a page whose changes are watched: what is remembered of it, and the entry that a change becomes.

Owns the order of these steps; what a change is, is decided in `feedbuilder.watch`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from feedbuilder.model import ExtractError, Outcome, Page, Run, Source, SourceState
from feedbuilder.pipeline.foreign_page import leads_away
from feedbuilder.pipeline.ports import Tools
from feedbuilder.pipeline.telling import record
from feedbuilder.pipeline.wanted_items import wanted
from feedbuilder.store import merge


def watch(
    page: Page,
    source: Source,
    state: SourceState,
    started: datetime,
    after: Callable[[Run], SourceState],
    tools: Tools,
) -> Run:
    """Remember what has changed on `page`, which `source` watches, and return the run; `after` makes its state of it.

    Raises ExtractError for a page that is not believed to be the one that is watched.
    """
    if state.landed is not None and leads_away(state.landed, page.url):
        raise ExtractError(
            f"{source.url} now leads to {page.url}, which is another page. Nothing is told of it. Open it in a "
            "browser; if the page has moved, put its new address into the source's url."
        )
    seen = tools.reader.watch(page, source, tools.store.edition(source.id))
    if seen.refused is not None:
        with tools.store.transaction() as memory:
            memory.remember_edition(source.id, seen.edition)
        raise ExtractError(seen.refused)
    now = tools.clock()
    told = wanted(() if seen.item is None else (seen.item,), source, now)
    with tools.store.transaction() as memory:
        # What was told before is listed no more; each change is another entry, never a known one that has moved.
        changes = merge(told, {}, source, now, memory.backlog(source.id))
        memory.apply(changes)
        memory.remember_edition(source.id, seen.edition)
        outcome = Outcome.NEW if told else Outcome.UNCHANGED
        run = Run(source.id, started, now, outcome, found=1, new=len(told), status=page.status, note=seen.note)
        record(memory, run, state, after(run), tools.patience)
    return run
