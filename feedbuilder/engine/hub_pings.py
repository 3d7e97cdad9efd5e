"""Telling a WebSub hub of the feeds in which something came or changed (https://www.w3.org/TR/websub/#publishing).

Owns when a hub is told and when it is left alone; what it was told is in the store, so that a restart forgets no news
and repeats none. A slow hub costs whoever calls `deliver`, never a reading: `run` calls it in a thread of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event, Lock

from feedbuilder.config import Config
from feedbuilder.engine.alerts import FIRST_WAIT, LONGEST_WAIT
from feedbuilder.fetch.webhook import post_form
from feedbuilder.logger import log
from feedbuilder.model import FetchError, HubState
from feedbuilder.store import SqlStore

MOST = 100
"""Feeds of which a hub is told in one delivery; the others follow in the next."""
LOOK_EVERY = timedelta(seconds=30)
"""How often it is looked for news that nobody here has published."""
_BUSY = frozenset((408, 425, 429))
"""Statuses that ask for patience; others below 500 say what a second time would say too."""


class HubPings:
    """Tells the hub of one configuration."""

    def __init__(self, config: Config, store: SqlStore, clock: Callable[[], datetime]) -> None:
        self._hub = config.site.hub_in_use
        self._bundle = config.fetch.ca_bundle
        self._store = store
        self._clock = clock
        self._lock = Lock()
        self._stopping = Event()
        self._looked: datetime | None = None
        self._may_have_news = Event()
        self._may_have_news.set()

    def note_news(self) -> None:
        """Take note that files were written: only then it is looked for news."""
        self._may_have_news.set()

    def stop(self) -> None:
        """Begin no delivery any more; what is left is told after the next start."""
        self._stopping.set()

    def deliver(self) -> int:
        """Tell the hub what it does not know yet; return of how many feeds. Raises StoreError.

        A hub that was never met learns of what comes from now on. One that failed is left alone for a while.
        """
        if self._hub is None or not (self._may_have_news.is_set() or self._is_look_due()):
            return 0
        with self._lock:
            return self._deliver(self._hub)

    def _is_look_due(self) -> bool:
        """Return whether it is looked for news although none was noted: another process may have published."""
        return self._looked is None or abs(self._clock() - self._looked) >= LOOK_EVERY

    def _deliver(self, hub: str) -> int:
        state, now = self._store.hub_state(hub), self._clock()
        if state is None:
            self._store.meet_hub(hub)
            return 0
        longest = timedelta(seconds=LONGEST_WAIT)
        # A moment that lies further away was noted under a wrong clock.
        if state.not_before is not None and now < state.not_before <= now + longest:
            return 0
        self._may_have_news.clear()
        self._looked = now
        news = self._store.untold(hub)
        told: list[tuple[str, str]] = []
        refused: str | None = None
        for slug, (mark, addresses) in list(news.items())[:MOST]:
            if self._stopping.is_set():
                break
            try:
                refused = self._tell(hub, addresses) or refused
            except FetchError as error:
                self._failed(hub, state, told, str(error), now)
                return len(told)
            told.append((slug, mark))
        if len(told) < len(news):
            self._may_have_news.set()
        if told or state.failures:
            self._store.remember_hub(hub, HubState(error=refused), told)
        if told:
            log.info("hub told", feeds=len(told))
        return len(told)

    def _tell(self, hub: str, addresses: tuple[str, ...]) -> str | None:
        """Tell the hub of one feed; return why it does not want to know. Raises FetchError where it may later."""
        refused = None
        for address in addresses:
            try:
                post_form(hub, {"hub.mode": "publish", "hub.url": address, "hub.topic": address}, self._bundle)
            except FetchError as error:
                if error.status is None or error.status >= 500 or error.status in _BUSY:
                    raise
                refused = str(error)
                log.warning("hub refuses a feed", feed=address, reason=refused)
        return refused

    def _failed(self, hub: str, state: HubState, told: list[tuple[str, str]], reason: str, now: datetime) -> None:
        """Note that the hub is to be left alone, each time twice as long."""
        failures = (0 if told else state.failures) + 1
        wait = min(FIRST_WAIT * 2 ** min(failures - 1, 20), LONGEST_WAIT)
        since = (None if told else state.since) or now
        failed = HubState(failures, since, now + timedelta(seconds=wait), reason)
        self._store.remember_hub(hub, failed, told)
        self._may_have_news.set()
        log.warning("hub not told; it is tried again", reason=reason, seconds=wait)
