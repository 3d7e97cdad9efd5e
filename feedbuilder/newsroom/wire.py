"""Stories without end: after those that are written out, more are made from parts, always the same ones.

Pure: the n-th story is a function of n. Knows nothing of pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from feedbuilder.newsroom.demo_clock import DEMO_START
from feedbuilder.newsroom.invented_stories import PLANNED, B, C, G, S, T, W, appearance, planned
from feedbuilder.newsroom.story import Story

PLACES = (
    *("Port Calder", "Mirevale", "Tarn Abbas", "Lower Quay", "San Ysolde", "Oskarhamn", "Bel Azur"),
    *("Kestrel Bay", "Dry Fork", "Nova Lipa", "Stone Ferry", "Al Waha", "Pine Landing", "Greywater"),
)

# section, tags, title, summary; {0} is the place
EVENTS: tuple[tuple[str, tuple[str, ...], str, str], ...] = (
    ("world", (W, G), "{0} Votes on a New Harbour Wall", "The wall would cost as much as the town earns in six years."),
    ("technology", (T, G), "{0} Tries Street Lamps That Listen for Rain", "They dim when nobody walks, and say so."),
    ("world", (W, G), "Ceasefire Monitors Return to {0}", "The mission has twelve cars, two of which start in winter."),
    ("business", (B, G), "{0} Cannery Restarts After Strike Ends", "Workers return on Monday with a raise of 6.5%."),
    ("world", (W,), "{0} Declares a Week Without Cars", "Shops fear for their trade; children draw on the roads."),
    ("sports", (S,), "{0} Wins the Cup in Extra Time", "The winning goal came from a corner, a knee and a post."),
    ("world", (W, G), "Flood Levels Fall at {0}, Schools to Reopen", "The river dropped by 80 cm since yesterday."),
    ("technology", (T,), "Students in {0} Launch a Weather Balloon", "It landed in a garden 90 km away, with cake."),
    ("world", (W, G), "Foreign Ministers to Meet in {0}", "On the table: grain, visas, and who sits next to whom."),
    ("business", (B,), "Market Hall of {0} Sold to Its Stallholders", "Each of the 64 stalls owns a share."),
    ("culture", (C, G), "{0} Returns a Painting After 80 Years", "The heirs lend it back, for the summers."),
)


def made(number: int) -> Story:
    """Return the story that appears as `number`, counted from 1 with the written ones; its address is its own."""
    turn, event = divmod(number, len(EVENTS))
    section, tags, title, summary = EVENTS[event]
    place = PLACES[(event + turn) % len(PLACES)]
    late = 20 if number % 5 == 0 else 0
    return planned(number, section, tags, late, title.format(place), summary, suffix=f"-{number}")


def planned_until(now: datetime, known: int = 0) -> Iterator[Story]:
    """Yield the planned stories that have appeared by `now`, oldest first, without the first `known` of them."""
    number = known + 1
    while DEMO_START + appearance(number) <= now:
        yield PLANNED[number - 1] if number <= len(PLANNED) else made(number)
        number += 1
