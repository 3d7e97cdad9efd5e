"""A million sources by the real schedule, under a clock that is simulated: python benchmarks/simulate_schedule.py.

Each source has a rhythm of its own: from a story in some minutes to one in weeks, by day more than by night. When it is
read next is decided by `pipeline.schedule`, as in `run`; what is simulated is the sites, the clock and the workers: so
many readings a second, and of one host one after the other. Printed: readings and news per second, how many sources are
due and wait, and by how much they are late.
"""
# ruff: noqa: INP001, T201, S311 - a script, not a package; chance guards nothing here

from __future__ import annotations

import argparse
import heapq
import math
import random
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from feedbuilder.model import Outcome, Run, Source, SourceState
from feedbuilder.pipeline.schedule import after_run

START = datetime(2026, 2, 2, tzinfo=UTC)
"""A Monday."""
DAY = 86_400.0


@dataclass(slots=True)
class Site:
    """A source, and when it has its next story."""

    state: SourceState
    gap: float
    """Seconds between two stories, on average over a day."""
    next_story: float


def next_story(site_gap: float, now: float, chance: random.Random) -> float:
    """Return when the next story comes: three times as likely at noon as at midnight."""
    moment = now
    while True:
        moment += chance.expovariate(1 / site_gap) * 0.75
        by_day = 0.5 + 0.5 * math.sin(2 * math.pi * (moment / DAY - 0.25))
        if chance.random() < (1 + 2 * by_day) / 3:
            return moment


def simulate(sources: int, hosts: int, per_second: float, hours: float, seed: int = 1) -> None:
    """Print how the schedule does, hour by hour."""
    chance = random.Random(seed)
    settings = Source.model_validate({"id": "s", "url": "https://paper.example/", "selectors": {"item": "a"}})
    sites: list[Site] = []
    queue: list[tuple[float, int]] = []
    for number in range(sources):
        gap = min(max(math.exp(chance.gauss(math.log(6 * 3600), 1.6)), 300), 30 * DAY)
        sites.append(Site(SourceState(f"s{number}", last_success=START), gap, next_story(gap, 0, chance)))
        heapq.heappush(queue, (chance.random() * settings.interval.total_seconds(), number))
    # One reading after the other, as many workers as that takes: capacity is what counts, not how it is spread.
    step, free_at, host_free = 1 / per_second, 0.0, [0.0] * hosts
    lags: deque[float] = deque()
    readings = news = 0
    hour = 1
    print(f"{sources:,} sources of {hosts:,} hosts, {per_second:,.0f} readings a second at the most")
    print(f"{'hour':>5} {'readings/s':>11} {'with news':>10} {'late: median':>13} {'p99':>9} {'waiting':>9}")
    while queue:
        due, number = heapq.heappop(queue)
        if due >= hour * 3600:
            _print_hour(hour, readings, news, lags, waiting=max(int((free_at - due) * per_second), 0))
            readings = news = 0
            lags.clear()
            hour += 1
            if hour > hours:
                return
        host = number % hosts
        begin = max(due, free_at, host_free[host])
        free_at = max(free_at, due) + step
        host_free[host] = begin + 1.0  # the pause between two requests
        site = sites[number]
        has_news = site.next_story <= begin
        while site.next_story <= begin:
            site.next_story = next_story(site.gap, site.next_story, chance)
        now = START + timedelta(seconds=begin)
        run = Run(site.state.source, now, now, Outcome.NEW if has_news else Outcome.UNCHANGED)
        site.state = after_run(site.state, run, settings, chance.random())
        assert site.state.next_due is not None
        heapq.heappush(queue, ((site.state.next_due - START).total_seconds(), number))
        readings += 1
        news += has_news
        lags.append(begin - due)


def _print_hour(hour: int, readings: int, news: int, lags: Sequence[float], waiting: int) -> None:
    ordered = sorted(lags) or [0.0]
    median, late = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]
    share = news / max(readings, 1)
    print(
        f"{hour:>5} {readings / 3600:>11.1f} {share:>10.1%} {median:>11.1f} s {late:>7.1f} s {waiting:>9,}", flush=True
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, default=1_000_000)
    parser.add_argument("--hosts", type=int, default=0, help="of how many hosts; a third of the sources if not said")
    parser.add_argument("--per-second", type=float, default=1000.0, help="what all workers together read")
    parser.add_argument("--hours", type=float, default=6)
    return parser.parse_args()


if __name__ == "__main__":
    asked = _options()
    simulate(asked.sources, asked.hosts or max(asked.sources // 3, 1), asked.per_second, asked.hours)
