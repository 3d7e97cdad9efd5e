"""Whether this machine's clock can be right: a pure decision from what servers and the store say of the time.

Owns whom is believed. A server's `Date` is a witness; the newest moment in the store is another, for time never runs
back. One witness alone may be wrong. Knows no clock, no network and no store.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum

MOST_SKEW = timedelta(minutes=15)
"""Servers and machines that nobody looks after are off by minutes; whoever mistook a time zone, by half an hour."""
AGREEMENT = timedelta(minutes=2)
"""How far apart two servers may be that say the same. Copies in caches that do not tell their `Age` differ by more."""
ENOUGH_HOSTS = 3
"""How many hosts are heard before a clock that one of them contradicts is judged."""


class ClockVerdict(StrEnum):
    """What the witnesses say of the clock."""

    RIGHT = "right"
    """Some host agrees with it: a clock that is wrong agrees with nobody."""
    WRONG = "wrong"
    """Two witnesses agree that it is off."""
    DOUBTED = "doubted"
    """One site alone, or sites that contradict each other: told, and not obeyed."""
    UNTOLD = "untold"
    """No host said what time it is."""


@dataclass(frozen=True, slots=True)
class ClockJudgement:
    """A verdict, and what it rests on."""

    verdict: ClockVerdict
    skew: timedelta = timedelta()
    """What must be added to our clock to get the time of `hosts`; negative where our clock is ahead."""
    hosts: tuple[str, ...] = ()
    """Who says so, sorted."""


def said_time(date: str | None, age: str | None) -> datetime | None:
    """Return what time it is by the headers `Date` and `Age` (RFC 9110 §6.6.1, RFC 9111 §5.1), None if they do not say.

    A cache answers with the date at which it got its copy, and says how many seconds ago that was.
    """
    try:
        moment = parsedate_to_datetime((date or "").strip())
        seconds = int(age) if age and age.strip().isdecimal() else 0
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC) + timedelta(seconds=seconds)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def is_off(skew: timedelta) -> bool:
    """Return whether two clocks that differ by `skew` cannot both be right."""
    return abs(skew) > MOST_SKEW


def judge(heard: Mapping[str, timedelta], ahead: timedelta | None) -> ClockJudgement:
    """Return what is to be thought of our clock.

    `heard` holds what each host's clock is ahead of ours by. `ahead` is how far the newest moment of the store lies
    ahead of ours, negative for one that has passed, None for a store without a past.

    Who agrees with us is believed; else two sites that agree with each other are. A site that nobody contradicts is
    believed if the store bears it out: the store's newest moment lies in our future and not in the site's; or our clock
    has leapt since then, by more than the time that has passed by the site's. A site whose clock is simply wrong is
    thus obeyed for no longer than it is wrong by.
    """
    if right := sorted(host for host, skew in heard.items() if not is_off(skew)):
        return ClockJudgement(ClockVerdict.RIGHT, hosts=tuple(right))
    if not heard:
        return ClockJudgement(ClockVerdict.UNTOLD)
    hosts = sorted(heard)
    agreeing = max(
        ([host for host in hosts if timedelta() <= heard[host] - heard[one] <= AGREEMENT] for one in hosts),
        key=_sites,
    )
    if _sites(agreeing) > 1:
        return _by(ClockVerdict.WRONG, agreeing, heard)
    borne_out = [host for host in hosts if ahead is not None and _bears_out(heard[host], ahead)]
    if borne_out:
        return _by(ClockVerdict.WRONG, borne_out[:1], heard)
    return _by(ClockVerdict.DOUBTED, hosts, heard)


def _sites(hosts: list[str]) -> int:
    """Return how many sites these hosts are, by their last two labels: machines of one site have one wrong clock.

    Too few where registries use two labels themselves (`co.uk`), which makes doubts of certainties, and no more.
    """
    return len({".".join(host.rstrip(".").split(".")[-2:]) for host in hosts})


def _bears_out(skew: timedelta, ahead: timedelta) -> bool:
    """Return whether a store whose newest moment is so far `ahead` of our clock speaks for a host with this `skew`."""
    passed = skew - ahead  # since the store's newest moment, by the host's clock
    if passed < -MOST_SKEW:
        return False
    return is_off(ahead) if ahead > timedelta() else -skew > passed


def _by(verdict: ClockVerdict, hosts: list[str], skews: Mapping[str, timedelta]) -> ClockJudgement:
    least = min((skews[host] for host in hosts), key=abs)
    return ClockJudgement(verdict, least, tuple(hosts))
