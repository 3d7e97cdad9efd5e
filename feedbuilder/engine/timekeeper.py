"""Watching this machine's clock: nothing is read or published while it is off by more than is possible.

Owns what was heard of the time, when hosts are asked for it, and what follows from the judgement. The judgement itself
is `pipeline.clock_skew`; what a wrong clock has left in the store is put right by `store.put_right`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Self
from urllib.parse import urlsplit

from feedbuilder.engine.clock import Clock
from feedbuilder.engine.dispatch import elapsed
from feedbuilder.fetch import HttpFetcher, is_this_machine
from feedbuilder.logger import log
from feedbuilder.model import ClockError, NotModified, Page, Source, Validators
from feedbuilder.pipeline.clock_skew import (
    ENOUGH_HOSTS,
    MOST_SKEW,
    ClockJudgement,
    ClockVerdict,
    is_off,
    judge,
    said_time,
)
from feedbuilder.store import SqlStore

LOOK_AGAIN = timedelta(minutes=2)
"""How long a wrong clock is taken to be wrong, until the hosts are asked again: about what NTP needs after a start."""
FRESH = timedelta(minutes=10)
"""How long what a host said of the time is good for."""
MOST_ASKED = 6
"""How many hosts are asked for the time at once; who cannot reach these has another problem."""
LONG_SILENCE = timedelta(days=1)
"""After so long without a reading, the machine has rested, or its clock has leapt: one host is asked."""
STEP = timedelta(minutes=1)
"""A clock that gains or loses so much against the machine's own seconds was set."""


@dataclass(frozen=True, slots=True)
class Instant:
    """One moment by the clock and by the machine's seconds, which nobody sets."""

    clock: datetime
    seconds: float

    @classmethod
    def now(cls, clock: Clock, seconds: Callable[[], float] = elapsed) -> Self:
        """Return the present moment."""
        return cls(clock(), seconds())

    def passed(self, later: Instant) -> timedelta:
        """Return how much time has passed until `later`, by the machine's seconds."""
        return timedelta(seconds=later.seconds - self.seconds)

    def was_set(self, later: Instant) -> bool:
        """Return whether somebody has set the clock between here and `later`."""
        return abs(later.clock - self.clock - self.passed(later)) > STEP


@dataclass(frozen=True, slots=True)
class _Judged:
    """A judgement and when it was made."""

    at: Instant
    judgement: ClockJudgement
    owes: bool = False
    """Whether the clock is wrong, or nobody said what time it is although the store's past lies in the future."""

    @property
    def is_wrong(self) -> bool:
        return self.judgement.verdict is ClockVerdict.WRONG

    def holds(self, now: Instant) -> bool:
        """Return whether there is no need yet to judge anew."""
        if self.judgement.verdict is ClockVerdict.UNTOLD or self.at.was_set(now):
            return False
        return self.at.passed(now) < (LOOK_AGAIN if self.is_wrong else FRESH)


