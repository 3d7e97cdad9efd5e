"""What a site's robots.txt lets us read (RFC 9309), remembered for a day.

Owns the rules and how long they hold. Knows how to get a file only as a function that is given to it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from protego import Protego

from feedbuilder.fetch.headers import PRODUCT
from feedbuilder.fetch.host_waits import HostWaits
from feedbuilder.fetch.urls import Target, parse
from feedbuilder.model import FetchError, NotAskedError

MAX_BYTES = 500 * 1024
"""What lies beyond in a robots.txt is not read (RFC 9309 §2.5)."""
HOLDS = 24 * 3600.0
"""Seconds until the file is read again (RFC 9309 §2.4)."""
GIVEN_UP = timedelta(days=30)
"""A file that could not be had for so long is taken for none (RFC 9309 §2.3.1.4)."""
LONGEST_CRAWL_DELAY = 60.0
"""Seconds. Some sites ask for hours; a page of theirs every few minutes is far below what they fear."""
_MANY_ORIGINS = 1024


@dataclass(slots=True)
class _Rules:
    """What is known of one origin."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    parser: Protego | None = None
    failure: FetchError | None = None
    valid_until: float | None = None
    """None: never read."""


class Robots:
    """Asks robots.txt before pages are asked for. Safe to use from several threads.

    `load` gets the body of a robots.txt, following redirects, or raises FetchError; `monotonic` gives seconds. `waits`
    remembers which files could not be had, and when they are tried again.
    """

    def __init__(self, load: Callable[[Target], bytes], monotonic: Callable[[], float], waits: HostWaits) -> None:
        self._load = load
        self._monotonic = monotonic
        self._waits = waits
        self._origins: dict[str, _Rules] = {}
        self._lock = threading.Lock()

    def crawl_delay(self, target: Target) -> float:
        """Return the pause in seconds that the site asks for between two pages, 0 if it asks for none.

        Raises FetchError if `target` must not be read, or if that cannot be known: a file that the site refuses to
        give (4xx, endless redirects) forbids nothing, one that cannot be had for another reason forbids everything,
        unless an older copy is at hand (RFC 9309 §2.3.1). 429 is counted among the other reasons: it says "not now".
        """
        with self._lock:
            if len(self._origins) >= _MANY_ORIGINS:
                now = self._monotonic()
                self._origins = {
                    name: rules for name, rules in self._origins.items() if (rules.valid_until or now) > now
                }
            rules = self._origins.setdefault(target.origin, _Rules())
        with rules.lock:  # whoever comes second waits for the file instead of asking for it again
            if rules.valid_until is None or rules.valid_until <= self._monotonic():
                self._read(rules, target.robots)
            if rules.parser is None:
                raise self._unknown(target, rules.failure)
            if not rules.parser.can_fetch(target.url, PRODUCT):
                raise FetchError(
                    f"{target.robots} does not let {PRODUCT} read {target.url}. Choose another page, or ask "
                    "the site; if it has agreed, set robots = false under [fetch]."
                )
            return min(rules.parser.crawl_delay(PRODUCT) or 0.0, LONGEST_CRAWL_DELAY)

    def sitemaps(self, target: Target) -> list[str]:
        """Return the sitemaps that the file of the site of `target` names, as far as it was read. Asks for nothing."""
        rules = self._origins.get(target.origin)
        return list(rules.parser.sitemaps) if rules and rules.parser else []

    def _read(self, rules: _Rules, address: str) -> None:
        """Read the file at `address` anew, unless it could not be had a short while ago."""
        wait = self._waits.holding(address)
        if wait:
            rules.failure = rules.failure or NotAskedError.until(wait, self._waits.now())
        else:
            try:
                rules.parser, rules.failure = _parsed(self._load(parse(address))), None
            except NotAskedError as error:
                rules.failure = error  # the whole host waits, and has said nothing of this file
                return
            except FetchError as error:
                if error.status is not None and 300 <= error.status < 500 and error.status != 429:
                    rules.parser, rules.failure = Protego.parse(""), None
                else:
                    rules.failure, wait = error, self._waits.refused(address, error)
        if wait is None:
            self._waits.answered(address)
            rules.valid_until = self._monotonic() + HOLDS
        elif self._waits.now() - wait.since >= GIVEN_UP:
            rules.parser = rules.parser or Protego.parse("")

    def _unknown(self, target: Target, failure: FetchError | None) -> NotAskedError:
        """Return the error of a page whose rules are not known. Where the whole host failed, that says enough."""
        message, address = str(failure), target.robots
        if address in message:
            message += (
                f" Nothing else of {target.origin} is read while its robots.txt cannot be (RFC 9309); "
                "robots = false under [fetch] does without."
            )
        wait = self._waits.holding(address)
        error = NotAskedError(
            message,
            status=failure.status if failure else None,
            retry_after=wait.until - self._waits.now() if wait else failure.retry_after if failure else None,
        )
        error.__cause__ = failure
        return error


def _parsed(body: bytes) -> Protego:
    return Protego.parse(body.decode("utf-8-sig", "replace"))
