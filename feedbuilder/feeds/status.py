"""status.json: how the sources are doing; the only file that changes with every run.

Keys are stable; new ones may be added. All dates are RFC 3339 in UTC, durations whole seconds, null means never or
not known:

- `generator`, `version`, `now` (to the microsecond: the feeds hold all that was saved before), `bugs` (the sum of those
  below);
- `sources`: in configuration order: `id`, `title`, `url` (without user name and query, which may hold secrets), `state`
  ("new" until the first run, then "ok" or "failing"; "paused" whatever it was), `failures` (runs in a row), `bugs` (how
  often feedbuilder failed on its page or an article's, and not the site; since its settings or the program changed),
  `warning` (which part of its list is not found any more), `error`, `last_run`, `last_success`, `last_change`,
  `next_due`, `interval` (the adapted one);
- `feeds`: `slug`, `title`, `entries` (how many), `updated`, `newest` (publication of the newest entry), `rss`, `atom`,
  `json`, `html` (addresses);
- `hub`: how the WebSub hub answers: `failures` (deliveries in a row), `since`, `error`; null without one, and before it
  was first told;
- `queue`: where several processes work: `waiting` (jobs), `going`, `workers`, `hosts` (that are asked at this moment),
  `oldest` (since when the job waits that waits longest); null elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from feedbuilder.feeds.feed_document import GENERATOR
from feedbuilder.feeds.feed_summary import FeedSummary, Listed, summaries
from feedbuilder.feeds.jsonfeed import to_json
from feedbuilder.feeds.xml_texts import clean, public_address, public_text
from feedbuilder.model import FeedFile, HubState, Source, SourceState, formats
from feedbuilder.model.queue_state import QueueState

_NO_SOURCES = b'"sources": []'
_FLAT = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",\n      ", ": "))


def render_status(
    now: datetime,
    sources: Sequence[Source],
    states: Mapping[str, SourceState],
    feeds: Sequence[Listed],
    version: str,
    hub: HubState | None = None,
    queue: QueueState | None = None,
) -> FeedFile:
    """Return status.json as of `now`. `states` go by source id; a source without one has not been read yet."""
    bugs = sum(states[source.id].bugs for source in sources if source.id in states)
    content = {
        "generator": GENERATOR,
        "version": version,
        "now": now.astimezone(UTC).isoformat(),
        "bugs": bugs,
        "sources": [],
        "feeds": [_feed(feed) for feed in summaries(feeds)],
        "hub": _hub(hub) if hub else None,
        "queue": _queue(queue) if queue else None,
    }
    # Of thousands of sources, values that are all there at once take more memory than all else that `run` does.
    listed = ",\n".join(_in_list(_source(one, states.get(one.id) or SourceState(one.id))) for one in sources)
    before, after = to_json(content).split(_NO_SOURCES, 1)
    told = b"".join((before, b'"sources": [\n', listed.encode(), b"\n  ]", after)) if listed else to_json(content)
    return FeedFile(formats.STATUS.file, told, formats.STATUS.content_type)


def _in_list(values: dict[str, Any]) -> str:
    """Return `values`, none of which holds others, as `to_json` writes them in a list of the file, but quickly."""
    return f"    {{\n      {_FLAT.encode(values)[1:-1]}\n    }}"


def _source(source: Source, state: SourceState) -> dict[str, Any]:
    return {
        "id": source.id,
        "title": clean(source.name),
        "url": public_address(source.url),
        "state": "paused" if source.paused else "failing" if state.failures else "ok" if state.last_run else "new",
        "failures": state.failures,
        "bugs": state.bugs,
        "warning": clean(public_text(state.warning)) if state.warning else None,
        # Messages name the page that was asked for; this file is public.
        "error": clean(public_text(state.error)) if state.error else None,
        "last_run": _date(state.last_run),
        "last_success": _date(state.last_success),
        "last_change": _date(state.last_change),
        "next_due": _date(state.next_due),
        "interval": int(state.interval.total_seconds()) if state.interval else None,
    }


def _feed(feed: FeedSummary) -> dict[str, Any]:
    return {
        "slug": feed.slug,
        "title": feed.title,
        "entries": feed.count,
        "updated": _date(feed.updated),
        "newest": _date(feed.newest.published) if feed.newest else None,
        **{kind.key: feed.address(kind.file) for kind in formats.FEED_FORMATS},
        formats.PAGE.key: feed.page,
    }


def _hub(state: HubState) -> dict[str, Any]:
    error = clean(public_text(state.error)) if state.error else None
    return {"failures": state.failures, "since": _date(state.since), "error": error}


def _queue(state: QueueState) -> dict[str, Any]:
    counts = {"waiting": state.waiting, "going": state.going, "workers": state.workers, "hosts": state.hosts}
    return {**counts, "oldest": _date(state.oldest)}


def _date(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).replace(microsecond=0).isoformat() if moment else None
