"""Whether an element belongs to the article or to what surrounds it: menus, other articles, comments, adverts.

Owns the names that sites give to such places.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

_ASIDE_TAGS = frozenset(("nav", "footer", "aside", "template", "noscript", "form"))
_ASIDE_NAMES = re.compile(
    r"""(?:^|[\s_-])(?:related|recommend\w*|sidebar|side-?bar|teasers?|promo\w*|newsletter\w*|comments?|footer|nav\w*|menu
    |trending|popular|most-?read|sponsored?|more-?(?:news|stories|from)|read-?(?:more|next)|also|latest|outbrain|taboola
    |advert\w*|ad|widget|cookie\w*|consent|modal|popup|overlay|carousel|ticker|share\w*|social\w*)(?:$|[\s_-])""",
    re.IGNORECASE | re.VERBOSE,
)
_HIGHEST = 60


def stands_aside(node: LexborNode) -> bool:
    """Return whether `node` stands in a place that is not the article's own."""
    up: LexborNode | None = node
    for _ in range(_HIGHEST):
        if up is None or up.tag in ("body", "html"):
            return False
        if up.tag in _ASIDE_TAGS or is_aside(up):
            return True
        up = up.parent
    return False


def is_aside(node: LexborNode) -> bool:
    """Return whether the names of `node` say that it is no part of an article."""
    return _ASIDE_NAMES.search(names_of(node)) is not None


def in_article(node: LexborNode) -> bool:
    """Return whether `node` stands in an `<article>` or in the page's `<main>`."""
    up: LexborNode | None = node
    for _ in range(_HIGHEST):
        if up is None:
            return False
        if up.tag in ("article", "main"):
            return True
        up = up.parent
    return False


def names_of(node: LexborNode) -> str:
    """Return the names that the site gives to `node`: its classes, its id, what tests call it."""
    given = node.attributes
    return " ".join(filter(None, (given.get(name) for name in ("class", "id", "data-testid", "data-component"))))
