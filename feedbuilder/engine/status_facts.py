"""What the page about sources and feeds says, asked of the store. Owns what of it is asked how often."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

import structlog

from feedbuilder import __version__
from feedbuilder.config import Config
from feedbuilder.extract import settings_mark
from feedbuilder.feeds import DAYS, FeedSummary, SourceReport, render_status_page
from feedbuilder.health import standing
from feedbuilder.model import FeedbuilderError, FeedFile, ListMemory, PrintedFeed, RepairState, SourceState, formats
from feedbuilder.store import SqlStore

log = structlog.get_logger("feedbuilder")

COUNT_EVERY = timedelta(minutes=1)
"""How often items are counted at most: a chart of days has time, and the page is written every few seconds."""


class StatusFacts:
    """Makes status.html of one installation under one configuration. For one thread at a time."""

    def __init__(self, config: Config, store: SqlStore) -> None:
        self._config = config
        self._store = store
        self._news: Mapping[str, tuple[int, ...]] = {}
        self._counted: datetime | None = None

    def page(
        self, feeds: Sequence[FeedSummary], printed: Mapping[str, PrintedFeed], now: datetime
    ) -> Sequence[FeedFile]:
        """Return status.html; nothing where a bug came in between, which costs this page alone. Raises StoreError."""
        states, memories = self._store.states(), self._store.list_memories()
        if self._counted is None or not self._counted <= now < self._counted + COUNT_EVERY:
            self._news, self._counted = self._store.news_per_day(now, DAYS), now
        try:
            reports = self._reports(states, memories)
            return (render_status_page(self._config.site, now, reports, feeds, _sizes(printed), __version__),)
        except FeedbuilderError:
            raise
        except Exception:
            log.exception("a bug, please report it: status.html not written")
            return ()

    def _reports(self, states: Mapping[str, SourceState], memories: Mapping[str, ListMemory]) -> Iterator[SourceReport]:
        for source in self._config.sources:
            memory = memories.get(source.id)
            if memory is not None and memory.settings != settings_mark(source):
                memory = None
            repair = memory.repair if memory else None
            state = states.get(source.id) or SourceState(source.id)
            yield SourceReport(
                source,
                state,
                self._news.get(source.id) or (0,) * DAYS,
                tuple(name.replace("-", " ") for name in sorted(memory.strange)) if memory else (),
                standing(state),
                repair.learnt if repair and repair.state is RepairState.ACTIVE else None,
            )


def _sizes(printed: Mapping[str, PrintedFeed]) -> dict[str, int]:
    """Return the bytes of the RSS file of each feed, by slug."""
    paths = {slug: f"{slug}/{formats.RSS.file}" for slug in printed}
    return {slug: printed[slug].files[path].size for slug, path in paths.items() if path in printed[slug].files}
