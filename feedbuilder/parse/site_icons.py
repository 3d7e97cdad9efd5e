"""Where the icon of a site may be had: what a page of it links to, else where browsers look.

Owns which of several is asked for. Knows no network; whether there is a picture shows the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from feedbuilder.model import Page
from feedbuilder.parse.decode import decode
from feedbuilder.parse.links import absolute

MOST = 3
"""Addresses that are tried."""
_HEAD = 300_000
"""Characters of a page in which its head ends."""
_WANTED = 180
"""Pixels: what readers show sharply."""
_ASSUMED = {"apple-touch-icon": 180, "apple-touch-icon-precomposed": 180, "icon": 32}
"""By the relation of the link, the size of a picture that says none."""
_SIZE = re.compile(r"(\d{1,4})x\d{1,4}", re.IGNORECASE)


def icon_addresses(page: Page) -> tuple[str, ...]:
    """Return where the icon of the site of `page` may be, the best first: near `_WANTED` pixels, and no drawing."""
    tree = LexborHTMLParser(decode(page)[:_HEAD])
    element = tree.css_first("base[href]")
    base = absolute(page.url, (element.attributes.get("href") or "") if element else "") or page.url
    linked = sorted(_linked(tree), key=lambda one: abs(one[0] - _WANTED))
    found = [url for _, href in linked if (url := absolute(base, href)) and urlsplit(url).scheme in ("http", "https")]
    return tuple(dict.fromkeys([*found[: MOST - 1], urljoin(page.url, "/favicon.ico")]))


def _linked(tree: LexborHTMLParser) -> Iterator[tuple[int, str]]:
    """Yield the size and the address of each icon that the page links to."""
    for link in tree.css("link[rel][href]")[:200]:
        given = link.attributes
        href, kind = (given.get("href") or "").strip(), (given.get("type") or "").lower()
        relations = set((given.get("rel") or "").lower().split())
        assumed = next((size for relation, size in _ASSUMED.items() if relation in relations), None)
        if assumed is None or not href or "svg" in kind or _path_of(href).endswith(".svg"):
            continue
        sizes = [int(found[1]) for found in _SIZE.finditer((given.get("sizes") or "")[:200])]
        yield min(sizes, key=lambda size: abs(size - _WANTED), default=assumed), href


def _path_of(href: str) -> str:
    """Return the path of `href` in small letters, "" where it has none."""
    try:
        return urlsplit(href).path.lower()
    except ValueError:
        return ""
