"""An answer in JSON -> what its articles say: by paths that the source names, else by the usual names."""

from __future__ import annotations

from typing import Any

from feedbuilder.model import ExtractError, Page, Source
from feedbuilder.parse.data.entries import read_entry
from feedbuilder.parse.data.lenient_json import parse
from feedbuilder.parse.data.paths import members, texts
from feedbuilder.parse.data.read_data import MANY, Findings
from feedbuilder.parse.decode import decode
from feedbuilder.parse.plain_text import clean

_ERRORS = ("error", "errors", "error_message", "errorMessage", "error_description", "fault", "exception")
"""Under which names APIs say what went wrong (GraphQL §7.1.2, RFC 9457 in spirit, and the habits of many)."""
_WORDS = ("message", "detail", "description", "title", "reason", "info")
_LONGEST_ERROR = 200


def read_json(page: Page, source: Source) -> Findings:
    """Return what the articles say to which `selectors.item` leads; without it, those of a list that is all of it."""
    value = parse(decode(page, source.language))
    found = entries(value, source.selectors.item)
    if not found and (said := _error(value)):
        raise ExtractError(f'{page.url} answers with an error: "{said}". Check what is asked for: url, request, login.')
    cards = tuple(read_entry(entry, source.selectors) for entry in found[:MANY])
    return Findings(cards, value is not None, None, "")


def _error(value: Any) -> str | None:
    """Return what an answer without articles says went wrong, as APIs do with status 200; None if it says nothing."""
    if not isinstance(value, dict):
        return None
    for key in _ERRORS:
        node = value.get(key)
        node = node[0] if isinstance(node, list) and node else node
        if isinstance(node, dict):
            node = next((node[name] for name in _WORDS if isinstance(node.get(name), str)), node)
        if node and (said := next(texts(node), None)):
            return clean(said, _LONGEST_ERROR)
    return None


def json_entries(page: Page, source: Source) -> list[dict[str, Any]]:
    """Return the articles of an answer in JSON as it has them."""
    return entries(parse(decode(page, source.language)), source.selectors.item)[:MANY]


def entries(value: Any, path: str | None) -> list[dict[str, Any]]:
    """Return the objects to which `path` leads in `value`, in order; for None the members of the list that it is."""
    if path is not None:
        return members(value, path)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
