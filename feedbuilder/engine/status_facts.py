"""What the page about sources and feeds says, asked of the store. Owns what of it is asked how often."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from feedbuilder import __version__
from feedbuilder.config import Config
from feedbuilder.engine.metrics_file import RESPONSES_OF
from feedbuilder.extract import settings_mark
from feedbuilder.feeds import DAYS, FeedSummary, SourceReport, render_status_page
from feedbuilder.health import standing, unusual_silence
from feedbuilder.logger import log
from feedbuilder.model import (
    FeedbuilderError,
    FeedFile,
    ListMemory,
    PrintedFeed,
    RepairState,
    ResponseTimes,
    Source,
    SourceState,
    formats,
)
from feedbuilder.model.queue_state import QueueState
from feedbuilder.store import SqlStore
from feedbuilder.store.rows import chunks

COUNT_EVERY = timedelta(minutes=1)
"""How often items are counted at most: a chart of days has time, and the page is written every few seconds."""
AT_A_TIME = 500
"""Sources of whose lists what is remembered is asked for together."""


class StatusFacts:
    """Makes status.html of one installation under one configuration. For one thread at a time."""

    def __init__(self, config: Config, store: SqlStore) -> None:
        self._config = config
        self._store = store
        self._news: Mapping[str, tuple[int, ...]] = {}
        self._responses: Mapping[str, ResponseTimes] = {}
        self._counted: datetime | None = None

    def page(
        self,
        states: Mapping[str, SourceState],
        feeds: Sequence[FeedSummary],
        printed: Mapping[str, PrintedFeed],
        now: datetime,
        queue: QueueState | None = None,
    ) -> Sequence[FeedFile]:
        """Return status.html; nothing where a bug came in between, which costs this page alone. Raises StoreError."""
        if self._counted is None or not self._counted <= now < self._counted + COUNT_EVERY:
            self._news, self._counted = self._store.news_per_day(now, DAYS), now
            self._responses = self._store.response_times(now - RESPONSES_OF)
        try:
            reports = self._reports(states)
            site, sizes = self._config.site, _sizes(printed)
            return (render_status_page(site, now, reports, feeds, sizes, __version__, queue),)
        except FeedbuilderError:
            raise
        except Exception:
            log.exception("a bug, please report it: status.html not written")
            return ()

    def _reports(self, states: Mapping[str, SourceState]) -> Iterator[SourceReport]:
        """Yield what is known of all sources. What is remembered of thousands of lists is not there at one time."""
        for some in chunks(self._config.sources, AT_A_TIME):
            memories = self._store.list_memories([source.id for source in some])
            yield from source_reports(some, states, memories, self._news, self._responses)


def source_reports(
    sources: Sequence[Source],
    states: Mapping[str, SourceState],
    memories: Mapping[str, ListMemory],
    news: Mapping[str, tuple[int, ...]],
    responses: Mapping[str, ResponseTimes] | None = None,
) -> Iterator[SourceReport]:
    """Yield what is known of each of the configured `sources`, in their order; `news` are counts by day."""
    for source in sources:
        memory = memories.get(source.id)
        if memory is not None and memory.settings != settings_mark(source):
            memory = None
        repair = memory.repair if memory else None
        state = states.get(source.id) or SourceState(source.id)
        yield SourceReport(
            source,
            state,
            news.get(source.id) or (0,) * DAYS,
            _strange_in(memory) if memory else (),
            standing(state),
            responses.get(source.id) if responses else None,
            unusual_silence(state, memory.profile if memory else None),
            repair.learnt if repair and repair.state is RepairState.ACTIVE else None,
        )


def _strange_in(memory: ListMemory) -> tuple[str, ...]:
    """Return what was strange about the last reading of a list, in words."""
    unread = ("unread pages",) if memory.gap else ()
    return (*(name.replace("-", " ") for name in sorted(memory.strange)), *unread)


def _sizes(printed: Mapping[str, PrintedFeed]) -> dict[str, int]:
    """Return the bytes of the RSS file of each feed, by slug."""
    paths = {slug: f"{slug}/{formats.RSS.file}" for slug in printed}
    return {slug: printed[slug].files[path].size for slug, path in paths.items() if path in printed[slug].files}
