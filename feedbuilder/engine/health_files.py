"""Bringing the health feed up to what happened. Owns when it is written: after an event, and where it is not there."""

from __future__ import annotations

from collections.abc import Sequence

from feedbuilder.config import Config
from feedbuilder.engine.clock import Clock
from feedbuilder.feeds import FeedDocument, render
from feedbuilder.feeds.jsonfeed import json_feed
from feedbuilder.health.health_feed import ENTRIES, health_feed
from feedbuilder.logger import log
from feedbuilder.model import FeedbuilderError, FeedFile, formats
from feedbuilder.publish import Output
from feedbuilder.store import SqlStore


class HealthFiles:
    """Writes the health feed of one installation under one configuration. For one thread at a time."""

    def __init__(self, config: Config, store: SqlStore, output: Output, clock: Clock) -> None:
        self._config = config
        self._store = store
        self._output = output
        self._clock = clock
        self._told: int | None = None
        """The number of the last event that stands in the feed; None until that was looked at."""

    def publish(self) -> None:
        """Write the feed if there was an event since. Raises PublishError, StoreError; a bug costs this feed alone."""
        if not self._config.site.health:
            return
        try:
            events = self._store.health_events(ENTRIES)
            newest = events[0][0] if events else 0
            if newest != self._told:
                names = {source.id: source.name for source in self._config.sources}
                created = self._store.register_feeds([formats.HEALTH], self._clock())[formats.HEALTH]
                site = self._config.site
                self._write(health_feed([event for _, event in events], names, site, created))
            self._told = newest
        except FeedbuilderError:
            raise
        except Exception:
            log.exception("a bug, please report it: health feed not written")

    def _write(self, document: FeedDocument) -> None:
        """Write the files that differ; nothing is made of a document whose JSON stands there, for it comes last."""
        path, kind = f"{formats.HEALTH}/{formats.JSON_FEED.file}", formats.JSON_FEED.content_type
        others = [f"{formats.HEALTH}/{one.file}" for one in formats.feed_files()]
        content = json_feed(document, range(len(document.entries)))
        if not self._output.holds(FeedFile(path, content, kind), beside=others):
            self._output.publish(_last(path, render(document)))


def _last(path: str, files: Sequence[FeedFile]) -> list[FeedFile]:
    """Return `files` with the one at `path` at the end."""
    return sorted(files, key=lambda file: file.path == path)
