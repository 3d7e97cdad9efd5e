"""An answer in JSON -> what its articles say: by paths that the source names, else by the usual names."""

from __future__ import annotations

from typing import Any

from feedbuilder.model import Page, Source
from feedbuilder.parse.data.entries import read_entry
from feedbuilder.parse.data.lenient_json import parse
from feedbuilder.parse.data.paths import members
from feedbuilder.parse.data.read_data import MANY, Findings
from feedbuilder.parse.decode import decode


def read_json(page: Page, source: Source) -> Findings:
    """Return what the articles say to which `selectors.item` leads; without it, those of a list that is all of it."""
    value = parse(decode(page, source.language))
    found = entries(value, source.selectors.item)
    cards = tuple(read_entry(entry, source.selectors) for entry in found[:MANY])
    return Findings(cards, value is not None, None, "")


def entries(value: Any, path: str | None) -> list[dict[str, Any]]:
    """Return the objects to which `path` leads in `value`, in order; for None the members of the list that it is."""
    if path is not None:
        return members(value, path)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
