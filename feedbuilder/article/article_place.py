"""Whether an element belongs to the article or to what surrounds it: menus, other articles, comments, adverts.

Owns the names that sites give to such places. What holds the article's heading is the article, whatever it is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from feedbuilder.parse.ancestors import ancestors

_ASIDE_TAGS = frozenset(("nav", "aside", "template", "noscript", "form", "dialog", "select", "button"))
_FRAME_TAGS = frozenset(("footer", "header"))
"""The page's are menus; the article's hold its date and its authors."""
_ASIDE_NAMES = re.compile(
    r"""(?:^|[\s_-])(?:related|recommend\w*|sidebar|side-?bar|teasers?|promo\w*|newsletter\w*|comments?|nav|navigation
    |menu|trending|popular|most-?read|sponsored?|more-?(?:news|stories|from)|read-?(?:more|next|also)|latest|outbrain
    |taboola|advert\w*|ads?|cookie\w*|consent|modal|popup|overlay|carousel|ticker|masthead|breadcrumbs?)(?:$|[\s_-])""",
    re.IGNORECASE | re.VERBOSE,
)
_FRAME_NAMES = re.compile(r"(?:^|[\s_-])(?:site-?|page-?|main-?)?footer(?:$|[\s_-])", re.IGNORECASE)
_NAMING = ("class", "id", "data-testid", "data-component")
_LONGEST_NAME = 300
_HIGHEST = 60
_MENU = 15
"""Links in a header or footer of the page; an article's has fewer."""


class Surroundings:
    """Tells the article's own elements from others by its heading; without a heading, by names alone."""

    def __init__(self, heading: LexborNode | None) -> None:
        self._holding = {node.mem_id for node in upwards(heading)} if heading is not None else set()
        self._menus: dict[int, bool] = {}

    def aside(self, node: LexborNode) -> bool:
        """Return whether `node` stands in a place that is not the article's own."""
        framed = False
        for up in upwards(node):
            if up.tag in ("article", "main") and (up.mem_id in self._holding or not self._holding):
                return False
            if up.mem_id in self._holding or up.tag in ("body", "html"):
                return framed
            if up.tag in _ASIDE_TAGS or _ASIDE_NAMES.search(names_of(up)):
                return True
            framed = framed or (_is_frame(up) and self._is_menu(up))
        return framed

    def _is_menu(self, node: LexborNode) -> bool:
        if node.mem_id not in self._menus:
            self._menus[node.mem_id] = len(node.css("a[href]")) > _MENU
        return self._menus[node.mem_id]

    def holds(self, node: LexborNode) -> bool:
        """Return whether the heading stands in `node`."""
        return node.mem_id in self._holding

    def within(self, node: LexborNode) -> bool:
        """Return whether `node` stands in an `<article>` or `<main>` that holds the heading."""
        return any(
            up.tag in ("article", "main") and (up.mem_id in self._holding or not self._holding) for up in upwards(node)
        )


def _is_frame(node: LexborNode) -> bool:
    return node.tag in _FRAME_TAGS or _FRAME_NAMES.search(names_of(node)) is not None


def upwards(node: LexborNode | None) -> Iterator[LexborNode]:
    """Return `node` and the elements around it, the nearest first."""
    return ancestors(node, _HIGHEST)


def names_of(node: LexborNode) -> str:
    """Return the names that the site gives to `node`: its classes, its id, what tests call it."""
    given = node.attributes
    return " ".join([value[:_LONGEST_NAME] for name in _NAMING if (value := given.get(name))]) if given else ""
