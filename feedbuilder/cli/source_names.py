"""Proposed names for a new source: an id from its address, a title and a tag from what the page calls itself. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from feedbuilder.feeds import slugify
from feedbuilder.parse.about import About

LONGEST_ID = 63
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gob", "gov", "go", "gouv", "net", "ne", "or", "org"})
"""Labels that stand between a name and its country: example.co.uk, example.com.br."""
_SAYS_NOTHING = re.compile(r"(?:index|default|home|all|list|page|p|tags?|category|categories|archives?|section|\d+)")


def suggest_id(url: str, taken: Collection[str]) -> str:
    """Return an id for the page at `url` that is not among `taken`: "example-world-news"."""
    parts = urlsplit(url)
    path = [re.sub(r"\.[a-z]{2,5}$", "", unquote(part)) for part in parts.path.split("/") if part]
    telling = [part for part in path if not _SAYS_NOTHING.fullmatch(part.lower())]
    name = slugify(" ".join(part for part in (_site(parts.hostname or ""), *(telling or path)[-1:]) if part))
    name = name[:LONGEST_ID].strip("-")
    number, free = 2, name
    while free in taken:
        free = f"{name[: LONGEST_ID - 4].rstrip('-')}-{number}"
        number += 1
    return free


def suggest_title(page_says: About, url: str) -> str:
    """Return what people may call the page: what it is about, else its site, else its host."""
    return page_says.title or page_says.site or (urlsplit(url).hostname or url).removeprefix("www.")


def _site(host: str) -> str:
    """Return the part of a host by which people know it: "example" of www.news.example.co.uk; "" where it has none."""
    try:
        ip_address(host)
    except ValueError:
        *labels, _country = host.split(".")
        if len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
            labels.pop()
        return labels[-1] if labels else ""
    return ""
