"""The figures for Prometheus as it asks for them: by the store as it is at that moment, opened for each scrape."""

from __future__ import annotations

from collections.abc import Callable

from feedbuilder.config import Config
from feedbuilder.engine.clock import Clock
from feedbuilder.engine.metrics_file import RESPONSES_OF, entries_of, installed, metrics
from feedbuilder.store import is_there, open_store

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
"""Of the text format (https://prometheus.io/docs/instrumenting/exposition_formats/)."""


class ScrapedMetrics:
    """Answers a scrape. `config` is asked each time: it may have changed. Safe to call from several threads."""

    def __init__(self, config: Callable[[], Config], clock: Clock) -> None:
        self._config = config
        self._clock = clock

    def __call__(self) -> tuple[bytes, str] | None:
        """Return the figures and their content type; None without the extra `metrics`. Raises StoreError."""
        if not installed():
            return None
        config, now = self._config(), self._clock()
        if not is_there(config.store.place):  # nothing was built yet
            return metrics(config.sources, {}, {}, {}, now), CONTENT_TYPE
        with open_store(config.store.place) as store:
            states, entries = store.states(), entries_of(store.printed())
            times, queue = store.response_times(now - RESPONSES_OF), store.queue_state()
            return metrics(config.sources, states, entries, times, now, queue), CONTENT_TYPE
