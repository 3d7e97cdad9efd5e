"""What is done of the queue: one source read, some of its article pages, the feeds published.

Owns what follows from each: news are published, articles come after their list. Whatever goes wrong with a source ends
in its own run; what the store suffers is raised, and whoever schedules puts the job into the queue again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from threading import Lock

from feedbuilder.cluster.job_queue import ARTICLES, PUBLISH, READ, JobQueue
from feedbuilder.config import Config, reloading
from feedbuilder.engine import Installation
from feedbuilder.engine.config_watch import ConfigWatch
from feedbuilder.engine.run_log import log_run
from feedbuilder.logger import log
from feedbuilder.model import Outcome, PublishError, Source

AFTER_REFUSAL = timedelta(seconds=5)
"""After what time an output that could not be written to is tried again."""
CHECK_EVERY = 10.0
"""Seconds between two looks at whether a newer program has changed the store."""


class Chores:
    """The work on one installation. Safe in several threads."""

    def __init__(self, installation: Installation, queue: JobQueue, load: Callable[[], Config] | None = None) -> None:
        self._installation = installation
        self._queue = queue
        self._watched = ConfigWatch(installation.config, load or reloading(installation.config, os.environ))
        self._lock = Lock()
        self._checked = 0.0

    @property
    def by_name(self) -> Mapping[str, Callable[..., None]]:
        """Return what is done of each kind of job."""
        return {READ: self.read, ARTICLES: self.read_articles, PUBLISH: self.publish}

    def read(self, source: str) -> None:
        """Read the list of a source, have its articles read and the feeds published. Raises StoreError, ClockError."""
        installation, found = self._found(source)
        if found is None:
            return
        installation.waits.reload()  # another worker may have been refused
        if installation.wait_of(found.url) is not None:
            return  # a host that wants to be left alone is no failure of the source: it comes again
        installation.look_at_clock()
        run = installation.poll(found)
        log_run(run)
        if run.outcome is not Outcome.UNCHANGED:
            self._queue.publish()
        if run.icons:
            installation.take_icon(found, run.icons)
        if installation.due_file(found) is not None and installation.measure_files(found):
            self._queue.publish()
        if installation.due_articles(found):
            self._queue.read_articles(found)

    def read_articles(self, source: str) -> None:
        """Read the article pages of a source that are due, as many as a run may. Raises StoreError."""
        installation, found = self._found(source)
        if found is None:
            return
        installation.waits.reload()
        tried = 0
        for visit in installation.due_articles(found):
            if installation.wait_of(visit.link) is None:
                installation.read_article(visit, found)
                tried += 1
        if not tried:
            return
        if reason := installation.contradiction(source):
            log.warning("articles contradict their list", source=source, reason=reason)
        self._queue.publish()

    def publish(self, job: int) -> None:
        """Bring the feeds up to the store. Raises PublishError, StoreError, also once another worker has the job."""

        def goes_on() -> bool:
            self._queue.check(job)  # what we made may be older than what that worker makes
            return True

        installation = self._current()
        installation.forget_printed()  # another worker may have published last
        try:
            publication = installation.publish(patient=True, goes_on=goes_on)
        except PublishError:
            self._queue.publish(AFTER_REFUSAL)  # as long as that waits, news ask for no other try
            raise
        if publication.has_more:
            self._queue.publish()

    def _found(self, source_id: str) -> tuple[Installation, Source | None]:
        installation = self._current()
        source = installation.sources.get(source_id)
        return installation, None if source is None or source.paused else source

    def _current(self) -> Installation:
        """Return the installation by the configuration as it is now; as it was, while that is not valid.

        Raises OutdatedError once a newer program has changed the store: it is not to be written as it was.
        """
        with self._lock:
            if time.monotonic() > self._checked + CHECK_EVERY:
                self._installation.store.check_version()
                self._checked = time.monotonic()
            if new := self._watched.changed(self._installation):
                self._installation = new
                self._watched.taken_up(new.config)
                log.info("configuration taken up", sources=len(new.sources))
            return self._installation
