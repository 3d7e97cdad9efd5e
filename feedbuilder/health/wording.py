"""An event in words that a person understands: what happened, since when, why, and what to do.

Owns these words. Nothing secret is in them: addresses lose their query, and known secrets are masked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from feedbuilder.feeds.xml_texts import clean, day_and_time, public_text
from feedbuilder.model import EventKind, HealthEvent, SourceState


@dataclass(frozen=True, slots=True)
class Telling:
    """An event as it is told."""

    title: str
    """One line: which source, and what happened to it."""
    text: str
    """One paragraph: since when, why, and what helps."""


def told(event: HealthEvent, name: str) -> Telling:
    """Return `event` in words; `name` is what people call its source."""
    title, text = _WORDS[event.kind](event, clean(public_text(name)) or event.source)
    return Telling(title, clean(public_text(text)) or title)


def standing(state: SourceState) -> str | None:
    """Return in one sentence which incident a source stands in, and since when; None where it stands in none."""
    if state.incident is None:
        return None
    was = f"last read well on {_moment(state.last_success)}" if state.last_success else "never read well"
    times = "the last reading failed" if state.failures <= 1 else f"the last {state.failures} readings failed"
    return f"It was {was}; {times}. An incident since {_moment(state.incident)}."


def _failing(event: HealthEvent, name: str) -> tuple[str, str]:
    times = "The last reading failed" if event.failures <= 1 else f"The last {event.failures} readings failed"
    since = f"it was last read well on {_moment(event.since)}" if event.since else "it was never read well"
    text = (
        f"{times}; {since}. {event.reason or ''} What was published stays as it is. You will be told when it is read "
        f"again. To look into it: feedbuilder diagnose {event.source}"
    )
    return f"{name} cannot be read", text


def _recovered(event: HealthEvent, name: str) -> tuple[str, str]:
    since = f"You were told on {_moment(event.since)} that it could not be read. " if event.since else ""
    reason = f"The last reason was: {event.reason}" if event.reason else ""
    return f"{name} is read again", f"{since}Its page was read well on {_moment(event.at)}. {reason}"


def _repaired(event: HealthEvent, name: str) -> tuple[str, str]:
    reason = event.reason or "The page has changed, and its list was found again."
    return f"The list of {name} was found again", f"{reason[:1].upper()}{reason[1:]}"


_WORDS: Mapping[EventKind, Callable[[HealthEvent, str], tuple[str, str]]] = {
    EventKind.FAILING: _failing,
    EventKind.RECOVERED: _recovered,
    EventKind.REPAIRED: _repaired,
}


def _moment(moment: datetime) -> str:
    return f"{day_and_time(moment.astimezone(UTC))} UTC"
