"""Reading a page whose changes are watched: what is remembered of it, and the entry that a change becomes.

Owns the order of these steps; what a change is, is decided in `feedbuilder.watch`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from feedbuilder.model import (
    ArticleStatement,
    ArticleVisit,
    ExtractError,
    Outcome,
    Page,
    Precision,
    Run,
    Source,
    SourceState,
    Watched,
)
from feedbuilder.pipeline.foreign_page import leads_away
from feedbuilder.pipeline.ports import Tools, Transaction
from feedbuilder.pipeline.telling import record
from feedbuilder.store import complete, merge


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
    with tools.store.transaction() as memory:
        new = _added(seen, source, memory, now)
        memory.remember_edition(source.id, seen.edition)
        outcome = Outcome.NEW if new else Outcome.UNCHANGED
        run = Run(source.id, started, now, outcome, found=1, new=new, status=page.status, note=seen.note)
        record(memory, run, state, after(run), tools.patience)
    return run


def _added(seen: Watched, source: Source, memory: Transaction, now: datetime) -> int:
    """Make an entry of what was `seen`; return how many there are. What was told before is listed no more."""
    changes = merge(() if seen.item is None else [seen.item], {}, source, now, memory.backlog(source.id))
    memory.apply(changes)
    for change in changes.changes:
        known = memory.known_item(change.identity.id)
        said = ArticleStatement(content_html=seen.content_html)
        completion = complete(known, said, None, source, now) if known else None
        if completion is not None:
            memory.complete(_as_if_visited(change.identity.id, seen, source, now), completion, now)
    return len(changes.changes)


def _as_if_visited(item: str, seen: Watched, source: Source, now: datetime) -> ArticleVisit:
    """Return the visit by which the text of a change is kept: as that of an article whose page was read."""
    assert seen.item is not None
    return ArticleVisit(
        item=item,
        canonical=seen.item.canonical,
        source=source.id,
        link=seen.item.link,
        title=seen.item.title,
        summary=seen.item.summary,
        published=now,
        precision=Precision.SEEN,
        due=now,
    )
