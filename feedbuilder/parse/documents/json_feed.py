"""Whether an answer is a JSON Feed (https://www.jsonfeed.org/version/1.1/): for who reads one, and who seeks one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from feedbuilder.model import Page
from feedbuilder.parse.data.lenient_json import parse
from feedbuilder.parse.data.paths import members
from feedbuilder.parse.decode import decode


def json_feed_in(page: Page, language: str | None = None) -> Mapping[str, Any] | None:
    """Return the feed that `page` is; None for what is no JSON, or other JSON. Never raises."""
    if page.body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"{":
        return None
    value = parse(decode(page, language))
    return value if isinstance(value, dict) and "jsonfeed.org/version" in str(value.get("version")) else None


def entries_of(feed: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the entries of a JSON Feed, in its order."""
    return members(feed, "items")
