"""What an alert says: all events that were not told yet in one message, so that a dead network is not a hundred."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from feedbuilder.feeds.xml_texts import clean
from feedbuilder.health.wording import told
from feedbuilder.model import HealthEvent, Site, formats

FORMAT = 1
NAMED = 3
"""How many events the title of a message names."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One message, as text and as JSON."""

    title: str
    text: str
    payload: Mapping[str, Any]


def alert_of(events: Sequence[HealthEvent], names: Mapping[str, str], site: Site) -> Alert:
    """Return the message about `events`, of which there is at least one, the first one first.

    The JSON object has `format` (1), `generator`, `site` (its title), `status` (the address of status.html), `title`,
    `text`, and `events`: each with `id`, `source`, `name`, `kind` ("failing", "recovered", "repaired"), `at`, `title`,
    `text`.
    """
    words = [told(event, names.get(event.source, event.source)) for event in events]
    heading = "; ".join(one.title for one in words[:NAMED])
    if len(words) > NAMED:
        heading += f"; and {len(words) - NAMED} more"
    text = "\n\n".join(f"{one.title}\n{one.text}" for one in words)
    payload = {
        "format": FORMAT,
        "generator": "feedbuilder",
        "site": clean(site.title),
        "status": site.address(formats.STATUS_PAGE.file),
        "title": heading,
        "text": text,
        "events": [
            {
                "id": event.id,
                "source": event.source,
                "name": clean(names.get(event.source)) or event.source,
                "kind": event.kind.value,
                "at": event.at.astimezone(UTC).isoformat(),
                "title": one.title,
                "text": one.text,
            }
            for event, one in zip(events, words, strict=True)
        ],
    }
    return Alert(heading, text, payload)
