"""Sending what people should hear of sources to where they asked for it, each event once to each address.

Owns what was sent where (in the store, so that a restart sends nothing again) and when what could not be sent is tried
again (in memory). Slow addresses cost whoever calls `deliver`, never a reading: `run` calls it in a thread of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from threading import Event, Lock
from time import monotonic
from urllib.parse import urlsplit

from feedbuilder.config import Config
from feedbuilder.engine import apprise_alerts
from feedbuilder.fetch.webhook import post_json
from feedbuilder.health.alert import Alert, alert_of
from feedbuilder.logger import log
from feedbuilder.model import FetchError
from feedbuilder.store import SqlStore
from feedbuilder.store.health_rows import EVENTS_KEPT

FIRST_WAIT = 60.0
"""Seconds until an address that did not take an alert is tried again; each time twice as long."""
LONGEST_WAIT = 6 * 3600.0


class Alerts:
    """Delivers the alerts of one installation under one configuration. `seconds` is a clock that nobody sets."""

    def __init__(self, config: Config, store: SqlStore, seconds: Callable[[], float] = monotonic) -> None:
        self._config = config
        self._store = store
        self._seconds = seconds
        self._failures: dict[str, int] = {}
        self._not_before: dict[str, float] = {}
        self._lock = Lock()
        self._stopping = Event()

    @property
    def addresses(self) -> Sequence[str]:
        """Return where alerts go."""
        return (*self._config.alerts.webhook, *self._config.alerts.apprise)

    def meet(self) -> None:
        """Take note of new addresses before anything is read: they hear of what comes, not of what was."""
        self._store.meet_alerted([key_of(address) for address in self.addresses])

    def deliver(self) -> int:
        """Send each address what it was not sent yet, in one message; return how many took theirs. Raises StoreError.

        An address that failed is left alone for a while.
        """
        if not self.addresses:
            return 0
        with self._lock:
            return sum(self._deliver_to(address) for address in self.addresses)

    def stop(self) -> None:
        """Begin no delivery any more; what is left is sent after the next start."""
        self._stopping.set()

    def _deliver_to(self, address: str) -> bool:
        key = key_of(address)
        if self._stopping.is_set() or self._seconds() < self._not_before.get(key, 0.0):
            return False
        sent = self._store.alerted(key)
        news = [(number, event) for number, event in self._store.health_events(EVENTS_KEPT) if number > sent][::-1]
        if not news:
            return False
        names = {source.id: source.name for source in self._config.sources}
        alert = alert_of([event for _, event in news], names, self._config.site)
        try:
            self._send(address, alert)
        except FetchError as error:
            times = self._failures[key] = self._failures.get(key, 0) + 1
            wait = min(FIRST_WAIT * 2 ** min(times - 1, 20), LONGEST_WAIT)
            self._not_before[key] = self._seconds() + wait
            log.warning("alert not delivered; it is tried again", reason=str(error), events=len(news), seconds=wait)
            return False
        self._failures.pop(key, None)
        self._store.remember_alerted(key, news[-1][0])
        log.info("alert delivered", to=self._name(address), events=len(news))
        return True

    def _name(self, address: str) -> str | None:
        """Return what may be said of an address: of most of them, the rest is a secret."""
        if address in self._config.alerts.webhook:
            return urlsplit(address).hostname
        return apprise_alerts.kind_of(address)

    def _send(self, address: str, alert: Alert) -> None:
        if address in self._config.alerts.webhook:
            post_json(address, alert.payload, self._config.fetch.ca_bundle)
        else:
            apprise_alerts.send(address, alert)


def key_of(address: str) -> str:
    """Return by what the store knows an address, which may be a secret itself."""
    return hashlib.sha256(address.encode()).hexdigest()[:32]
