"""How a list page calls itself, to tell later whether it is still the same one: title, heading, breadcrumbs, addresses.

Names of stories are no names of the page: where the title or the heading is one of them, it says nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from feedbuilder.model import PageNames, SaidNames
from feedbuilder.parse.about import about_tree
from feedbuilder.parse.plain_text import clean

_TRAILS = '[aria-label*="breadcrumb" i], [class*="breadcrumb" i], [id*="breadcrumb" i], [itemtype$="/BreadcrumbList"]'
_STEPS = ('[itemprop="name"]', "li", "a, span")
"""What the steps of a trail are, as it is mostly built first; the last one is the page itself."""
_INDEX = ("index.html", "index.htm", "index.php")


def own_names(tree: LexborHTMLParser, url: str, stories: Collection[str]) -> PageNames:
    """Return how the page at `url`, which is `tree`, calls itself, beside the titles of `stories`."""
    return said_names(tree, url).beside(stories)


def said_names(tree: LexborHTMLParser, url: str) -> SaidNames:
    """Return what the page at `url`, which is `tree`, calls itself, titles of its stories among it."""
    said = about_tree(tree, url)
    return SaidNames(
        said.names,
        said.heading,
        _end_of_trail(tree),
        _place(tree, url, 'link[rel="canonical" i]', "href"),
        _place(tree, url, 'meta[property="og:url"]', "content"),
    )


def _end_of_trail(tree: LexborHTMLParser) -> str | None:
    for trail in tree.css(_TRAILS)[:5]:
        for css in _STEPS:
            steps = trail.css(css)
            if steps and (text := clean(steps[-1].text(separator=" "), 100)):
                return text
    return None


def _place(tree: LexborHTMLParser, url: str, css: str, name: str) -> str | None:
    """Return the path of an address that the page names; scheme, host and parameters change without a meaning."""
    element = tree.css_first(css)
    address = (element.attributes.get(name) or "").strip() if element else ""
    if not address:
        return None
    try:
        path = urlsplit(urljoin(url, address)).path
    except ValueError:
        return None
    folders = [part for part in unquote(path).casefold().split("/") if part and part not in _INDEX]
    return "/" + "/".join(folders)
