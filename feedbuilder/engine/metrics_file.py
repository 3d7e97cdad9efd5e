"""Figures for Prometheus, as a text file that its node exporter picks up (the extra `metrics`).

Owns which figures there are; names follow Prometheus's conventions: base units, `_timestamp_seconds` for moments.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

from feedbuilder import __version__
from feedbuilder.model import PrintedFeed, ResponseTimes, Source, SourceState
from feedbuilder.model.queue_state import QueueState
from feedbuilder.publish.atomic import replace, telling

_STATES = ("well", "failing", "new")
_MOMENTS: Mapping[str, str] = {
    "last_run": "When the source was last read, well or not.",
    "last_success": "When the source was last read well.",
    "last_change": "When the source last brought something new or changed.",
    "next_due": "When the source is to be read next.",
}
RESPONSES_OF = timedelta(days=1)
"""Of which time response times are told."""
_RESPONSES: Mapping[str, str] = {
    "mean": "How long the site took to send its page, on average over a day.",
    "longest": "How long the site took to send its page, at most within a day.",
}


def installed() -> bool:
    """Return whether the extra `metrics` is there."""
    return find_spec("prometheus_client") is not None


def entries_of(printed: Mapping[str, PrintedFeed]) -> dict[str, int]:
    """Return how many entries each feed has that stands in the output, by slug."""
    return {slug: int(feed.summary["count"]) for slug, feed in printed.items() if "count" in feed.summary}


def write_metrics(
    path: Path,
    sources: Sequence[Source],
    states: Mapping[str, SourceState],
    entries: Mapping[str, int],
    responses: Mapping[str, ResponseTimes],
    now: datetime,
    queue: QueueState | None = None,
) -> None:
    """Write the figures of `now` to `path`, whole or not at all. Nothing without the extra. Raises PublishError."""
    if not installed():
        return
    content = metrics(sources, states, entries, responses, now, queue)
    with telling(path, "write"):
        path.parent.mkdir(parents=True, exist_ok=True)
        replace(path, content)


def metrics(
    sources: Sequence[Source],
    states: Mapping[str, SourceState],
    entries: Mapping[str, int],
    responses: Mapping[str, ResponseTimes],
    now: datetime,
    queue: QueueState | None = None,
) -> bytes:
    """Return the figures in the text format of Prometheus; what never happened has no figure.

    `entries` are those of each feed, by slug, `responses` go by source.
    """
    from prometheus_client import CollectorRegistry, Gauge, generate_latest  # noqa: PLC0415 - an extra

    registry = CollectorRegistry()

    def gauge(name: str, help_text: str, *labels: str) -> Gauge:
        return Gauge(f"feedbuilder_{name}", help_text, labels, registry=registry)

    known = [states.get(source.id) or SourceState(source.id) for source in sources]
    gauge("info", "The version, as a label.", "version").labels(__version__).set(1)
    gauge("written_timestamp_seconds", "When these figures were written.").set(now.timestamp())
    by_state = gauge("sources", "How many sources are in which state.", "state")
    for word in _STATES:
        by_state.labels(word).set(sum(_state(state) == word for state in known))
    gauge("incidents", "How many sources people were told of that they cannot be read.").set(
        sum(state.incident is not None for state in known)
    )
    failures = gauge("source_failures", "Failed readings of the source in a row.", "source")
    for state in known:
        failures.labels(state.source).set(state.failures)
    for name, help_text in _MOMENTS.items():
        moments = gauge(f"source_{name}_timestamp_seconds", help_text, "source")
        for state in known:
            if (moment := getattr(state, name)) is not None:
                moments.labels(state.source).set(moment.timestamp())
    late = max((now - state.next_due for state in known if state.next_due is not None), default=timedelta())
    gauge("schedule_lag_seconds", "By how much the latest reading is late.").set(max(late.total_seconds(), 0.0))
    for name, help_text in _RESPONSES.items():
        took = gauge(f"source_response_{name}_seconds", help_text, "source")
        for source in sources:
            if source.id in responses:
                took.labels(source.id).set(getattr(responses[source.id], name).total_seconds())
    held = gauge("feed_entries", "How many entries the feed holds.", "feed")
    for slug, count in entries.items():
        held.labels(slug).set(count)
    if queue is not None:
        by_stage = gauge("queue_jobs", "How many jobs are in the queue of several processes.", "stage")
        by_stage.labels("waiting").set(queue.waiting)
        by_stage.labels("going").set(queue.going)
        gauge("queue_workers", "How many workers gave a sign of life lately.").set(queue.workers)
        gauge("queue_hosts", "How many hosts are asked at this moment.").set(queue.hosts)
    return generate_latest(registry)


def _state(state: SourceState) -> str:
    return "failing" if state.failures else "well" if state.last_run else "new"
