"""A list without the cards of another kind that stand in it: videos and offers in the same dress as stories.

Whoever wrote the lost selectors may have left them out by a class that is gone. Where they lead says it still: to a
folder of the site in which no story of the list ever stood.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from feedbuilder.detect import Candidate
from feedbuilder.extract import extract
from feedbuilder.model import ExtractError, Item, Page, Source

_MOST_FOLDERS = 2
"""Cards of more kinds than that are no exception from a list, but another list."""
_MOST = 0.25
"""Of the articles of a list: so many may be left out of it."""


def without(page: Page, source: Source, candidate: Candidate, strangers: Sequence[Item]) -> Candidate | None:
    """Return `candidate` without the items `strangers`, by the folders to which they lead.

    None where they do not stand in folders of their own, or the page cannot be read so.
    """
    others = [item for item in candidate.items if item not in strangers]
    folders = {_folder(item) for item in strangers}
    item_selector = candidate.selectors.item
    if not strangers or len(strangers) > _MOST * len(candidate.items) or len(folders) > _MOST_FOLDERS:
        return None
    if None in folders or folders & {_folder(item) for item in others}:
        return None
    if item_selector is None or candidate.selectors.place is not None or candidate.selectors.between:
        return None
    places = sorted({place for item in strangers for place in _beginnings(item)})
    links = ", ".join(f'a[href^="{place}"]' for place in places)
    left_out = f":not(:has({links}))"
    selectors = candidate.selectors.model_copy(update={"item": f"{_as_one(item_selector)}{left_out}"})
    try:
        items = extract(page, source.model_copy(update={"selectors": selectors, **candidate.settings}))
    except ExtractError:
        return None
    kept = {item.canonical for item in items}
    if not {item.canonical for item in others} <= kept or kept & {item.canonical for item in strangers}:
        return None
    return replace(candidate, selectors=selectors, items=items)


def _as_one(css: str) -> str:
    """Return a selector to which a condition can be added: "a, b" is two."""
    is_one = "," not in css or (css.startswith(":is(") and css.endswith(")") and css.count("(") == 1)
    return css if is_one else f":is({css})"


def _beginnings(item: Item) -> tuple[str, ...]:
    """Return how links into the folder of `item` begin, with the site and without; elsewhere its name means nothing."""
    parts, folder = urlsplit(item.link), _folder(item)
    host = parts.netloc if all(sign.isalnum() or sign in ".-:" for sign in parts.netloc) else ""
    sites = (f"https://{host}", f"http://{host}", f"//{host}") if host else ()
    return tuple(f"{site}{folder}" for site in ("", *sites))


def _folder(item: Item) -> str | None:
    """Return the first folder of an item's address, "/video/"; None for one without, and for what no selector holds."""
    parts = urlsplit(item.link).path.split("/")
    name = parts[1] if len(parts) > 2 else ""
    return f"/{name}/" if name and all(sign.isalnum() or sign in "-_" for sign in name) and name.isascii() else None
