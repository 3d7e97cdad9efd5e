"""A list without the cards of another kind that stand in it: videos and offers in the same dress as stories.

Whoever wrote the lost selectors may have left them out by a class that is gone. Where they lead says it still: to a
folder of the site in which no story of the list ever stood.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from urllib.parse import urlsplit

from feedbuilder.detect import Candidate
from feedbuilder.extract import extract
from feedbuilder.extract.listing import Listing, take_apart
from feedbuilder.model import ExtractError, Item, Page, Source

_MOST_FOLDERS = 2
"""Cards of more kinds than that are no exception from a list, but another list."""
_MOST = 0.25
"""Of the articles of a list: so many may be left out of it."""


def without(page: Page, source: Source, candidate: Candidate, strangers: Sequence[Item]) -> Candidate | None:
    """Return `candidate` without the items `strangers`, by the folders to which their cards lead and no other does.

    None where they do not lead to folders of their own, or the page cannot be read so.
    """
    item_selector = candidate.selectors.item
    if not strangers or len(strangers) > _MOST * len(candidate.items):
        return None
    if item_selector is None or candidate.selectors.place is not None or candidate.selectors.between:
        return None
    left = {item.canonical for item in strangers}
    read_as = source.model_copy(update={"selectors": candidate.selectors, **candidate.settings})
    try:
        places = _own_places(take_apart(page, read_as), left)
        if not places:
            return None
        begin = sorted(start for place in places for start in _beginnings(*place, urlsplit(page.url).netloc))
        links = ", ".join(f'a[href^="{start}"]' for start in begin)
        item_selector = f"{_as_one(item_selector)}:not(:has({links}))"
        selectors = candidate.selectors.model_copy(update={"item": item_selector})
        items = extract(page, read_as.model_copy(update={"selectors": selectors}))
    except ExtractError:
        return None
    kept = {item.canonical for item in items}
    if kept != {item.canonical for item in candidate.items} - left:
        return None
    return replace(candidate, selectors=selectors, items=items)


def _own_places(listing: Listing, left: AbstractSet[str]) -> set[tuple[str, str]]:
    """Return sites and folders into which each card to be `left` out leads, and no other card; empty without such."""
    mine: list[set[tuple[str, str]]] = []
    others: set[tuple[str, str]] = set()
    for card, link in listing.found:
        folders = {
            place for one in card.links if (found := listing.links.article(one.href)) and (place := _folder(found.url))
        }
        if link.canonical in left:
            mine.append(folders)
        else:
            others |= folders
    own = [folders - others for folders in mine]
    if not own or not all(own):
        return set()
    chosen = {min(folders) for folders in own}
    return chosen if len(chosen) <= _MOST_FOLDERS else set()


def _as_one(css: str) -> str:
    """Return a selector to which a condition can be added: "a, b" is two."""
    is_one = "," not in css or (css.startswith(":is(") and css.endswith(")") and css.count("(") == 1)
    return css if is_one else f":is({css})"


def _beginnings(host: str, folder: str, own: str) -> Iterator[str]:
    """Yield how links into a folder of `host` begin: with the site, and without it on a page of its `own`."""
    sites = (f"https://{host}", f"http://{host}", f"//{host}") if host else ()
    yield from (f"{site}{folder}" for site in (("", *sites) if host == own else sites))


def _folder(url: str) -> tuple[str, str] | None:
    """Return the site and the first folder of an address, "/video/".

    None for an address without a folder, and for a name that no selector holds.
    """
    parts = urlsplit(url)
    steps = parts.path.split("/")
    name = steps[1] if len(steps) > 2 else ""
    if not name or not name.isascii() or not all(sign.isalnum() or sign in "-_" for sign in name):
        return None
    host = parts.netloc if all(sign.isalnum() or sign in ".-:" for sign in parts.netloc) else ""
    return host, f"/{name}/"
