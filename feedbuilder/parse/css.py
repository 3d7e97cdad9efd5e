"""The text of a CSS selector taken apart: its alternatives, where it begins and where it ends.

Knows no page and no element, and takes selectors for valid (`rules.check_selector`): it only has to know what stands
within quotes, brackets and escapes. soupsieve's own parser gives no text back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_LIST = re.compile(r":(?:is|where|matches|any|-webkit-any|-moz-any)\(", re.IGNORECASE)
_COMBINATORS = frozenset(" \t\r\n\f>+~")


def alternatives(css: str) -> list[str]:
    """Return the selectors of a list: "h2 a, h3 a" is two."""
    return _parts(css, 0, len(css), 0)


def options(css: str) -> Iterator[tuple[str, str]]:
    """Yield for each option of an `:is(…)` or `:where(…)` that has several: the option, and `css` with it alone.

    Not of one within `:not(…)` or `:has(…)`, where fewer options do not select less.
    """
    depths = _depths(css)
    for found in _LIST.finditer(css):
        if depths[found.start()]:
            continue
        start = found.end()
        end = next((at for at in range(start, len(css)) if css[at] == ")" and depths[at] == 1), len(css))
        listed = _parts(css, start, end, 1)
        if len(listed) > 1:
            yield from ((option, css[:start] + option + css[end:]) for option in listed)


def endings(css: str) -> list[str]:
    """Return what is left of one selector without its first element, its first two, …: "a b c" gives "b c" and "c"."""
    return [css[start:] for start, _ in _compounds(css)[1:]]


def beginnings(css: str) -> list[str]:
    """Return one selector without its last element, its last two, …: "a b c" gives "a b" and "a"."""
    return [css[:end] for _, end in _compounds(css)[-2::-1]]


def _parts(css: str, start: int, end: int, depth: int) -> list[str]:
    depths = _depths(css)
    commas = [at for at in range(start, end) if css[at] == "," and depths[at] == depth]
    starts, ends = [start, *(at + 1 for at in commas)], [*commas, end]
    parts = (css[first:last].strip() for first, last in zip(starts, ends, strict=True))
    return [part for part in parts if part]


def _compounds(css: str) -> list[tuple[int, int]]:
    """Return where each element's part starts and ends: "ul > li.a" has two."""
    depths = _depths(css)
    spans: list[tuple[int, int]] = []
    for at, character in enumerate(css):
        if character in _COMBINATORS and not depths[at]:
            continue
        if spans and spans[-1][1] == at:
            spans[-1] = spans[-1][0], at + 1
        else:
            spans.append((at, at + 1))
    return spans


def _depths(css: str) -> list[int]:
    """Return in how many brackets each character stands, these included; what is quoted or escaped, in one more."""
    depths: list[int] = []
    depth, quote, escaped = 0, "", False
    for character in css:
        if escaped or quote or character in "\"'\\":
            depths.append(depth + 1)
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif quote:
                quote = "" if character == quote else quote
            else:
                quote = character
            continue
        depth += character in "(["
        depths.append(depth)
        depth -= character in ")]" and depth > 0
    return depths
