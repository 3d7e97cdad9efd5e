"""The page's scripts and attributes -> the objects that they hold. Owns where frameworks leave their state.

Knows the forms of Next.js (pages and app router), Nuxt 2 and 3, Inertia, Astro and plain assignments; knows nothing of
articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from feedbuilder.model import DataPlace, Pick
from feedbuilder.parse.data.lenient_json import LONGEST, assigned, parse
from feedbuilder.parse.data.paths import MANY

_LINKED_DATA = re.compile(
    r"<script\b[^>]*\btype\s*=\s*[\"']?application/ld\+json[^>]*>(.*?)</script", re.IGNORECASE | re.DOTALL
)
_MANY_SCRIPTS = 300
FLIGHT = "self.__next_f"
"""The variable that Next.js pushes the rows of its app router's state to."""
_PUSH = re.compile(r"(?:self\.)?__next_f(?:\s{0,20}=[^;)=]{0,200}\))?\.push\(")
_ROW = re.compile(r"([0-9a-f]+):(?:T([0-9a-f]+),)?")
_REFERENCE = re.compile(r"\$[L@]?([0-9a-f]+)")
_NUXT_WRAPPERS = frozenset(
    ("Reactive", "ShallowReactive", "Ref", "ShallowRef", "EmptyRef", "EmptyShallowRef", "NuxtError")
)


def linked_data(text: str) -> list[Any]:
    """Return what the JSON-LD scripts in the HTML `text` hold, in page order; unreadable ones are left out."""
    found = (parse(script[1]) for script, _ in zip(_LINKED_DATA.finditer(text), range(_MANY_SCRIPTS), strict=False))
    return [value for value in found if value is not None]


def states(tree: LexborHTMLParser, place: str) -> list[Any]:
    """Return the objects that `place` (see `model.DataPlace`) names in `tree`, in page order; empty if there are none.

    A CSS selector that cannot be run finds nothing.
    """
    kind = DataPlace.of(place)
    if kind is DataPlace.VARIABLE:
        return _flight(tree) if place == FLIGHT else list(_assigned(tree, place))
    pick = Pick.parse(place)
    try:
        nodes = tree.css(pick.css)[:_MANY_SCRIPTS]
    except SelectolaxError:
        return []
    held = (
        _expanded(parse((node.attributes.get(pick.attribute) if pick.attribute else node.text()) or ""))
        for node in nodes
    )
    return [value for value in held if value is not None]


def scripts(tree: LexborHTMLParser) -> list[str]:
    """Return the texts of the page's inline scripts, in page order."""
    return [script.text()[:LONGEST] for script in tree.css("script:not([src])")[:_MANY_SCRIPTS]]


def _assigned(tree: LexborHTMLParser, name: str) -> Iterator[Any]:
    """Yield what is assigned to the variable `name`, written with or without "window."."""
    bare = re.sub(r"^(?:window|self|globalThis)\.", "", name)
    dotted = r"\s*(?:\.\s*|\[\s*[\"'])".join(map(re.escape, bare.split(".")))
    pattern = re.compile(rf"(?<![\w$]){dotted}[\"']?\s*\]?\s*=(?!=)\s*")
    for script in scripts(tree):
        if found := pattern.search(script):
            value = assigned(script, found.end())
            if value is not None:
                yield value


def _expanded(value: Any) -> Any:
    """Return `value` with the references of a Nuxt 3 payload resolved, other values as they are."""
    if isinstance(value, list) and len(value) > 1 and _is_reactive(value[0]):
        return _Payload(value).resolved()
    return value


def _is_reactive(first: Any) -> bool:
    if isinstance(first, list):
        return (
            len(first) == 2 and isinstance(first[0], str) and first[0] in _NUXT_WRAPPERS and isinstance(first[1], int)
        )
    return isinstance(first, dict) and bool(first) and all(type(inner) is int for inner in first.values())


class _Payload:
    """A list of values that name each other by their place in it (the format of "devalue", which Nuxt 3 writes)."""

    def __init__(self, values: list[Any]) -> None:
        self._values = values
        self._made: dict[int, Any] = {}
        self._open: list[tuple[Any, Any]] = []

    def resolved(self) -> Any:
        """Return the value at 0 with all that it names filled in; what names itself is one object twice."""
        root = self._at(0)
        for _ in range(MANY):
            if not self._open:
                break
            made, written = self._open.pop()
            if isinstance(made, dict):
                made.update({key: self._at(place) for key, place in written.items()})
            else:
                made += [self._at(place) for place in written]
        return root

    def _at(self, place: Any) -> Any:
        for _ in range(10):  # wrappers within wrappers
            if type(place) is not int or not 0 <= place < len(self._values):
                return None
            if place in self._made:
                return self._made[place]
            value = self._values[place]
            if not (isinstance(value, list) and value and isinstance(value[0], str)):
                break
            if value[0] == "Date":
                return value[1] if len(value) > 1 else None
            if value[0] not in _NUXT_WRAPPERS or len(value) < 2:
                return None
            place = value[1]
        made: Any = {} if isinstance(value, dict) else [] if isinstance(value, list) else value
        self._made[place] = made
        if isinstance(value, dict | list):
            self._open.append((made, value))
        return made


def _flight(tree: LexborHTMLParser) -> list[Any]:
    """Return the rows that Next.js pushed, as one object from row to value; empty if there are none.

    A row is `id:` and JSON, or `id:T`, a length in bytes, a comma and text. Rows name each other by "$id".
    """
    chunks = []
    for script in scripts(tree):
        for found in _PUSH.finditer(script):
            pushed = parse(script[found.end() :])
            if isinstance(pushed, list) and len(pushed) > 1 and isinstance(pushed[1], str):
                chunks.append(pushed[1])
    rows = dict(_rows("".join(chunks)[:LONGEST]))
    return [_referred(rows)] if rows else []


def _rows(text: str) -> Iterator[tuple[str, Any]]:
    at = 0
    while found := _ROW.match(text, at):
        if found[2]:
            length = int(found[2], 16)
            body = text[found.end() : found.end() + length].encode()[:length].decode("utf-8", "ignore")
            yield found[1], body
            at = found.end() + len(body)
            continue
        end = text.find("\n", found.end())
        line = text[found.end() : end if end >= 0 else None]
        if line[:1] in ("[", "{"):
            value = parse(line)
            if value is not None:
                yield found[1], value
        if end < 0:
            return
        at = end + 1


def _referred(rows: dict[str, Any]) -> dict[str, Any]:
    """Fill in the texts that stand in rows of their own."""
    long = {key: value for key, value in rows.items() if isinstance(value, str)}
    stack: list[Any] = [rows]
    for _ in range(MANY if long else 0):
        if not stack:
            break
        node = stack.pop()
        for key, inner in list(node.items() if isinstance(node, dict) else enumerate(node)):
            if isinstance(inner, dict | list):
                stack.append(inner)
            elif isinstance(inner, str) and (found := _REFERENCE.fullmatch(inner)) and found[1] in long:
                node[key] = long[found[1]]
    return rows
