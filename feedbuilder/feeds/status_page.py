"""status.html: how the sources and feeds are doing, for people. It changes with every run, and shows no secret.

Owns what is said of a source and in which words; the look is the template's. Everything that sites or failures said
goes through `public_text`, as in status.json.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from feedbuilder.feeds.feed_summary import FeedSummary
from feedbuilder.feeds.xml_texts import clean, day, public_address, public_text, readable_address, web_address
from feedbuilder.model import FeedFile, ResponseTimes, Site, Source, SourceState, formats
from feedbuilder.model.queue_state import QueueState
from feedbuilder.model.units import format_duration

DAYS = 14
"""How many days the chart of a source shows, today included; days of UTC."""


MOST_SHOWN = 1000
"""How many sources the page shows at most: more make it one that no browser shows and that takes a second to make."""


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What is known of one source."""

    source: Source
    state: SourceState
    news: tuple[int, ...] = (0,) * DAYS
    """How many items it brought on each of the last `DAYS` days, today's last."""
    strange: tuple[str, ...] = ()
    """The names of what was strange about its last reading; see `heal.suspicions`."""
    incident: str | None = None
    """Since when people know that it cannot be read, in a sentence; None where it can be."""
    responses: ResponseTimes | None = None
    """How long its site took to send its page lately; None where that is not known."""
    silence: str | None = None
    """That it has brought nothing for unusually long, in a sentence."""
    repaired: datetime | None = None
    """Since when its list is read by selectors that were learnt; None where it is read by the configured ones."""


@dataclass(frozen=True, slots=True)
class _State:
    """One state that a source may be in."""

    mood: str
    """"bad", "warn", "new", "good" or "paused"."""
    holds: Callable[[SourceReport], object]
    words: Callable[[SourceReport], str]


_STATES = (
    _State("paused", lambda one: one.source.paused, lambda _: "paused"),
    _State("bad", lambda one: one.state.incident, lambda _: "cannot be read"),
    _State("warn", lambda one: one.state.failures > 1, lambda one: f"failed {one.state.failures} times"),
    _State("warn", lambda one: one.state.failures, lambda _: "failed once"),
    _State("warn", lambda one: one.state.warning, lambda _: "read in part"),
    _State("warn", lambda one: one.strange, lambda _: "looks strange"),
    _State("new", lambda one: one.state.last_run is None, lambda _: "not read yet"),
    _State("good", lambda _: True, lambda _: "well"),
)
"""The first that holds is said."""
MOODS = ("bad", "warn", "new", "good", "paused")
"""How sources may do, in the order in which people should see them."""


@dataclass(frozen=True, slots=True)
class ShownSource:
    """A source as the page shows it."""

    id: str
    name: str
    address: str | None
    """Where its page is; None where that may not be shown."""
    place: str
    """The same, as people read it."""
    mood: str
    words: str
    reasons: tuple[str, ...]
    facts: tuple[tuple[str, datetime | None, str], ...]
    """Each with its name, its moment and what is said without one."""
    interval: str
    responses: str | None
    """How long its site takes to send its page."""
    news: tuple[int, ...]

    @property
    def bars(self) -> tuple[tuple[int, int, int], ...]:
        """Return of each bar of the chart its place, its top and its height, in a box of 140 × 40."""
        most = max(*self.news, 1)
        heights = [max(round(count / most * 38), 2) if count else 1 for count in self.news]
        return tuple((place * 10, 40 - height, height) for place, height in enumerate(heights))


def render_status_page(
    site: Site,
    now: datetime,
    reports: Iterable[SourceReport],
    feeds: Sequence[FeedSummary],
    sizes: Mapping[str, int],
    version: str,
    queue: QueueState | None = None,
) -> FeedFile:
    """Return status.html as of `now`; `sizes` are the bytes of RSS files, by slug; `queue`, where several work.

    Sources that need somebody come first; beyond `MOST_SHOWN`, sources are only counted.
    """
    from feedbuilder.feeds.html_pages import status_page  # noqa: PLC0415 - Jinja is loaded to write a page

    by_mood: dict[str, list[SourceReport]] = {mood: [] for mood in MOODS}
    for report in reports:
        by_mood[_state_of(report).mood].append(report)
    ordered = [report for mood in MOODS for report in by_mood[mood]]
    counts = [(mood, len(by_mood[mood])) for mood in MOODS]
    content = status_page(
        title=clean(site.title) or "Feeds",
        now=now.astimezone(UTC).replace(microsecond=0),
        version=version,
        sources=[shown_source(report) for report in ordered[:MOST_SHOWN]],
        left_out=max(len(ordered) - MOST_SHOWN, 0),
        counts=[(mood, count) for mood, count in counts if count],
        feeds=feeds,
        sizes=sizes,
        first_day=day(now.astimezone(UTC) - timedelta(days=DAYS - 1)),
        has_health_feed=site.health,
        queue=queue.sentence(now) if queue else None,
    )
    return FeedFile(formats.STATUS_PAGE.file, content, formats.STATUS_PAGE.content_type)


def _state_of(report: SourceReport) -> _State:
    return next(one for one in _STATES if one.holds(report))


def shown_source(report: SourceReport) -> ShownSource:
    """Return what is said of a source, and in which words."""
    source, state = report.source, report.state
    said = _state_of(report)
    address = public_address(source.url)
    return ShownSource(
        id=source.id,
        name=clean(public_text(source.name)) or source.id,
        address=web_address(address),
        place=readable_address(address) if address else "",
        mood=said.mood,
        words=said.words(report),
        reasons=tuple(text for text in map(clean, map(public_text, _reasons(report))) if text),
        facts=(
            ("Last read", state.last_run, "never"),
            ("Read well", state.last_success, "never"),
            ("Last news", state.last_change, "never"),
            (
                "Next reading",
                *((None, "none: it is paused") if source.paused else (state.next_due, "as soon as possible")),
            ),
        ),
        interval=format_duration(state.interval or source.interval),
        responses=_responses(report.responses) if report.responses else None,
        news=report.news,
    )


def _responses(times: ResponseTimes) -> str:
    mean, longest = times.mean.total_seconds(), times.longest.total_seconds()
    return f"in {mean:.1f} s, at most {longest:.1f} s" if longest >= 2 * max(mean, 0.1) else f"in {mean:.1f} s"


def _reasons(report: SourceReport) -> Iterable[str]:
    state = report.state
    if report.source.paused:  # nobody waits for it
        return
    if state.error:
        yield state.error
    if report.incident:
        yield report.incident
    if state.warning:
        yield f"When it was last read, {state.warning}."
    if report.strange:
        yield f"What was strange about its last reading: {', '.join(report.strange)}."
    if report.silence:
        yield report.silence
    if report.repaired:
        yield (
            f"Its page had changed; since {day(report.repaired)} its list is read by selectors that were learnt. "
            f"See them, and write them down: feedbuilder heal {report.source.id}"
        )
    if state.bugs:
        yield f"feedbuilder itself failed on its pages ({state.bugs} times). The log says where; please report it."
