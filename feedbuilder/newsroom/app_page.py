"""The newsroom's newest section: a page that a script of its own builds, and the data that it builds it from.

The page as it is sent holds no story. Its script waits until a banner is answered, asks for the first stories, and for
more when its button is clicked.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from feedbuilder.newsroom.story import SECTIONS, Story

APP_PATH, DATA_PATH = "/app/latest", "/app/data/stories"
PER_ANSWER = 8
"""How many stories one answer holds; the page asks for the next ones by ?page=2."""


@cache
def app_page() -> str:
    """Return the page as it is sent."""
    return (files("feedbuilder.newsroom") / "templates" / "app.html").read_text("utf-8")


def app_data(stories: Sequence[Story], number: int) -> str | None:
    """Return answer `number` (from 1) of all `stories`, the newest first, as JSON; None where there is none."""
    newest = sorted(stories, key=lambda story: (story.published, story.slug), reverse=True)
    start = (number - 1) * PER_ANSWER
    shown = newest[start : start + PER_ANSWER]
    if not shown:
        return None
    entries = [
        {
            "headline": story.title,
            "url": story.path,
            "publishedAt": story.published.isoformat(),
            "summary": story.summary,
            "section": SECTIONS[story.section],
        }
        for story in shown
    ]
    return json.dumps({"stories": entries, "more": start + PER_ANSWER < len(newest)}, ensure_ascii=False)
