"""The newsroom's interface for programs: its stories as JSON, page by page, each answer with the cursor of the next.

A GET names the cursor in its query, a POST in its body. What is wrong is told as many such do it: with status 200.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs

from feedbuilder.newsroom.story import Story

API_PATH = "/api/stories"
PER_ANSWER = 10


def api_answer(stories: Sequence[Story], method: str, query: str, body: bytes) -> str:
    """Return the answer to a request, the newest of `stories` first."""
    newest = sorted(stories, key=lambda story: (story.published, story.slug), reverse=True)
    try:
        asked = json.loads(body) if method == "POST" else {key: one[0] for key, one in parse_qs(query).items()}
        section, cursor = asked.get("section"), asked.get("after")
    except (ValueError, AttributeError):
        return _written({"errors": [{"message": "The body is no JSON object."}], "data": None})
    chosen = [story for story in newest if section in (None, story.section)]
    if not chosen:
        return _written({"errors": [{"message": f"There is no section {section!r}."}], "data": None})
    start = next((index + 1 for index, story in enumerate(chosen) if story.slug == cursor), 0)
    if cursor is not None and start == 0:
        return _written({"errors": [{"message": "This cursor is not known."}], "data": None})
    shown = chosen[start : start + PER_ANSWER]
    following = shown[-1].slug if start + PER_ANSWER < len(chosen) else None
    return _written({"data": {"stories": [_entry(one) for one in shown], "page": {"cursor": following}}})


def _entry(story: Story) -> dict[str, Any]:
    return {
        "title": story.title,
        "url": story.path,
        "published_at": story.published.isoformat(),
        "summary": story.summary,
        "author": {"name": story.author},
        "tags": list(story.tags),
    }


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