class Timekeeper:
    """What is known of this machine's clock. Safe to use from several threads.

    `seconds` gives seconds that nobody sets.
    """

    def __init__(self, clock: Clock, store: SqlStore, seconds: Callable[[], float] = elapsed) -> None:
        self._clock = clock
        self._store = store
        self._seconds = seconds
        self.mended = 0
        """How often the store was put right."""
        self._heard: dict[str, tuple[Instant, timedelta]] = {}
        self._judged: _Judged | None = None
        self._told: tuple[ClockVerdict, tuple[str, ...]] | None = None
        self._lock = Lock()
        self._judging = Lock()

    def hear(self, host: str, headers: Mapping[str, str]) -> None:
        """Take note of the time that an answer of `host` says. What runs on this machine has this machine's clock."""
        said = said_time(headers.get("Date"), headers.get("Age"))
        if said is None or is_this_machine(host):
            return
        now = self._now()
        with self._lock:
            self._heard[host] = (now, said - now.clock)

    @property
    def is_settled(self) -> bool:
        """Return whether nothing about the clock is left to be found out."""
        with self._lock:
            return self._judged is None or not self._judged.owes

    def believe(self, url: str, sources: Iterable[str], fetcher: HttpFetcher) -> None:
        """Raise ClockError if the answer that has come from `url` shows that our clock is wrong.

        A host that contradicts it is not believed at once: others of `sources` (addresses) are asked first.
        """
        skew = self._fresh().get(_host(url))
        if skew is not None and (is_off(skew) or not self.is_settled):
            self._judge(sources, fetcher)

    def look(self, sources: Iterable[str], fetcher: HttpFetcher) -> int:
        """Raise ClockError if our clock is wrong, as far as is known without reading a page.

        Hosts of `sources` (addresses) are asked for the time only where the store's past lies in the future or long
        ago, or where the clock was wrong before. Return how many moments that a wrong clock had left in the store were
        put right.
        """
        with self._lock:
            judged, now = self._judged, self._now()
        if judged is not None and not judged.at.was_set(now):
            if not judged.owes:
                return 0
            if not judged.is_wrong and judged.at.passed(now) < LOOK_AGAIN:
                return 0
        ahead = self._ahead()
        is_odd = ahead is not None and not -LONG_SILENCE < ahead <= MOST_SKEW
        if is_odd or (judged is not None and judged.is_wrong):
            return self._judge(sources, fetcher)
        with self._lock:
            self._judged = _Judged(now, ClockJudgement(ClockVerdict.UNTOLD))
        return 0

    def _judge(self, sources: Iterable[str], fetcher: HttpFetcher) -> int:
        """Ask until enough is known and act on it; return how many moments in the store were put right."""
        with self._judging:
            with self._lock:
                judged, now = self._judged, self._now()
            if judged is not None and judged.holds(now):
                if judged.is_wrong:
                    raise ClockError(_complaint(judged.judgement, now.clock))
                return 0
            if judged is not None and judged.is_wrong:
                with self._lock:
                    self._heard = {}
            self._ask(sources, fetcher)
            ahead = self._ahead()
            judgement = judge(self._fresh(), ahead)
            with self._lock:
                self._judged = _Judged(self._now(), judgement, _owes(judgement, ahead))
            return self._act(judgement, ahead)

    def _act(self, judgement: ClockJudgement, ahead: timedelta | None) -> int:
        """Raise ClockError, tell or mend, as the judgement wants it; return how many moments were put right."""
        told, self._told = self._told, (judgement.verdict, judgement.hosts)
        is_ahead = ahead is not None and ahead > MOST_SKEW
        match judgement.verdict:
            case ClockVerdict.WRONG:
                raise ClockError(_complaint(judgement, self._clock()))
            case ClockVerdict.RIGHT if is_ahead:
                moments = self._store.put_right(self._clock())
                self.mended += 1
                log.warning(
                    "the clock was wrong when the store was written: what lay in the future is put right",
                    moments=moments,
                    ahead=_rough(ahead or timedelta()),
                )
                return moments
            case ClockVerdict.DOUBTED if told != self._told:
                log.warning("the clock of a site and this machine's differ; went on", doubt=_difference(judgement))
            case ClockVerdict.UNTOLD if told != self._told and is_ahead:
                log.warning(
                    "the store was written in what is the future by this machine's clock, and no site says what time "
                    "it is; went on",
                    ahead=_rough(ahead or timedelta()),
                )
        return 0

    def _ask(self, sources: Iterable[str], fetcher: HttpFetcher) -> None:
        """Ask the hosts of `sources` for the time, until one agrees with us or enough were heard."""
        asked: set[str] = set()
        for url in sources:
            heard, host = self._fresh(), _host(url)
            if len(heard) >= ENOUGH_HOSTS or any(not is_off(skew) for skew in heard.values()):
                return
            if host not in asked and host not in heard and not is_this_machine(host):
                asked.add(host)
                if len(asked) > MOST_ASKED:
                    return
                fetcher.knock(url)

    def _fresh(self) -> dict[str, timedelta]:
        """Return what each host's clock was ahead of ours by when it was last heard, if that is not long ago."""
        with self._lock:
            now = self._now()
            self._heard = {
                host: (at, skew)
                for host, (at, skew) in self._heard.items()
                if at.passed(now) < FRESH and not at.was_set(now)
            }
            return {host: skew for host, (_, skew) in self._heard.items()}

    def _ahead(self) -> timedelta | None:
        newest = self._store.newest_moment()
        return None if newest is None else newest - self._clock()

    def _now(self) -> Instant:
        return Instant.now(self._clock, self._seconds)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").lower()


def _owes(judgement: ClockJudgement, ahead: timedelta | None) -> bool:
    if judgement.verdict is ClockVerdict.UNTOLD:
        return ahead is not None and ahead > MOST_SKEW
    return judgement.verdict is ClockVerdict.WRONG


def _complaint(judgement: ClockJudgement, now: datetime) -> str:
    return (
        f"This machine's clock must be wrong: {_difference(judgement, now)}. Nothing is read and published meanwhile, "
        "for all dates would be wrong. Set the clock, or have it set (NTP)."
    )


def _difference(judgement: ClockJudgement, now: datetime | None = None) -> str:
    there = f", where it is {now + judgement.skew:%Y-%m-%d %H:%M} UTC" if now else ""
    here = f"it says {now:%Y-%m-%d %H:%M} UTC, " if now else "this machine's clock is "
    way = "behind" if judgement.skew > timedelta() else "ahead of"
    return f"{here}{_rough(abs(judgement.skew))} {way} {' and '.join(judgement.hosts[:ENOUGH_HOSTS])}{there}"


def _rough(length: timedelta) -> str:
    for name, unit in (("days", timedelta(days=1)), ("hours", timedelta(hours=1))):
        if length >= 2 * unit:
            return f"{length / unit:.0f} {name}"
    return f"{length / timedelta(minutes=1):.0f} minutes"


class WatchedFetcher:
    """A fetcher whose answers are taken only while our clock can be right. Answers `pipeline.ports.Fetcher`.

    `sources` are the addresses of those that may be asked for the time. Beside what `fetcher` raises, its methods raise
    ClockError.
    """

    def __init__(self, fetcher: HttpFetcher, timekeeper: Timekeeper, sources: Collection[str]) -> None:
        self._fetcher = fetcher
        self._timekeeper = timekeeper
        self._sources = sources

    def fetch(self, source: Source, validators: Validators) -> Page | NotModified:
        """See `Fetcher.fetch`."""
        page = self._fetcher.fetch(source, validators)
        self._timekeeper.believe(source.url, self._sources, self._fetcher)
        return page

    def further(self, source: Source, url: str) -> Page:
        """See `Fetcher.further`."""
        page = self._fetcher.further(source, url)
        self._timekeeper.believe(url, self._sources, self._fetcher)
        return page
