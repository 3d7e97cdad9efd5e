"""Figures for Prometheus, as a text file that its node exporter picks up (the extra `metrics`).

Owns which figures there are; names follow Prometheus's conventions: base units, `_timestamp_seconds` for moments.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

from feedbuilder import __version__
from feedbuilder.feeds import FeedSummary
from feedbuilder.model import Source, SourceState
from feedbuilder.publish.atomic import replace, telling

_STATES = ("well", "failing", "new")
_MOMENTS: Mapping[str, str] = {
    "last_run": "When the source was last read, well or not.",
    "last_success": "When the source was last read well.",
    "last_change": "When the source last brought something new or changed.",
    "next_due": "When the source is to be read next.",
}


def installed() -> bool:
    """Return whether the extra `metrics` is there."""
    return find_spec("prometheus_client") is not None


def write_metrics(
    path: Path,
    sources: Sequence[Source],
    states: Mapping[str, SourceState],
    feeds: Sequence[FeedSummary],
    now: datetime,
) -> None:
    """Write the figures of `now` to `path`, whole or not at all. Nothing without the extra. Raises PublishError."""
    if not installed():
        return
    content = metrics(sources, states, feeds, now)
    with telling(path, "write"):
        path.parent.mkdir(parents=True, exist_ok=True)
        replace(path, content)


def metrics(
    sources: Sequence[Source], states: Mapping[str, SourceState], feeds: Sequence[FeedSummary], now: datetime
) -> bytes:
    """Return the figures in the text format of Prometheus; what never happened has no figure."""
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
    entries = gauge("feed_entries", "How many entries the feed holds.", "feed")
    for feed in feeds:
        entries.labels(feed.slug).set(feed.count)
    return generate_latest(registry)


def _state(state: SourceState) -> str:
    return "failing" if state.failures else "well" if state.last_run else "new"
