"""Paths into data: "props.posts", "sections.*.posts", "**.posts". Owns how they are written and walked.

Data are what JSON gives: dicts, lists, texts, numbers. All walks are bounded and none is recursive.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

MANY = 300_000
"""Objects and lists within one that are walked at the most."""
_DEEP = 6
"""Levels at which a text is looked for in what should be one: an image is often an object of objects."""
_SAID = ("rendered", "name", "text", "title", "label", "headline", "@value")
_TIMES = ("$date", "date", "iso", "seconds", "_seconds", "current", "value")
_ADDRESSES = ("url", "contentUrl", "src", "href", "sourceUrl", "source_url", "permalink", "@id")
_SIZES = ("large", "medium", "original", "default")
_HOLDERS = ("asset", "node", "data", "attributes", "file", "fields", "image", "formats", "renditions")
_AS_TEXT = (*_SAID, *_TIMES, *_ADDRESSES, *_HOLDERS)
_AS_ADDRESS = (*_ADDRESSES, *_TIMES, *_SIZES, *_HOLDERS, *_SAID)
"""Where the text stands in an object that stands for one, the likeliest first; and where an address stands."""


def walk(value: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield the objects and lists in `value`, itself among them, with the path to each; outer first, in order."""
    stack: list[tuple[tuple[str, ...], Any]] = [((), value)]
    for _ in range(MANY):
        if not stack:
            return
        path, node = stack.pop()
        if isinstance(node, dict | list):
            yield path, node
        if isinstance(node, dict):
            stack += [
                ((*path, str(key)), inner) for key, inner in reversed(node.items()) if isinstance(inner, dict | list)
            ]
        elif isinstance(node, list):
            indexed = ((index, node[index]) for index in range(len(node) - 1, -1, -1))
            stack += [((*path, str(index)), inner) for index, inner in indexed if isinstance(inner, dict | list)]


def follow(value: Any, path: str) -> list[Any]:
    """Return what stands at `path` in `value`, in document order; empty where nothing does.

    A name goes into an object, a number into a list, `*` into every member, `**` into everything at any depth; a name
    that meets a list goes into each of its members.
    """
    nodes = [value]
    deep = False
    for step in path.split("."):
        if step == "**":
            nodes = list(_distinct(inner for node in nodes for _, inner in walk(node)))
            deep = True
            continue
        nodes = [inner for node in nodes for inner in _step(node, step, through_lists=not deep)]
        deep = False
    return nodes


def members(value: Any, path: str) -> list[dict[str, Any]]:
    """Return the objects that `path` leads to in `value`: those of its lists, or those it leads to themselves."""
    found = [inner for node in follow(value, path) for inner in (node if isinstance(node, list) else [node])]
    return [node for node in found if isinstance(node, dict)]


def texts(value: Any, *, address: bool = False) -> Iterator[str]:
    """Yield the texts that `value` stands for: itself, those of its members, the name (or `address`) of an object."""
    keys = _AS_ADDRESS if address else _AS_TEXT
    stack = [(value, 0)]
    for _ in range(MANY):
        if not stack:
            return
        node, depth = stack.pop()
        if isinstance(node, str):
            if node.strip():
                yield node
        elif isinstance(node, int | float) and not isinstance(node, bool):
            yield str(node)
        elif depth >= _DEEP:
            continue
        elif isinstance(node, list):
            stack += reversed([(inner, depth + 1) for inner in node])
        elif isinstance(node, dict):
            inner = next((node[key] for key in keys if node.get(key) not in (None, "", [], {})), None)
            stack.append((inner, depth + 1))


def _step(node: Any, step: str, *, through_lists: bool) -> Iterator[Any]:
    if isinstance(node, dict):
        if step == "*":
            yield from node.values()
        elif step in node:
            yield node[step]
    elif isinstance(node, list):
        if step == "*":
            yield from node
        elif step.isdecimal() and len(step) < 7:
            yield from node[int(step) : int(step) + 1]
        elif through_lists:
            yield from (inner[step] for inner in node if isinstance(inner, dict) and step in inner)


def _distinct(nodes: Iterator[Any]) -> Iterator[Any]:
    """Yield each object once, however many paths lead to it."""
    seen: set[int] = set()
    for node in nodes:
        if id(node) not in seen:
            seen.add(id(node))
            yield node
