"""What the addresses of a list say for it or against it: of one shape, with headlines in them, of tags and authors."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from feedbuilder.detect.list_facts import Finding, ListFacts, percent

_SIDE_PATHS = frozenset(
    """
    tag tags category categories cat topic topics author authors user users profile search login register about
    contact privacy terms page etiqueta categoria kategorie thema schlagwort mot-cle rubrique labels
    """.split()  # noqa: SIM905 - a table of names reads better without quotes
)
_FEWEST_ALIKE = 3
_FEWEST_WORDS = 3
"""Words of a slug that says a headline."""
_BETWEEN_WORDS = re.compile(r"[-_]")
_INDEX = re.compile(r"/(?:index|default)\.\w{2,5}$")
"""How the address of a folder's own page ends; it says no more than the folder."""


def like_addresses(facts: ListFacts) -> Finding | None:
    """Find addresses that are built alike."""
    if len(facts.items) < _FEWEST_ALIKE:
        return None
    shapes = Counter(folder(item.link) for item in facts.items)
    share = shapes.most_common(1)[0][1] / len(facts.items)
    return share, f"{percent(share)} of its links have addresses of one shape."


@lru_cache(maxsize=8192)
def folder(url: str) -> tuple[str, ...]:
    """Return what the addresses of one site's articles have in common: host, depth, folders, names of parameters."""
    parts = urlsplit(url)
    segments = [segment for segment in _INDEX.sub("/", parts.path).split("/") if segment]
    folder = [re.sub(r"\d+", "0", segment) if segment[:1].isdigit() else segment for segment in segments[:-1]]
    return (
        parts.netloc,
        str(len(segments)),
        *folder[:2],
        *sorted(part.split("=")[0] for part in parts.query.split("&")),
    )


def telling_addresses(facts: ListFacts) -> Finding | None:
    """Find addresses that say a headline, a day or a number: each of an article's own."""
    telling = facts.share(sum(has_telling_address(item.link) for item in facts.items))
    return (telling, f"{percent(telling)} of its addresses carry a headline, a date or a number.") if telling else None


@lru_cache(maxsize=8192)
def has_telling_address(url: str) -> bool:
    """Return whether `url` carries a headline, a day or a number, as those of articles do."""
    parts = urlsplit(url)
    path = _INDEX.sub("/", unquote(parts.path)).rstrip("/")
    last = path.rpartition("/")[2]
    return bool(
        _is_slug(last)
        or re.search(r"/(?:19|20)\d\d[-/]?\d\d", path)
        or re.search(r"\d{4,}", last)
        or re.search(r"(?:^|&)(?:id|p|aid|nid|article\w*|itemid|newsid)=\w+", parts.query, re.IGNORECASE)
    )


def _is_slug(segment: str) -> bool:
    """Return whether the last part of an address is a headline: "bridge-opens-today", not "2026-02-06"."""
    words = [word for word in _BETWEEN_WORDS.split(segment) if word]
    return len(words) >= _FEWEST_WORDS and not all(word.isdigit() for word in words[: 1 - _FEWEST_WORDS])


def side_addresses(facts: ListFacts) -> Finding | None:
    """Find links to tags, categories and authors.

    The folder that tells is the one right before the last name, and not a section that the page itself is in.
    """
    own = set(urlsplit(facts.outline.document.page.url).path.lower().split("/"))
    side = 0
    for item in facts.items:
        named = any(folder not in own for folder in side_folders(item.link))
        side += named and not has_telling_address(item.link)
    share = facts.share(side)
    return (-share, f"{percent(share)} of its links lead to tags, categories, authors.") if share else None


def side_folders(url: str) -> list[str]:
    """Return the parts at the end of an address that are places of tags, categories, authors and the like."""
    segments = [segment for segment in urlsplit(url).path.lower().split("/") if segment]
    return [segment for segment in segments[-2:] if segment in _SIDE_PATHS]


def upward_addresses(facts: ListFacts) -> Finding | None:
    """Find links to the places above the page, and to front pages of sites."""
    own = facts.outline.links.page
    up = sum(own.startswith(item.canonical) or "/" not in item.canonical for item in facts.items)
    share = facts.share(up)
    return (-share, f"{percent(share)} of its links lead to front pages or back up.") if share else None
