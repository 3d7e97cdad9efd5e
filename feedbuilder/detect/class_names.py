"""What the classes, ids and tags of a page are worth as names in a selector: telling, dull, or never to be used.

Semantic names come before tags, and tags before positions. What a build tool, a style framework or a content system
makes up for a single element is no name at all: it is another one after the next build.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from feedbuilder.detect.outline import Element

_IDENTIFIER = re.compile(r"-?[A-Za-z_\u00a0-\uffff][\w\u00a0-\uffff-]*")
_OF_NO_NAME = re.compile(r"[^\w\u00a0-\uffff-]")
_GENERATED = re.compile(
    r"""
    ^(?:css|sc|jsx|jss|svelte|emotion|astro|styled|e|data-v|makestyles|mui|chakra|tw|c|t|r|s|v|x)-?[_-]
      [\w-]{0,60}\d[\w-]{0,60}$
    | ^[a-z]{1,3}-[a-zA-Z0-9]{5,8}$ (?<! -[a-z]{5} ) (?<! -[a-z]{6} ) (?<! -[a-z]{7} ) (?<! -[a-z]{8} )
    | __[A-Za-z0-9+-]{0,60}[A-Z0-9][A-Za-z0-9+-]{3,60}$  # CSS modules: card_title__x1Y2z
    | __(?=[A-Za-z0-9+-]{5}) [A-Za-z+-]{0,60}\d[A-Za-z][A-Za-z0-9+-]{0,60}$
    | \d{3}                                        # numbered: post-4711, tdi_64_336
    | ^[a-z]*\d[a-z]+\d\w*$ | ^(?=\w*\d)(?=\w*[A-Z])(?=\w*[a-z])\w{5,10}$
    | _\d+(?:_|$)
    """,
    re.VERBOSE,
)
_STEM = re.compile(r"(?=[A-Za-z])[A-Za-z0-9_-]{2,60}?[A-Za-z0-9](?:--|__|_|-)(?=[A-Za-z0-9_+-]{5,8}$)")
"""What a build tool leaves of a name that people gave: "Card_title__" of "Card_title__x1Y2z"."""
_HASH = re.compile(
    r"(?:(?=[^0-9]*[0-9][0-9_+-]*[A-Za-z])|(?=(?:[^A-Z]*[A-Z]){2})(?=[^a-z]*[a-z]))"
    r"(?:[A-Za-z0-9+]|[_-](?![_-])){5,8}"
)
"""Digits before letters, or capitals among small letters; "item2" and "postList" are words of people."""
_LENGTHS_OF_HASHES = range(5, 9)
_SHORTEST_WORDS = 2.5
"""Letters of a word on the average, if capitals begin words: people write longer ones, hashes seem to have shorter."""
_OF_ONE = re.compile(
    r"^(?:(?:category|tag|status|format|author|postid|post_format|post-format|menu-item|term|wp-image)-"
    r"(?!(?:box|names?|links?|info|meta|line|wrap(?:per)?|block|area|details?|container|text|list|label|item|date)(?:$|[-_]))"
    r"|has-|is-|no-|js-|wow$|aos|animated?$|fade)"
)
"""What content systems say of one entry, and what scripts hang on to."""
_STATES = frozenset(
    """
    active current selected first last odd even open closed hidden visible show sticky featured new hover disabled
    clearfix cf clear group left right alt lazy lazyload lazyloaded loading loaded pull-left pull-right
    """.split()  # noqa: SIM905 - a table of names reads better without quotes
)
_UTILITY = re.compile(
    r"""
    [:/\[\]!%.]                                                   # Tailwind's variants and values
    | ^-?(?:[mp][trblxyse]?|w|h|z|gap|space|top|order|g|gx|gy|fs|fw|lh|rounded|opacity|inset|size)-(?:\d|auto|full|px)
    | ^(?:col|span|grid|row|large|small|medium|columns?|offset|one|two|three|four|five|six|unit|u|is|g|pure-u|uk|cell)
      (?:$|[-_]?(?:\d|x?[smlx][sdlgm]?-|xs|sm|md|lg|xl|half|third|auto|offset|cols?$))
    | ^(?:d|flex|text|bg|border|font|align|justify|items|float|shadow|leading|tracking|overflow|position|object|list
      |max|min|display|bs|ast)-
    | ^(?:row|flex|grid|block|inline|container|container-fluid|wrapper|columns?|hidden|relative|absolute|card-body|col
      |uppercase|truncate|underline|italic|bold|inner|outer|wrap|small|large|big|button|btn|link|box|white|black|red
      |blue|green|gray|grey|center|pull-\w+|img-\w+|btn-\w+)$
    """,
    re.VERBOSE,
)
_TELLING = re.compile(
    r"(?:article|post|entry|item|card|stor(?:y|ies)|news|teaser|archive|title|headline|heading|head|date|time|publish"
    r"|meta|byline|author|summary|excerpt|desc|intro|lead|dek|snippet|content|list|feed|blog|thumb|image|photo|tag"
    r"|categor|topic|kicker|label|info|preview|listing|result|entries|articles|posts|main|latest|stream|press|release"
    r"|hentry|record|notice|announce|event|day|month|year|text|name|link|subject|body|abstract)",
    re.IGNORECASE,
)
_TAG_COST = {
    "article": 0.9, "time": 0.6, "h1": 1.2, "h2": 1.1, "h3": 1.1, "h4": 1.2, "h5": 1.4, "h6": 1.4, "li": 2.0,
    "tr": 1.8, "dt": 1.4, "dd": 1.4, "main": 0.9, "section": 2.2, "p": 2.2, "td": 2.4, "a": 2.2, "address": 2.0,
    "strong": 2.2, "em": 2.4, "small": 2.2, "figure": 2.0, "ul": 2.4, "ol": 2.2, "table": 1.8, "tbody": 2.4,
    "header": 2.2, "footer": 2.4, "dl": 1.6, "b": 2.5, "i": 2.8, "blockquote": 2.0, "abbr": 1.5,
}  # fmt: skip
_OTHER_TAG = 3.0
_HALF = 1.5
"""What the stable half of a telling class costs."""
GOOD = 1.0
"""What a telling class costs; a selector's cost is the sum of its parts'."""


@lru_cache(maxsize=16_384)
def class_cost(name: str) -> float | None:
    """Return how little the class `name` tells a reader, about 1 (best) to 4; None if it must not be used at all."""
    if not _IDENTIFIER.fullmatch(name) or name.lower() in _STATES or len(name) > 40 or _OF_ONE.match(name):
        return None
    if _GENERATED.search(name) or _is_scrambled(name) or stem(name):
        return None
    if _UTILITY.search(name):
        return 4.0 if ":" not in name and "[" not in name else None
    return (GOOD if _TELLING.search(name) else 1.6) + len(name) / 60


def _is_scrambled(name: str) -> bool:
    """Return whether `name` is a short row of letters with capitals in the midst of no words: "bbPfFc"."""
    if not (name.isascii() and name.isalpha() and len(name) in _LENGTHS_OF_HASHES):
        return False
    words = re.findall("[A-Z]?[a-z]*", name)[:-1]
    return len(name) / max(len(words), 1) < _SHORTEST_WORDS


@lru_cache(maxsize=8192)
def stem(name: str) -> str | None:
    """Return the half of the class `name` that outlives a build, None where all of it will, or nothing.

    "Feed-module--feed__item--" of "Feed-module--feed__item--2D5rE"; the other half is a hash of the style.
    """
    found = _STEM.match(name)
    return found[0] if found is not None and _HASH.fullmatch(name[found.end() :]) else None


def tokens(element: Element) -> tuple[tuple[str, float], ...]:
    """Return the simple selectors that match `element`, with their costs, the best first."""
    return _tokens(element.tag, element.classes[:12])


def type_selector(tag: str) -> str:
    """Return the selector of the elements called `tag`; some have colons in their names, as in XML: "o:p"."""
    return _OF_NO_NAME.sub(r"\\\g<0>", tag)


@lru_cache(maxsize=16_384)
def _tokens(tag: str, classes: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    named = type_selector(tag)
    found = [(named, _TAG_COST.get(tag, _OTHER_TAG))]
    for name in dict.fromkeys(classes):
        cost = class_cost(name)
        if cost is not None:
            found.append((f".{name}", cost))
            found.append((f"{named}.{name}", cost + 0.05 + (0.3 if tag in ("div", "span") else 0.1)))
        elif (half := stem(name)) and _TELLING.search(half):
            found.append((f'[class*="{half}"]', _HALF + len(half) / 60))
    return tuple(sorted(found, key=lambda one: one[1]))


def own_name(element: Element) -> tuple[str, float] | None:
    """Return the id selector of `element` with its cost, None if it has none that will last."""
    name = element.attributes.get("id") or ""
    cost = class_cost(name) if name else None
    return (f"#{name}", cost + 0.3) if cost is not None and cost < 4 else None


def common_tokens(elements: Sequence[Element]) -> list[tuple[str, float]]:
    """Return the simple selectors that match every one of `elements`, the best first; none for no elements."""
    if not elements:
        return []
    shared = dict(tokens(elements[0]))
    for element in elements[1:]:
        mine = {token for token, _ in tokens(element)}
        shared = {token: cost for token, cost in shared.items() if token in mine}
    return sorted(shared.items(), key=lambda one: one[1])
