"""Every regular expression of the project takes time in proportion to the text, on texts made to slow it down.

One small page stopped the whole process, for the engine holds the interpreter's lock while it backtracks. Patterns
that only ever see short texts are named in `SHORT`, with the most characters that their callers let through.
"""

from __future__ import annotations

import ast
import dataclasses
import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import feedbuilder
from tests.hostile.pumping import MOST_GROWTH, AnyPattern, growth, pumped

ROOT = Path(feedbuilder.__file__).parent
SHORT = {
    "feedbuilder.parse.dates": "read() refuses texts over 200 characters",
    "feedbuilder.config": "what the operator writes, not a site",
    "feedbuilder.model.units": "what the operator writes, not a site",
    "feedbuilder.newsroom": "knows only its own texts",
}
"""Modules whose patterns no long foreign text reaches, and why."""
STARTS_ANYWHERE = frozenset(("search", "finditer", "findall", "sub", "subn", "split"))


@cache
def uses(module: str) -> dict[str, set[str]]:
    """Return by which methods each name is used: in `module` the private ones, in all modules together for ""."""
    used: dict[str, set[str]] = {}
    for path in _sources_by_name().values() if not module else [_sources_by_name()[module]]:
        for name, method in _methods(path):
            used.setdefault(name, set()).add(method)
    return used


@cache
def _methods(path: Path) -> frozenset[tuple[str, str]]:
    """Return what is called of which name in one file: ("_SPACE", "sub")."""
    return frozenset(
        (node.value.id if isinstance(node.value, ast.Name) else node.value.attr, node.attr)
        for node in _nodes(path)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute)
    )


@cache
def _sources_by_name() -> dict[str, Path]:
    return {
        ".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted(ROOT.rglob("*.py"))
    }


@cache
def _nodes(path: Path) -> tuple[ast.Attribute | ast.Call, ...]:
    """Return the nodes of a file that may tell of patterns; each file is walked once."""
    tree = ast.parse(path.read_text("utf-8"))
    return tuple(node for node in ast.walk(tree) if isinstance(node, ast.Attribute | ast.Call))


def patterns_in(value: Any, depth: int = 0) -> Iterator[AnyPattern]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 6:
        if isinstance(value, dict):
            inside: Any = (*value.keys(), *value.values())
        elif isinstance(value, list | tuple | set | frozenset):
            inside = value
        elif dataclasses.is_dataclass(value) and not isinstance(value, type):
            inside = [getattr(value, field.name, None) for field in dataclasses.fields(value)]
        else:
            inside = ()
        for part in inside:
            yield from patterns_in(part, depth + 1)


def all_patterns() -> dict[str, tuple[AnyPattern, set[str]]]:
    """Return every compiled pattern that a module of the project holds, by its place, with the ways it is used."""
    found: dict[tuple[str | bytes, int], tuple[str, AnyPattern, set[str]]] = {}
    for module in pkgutil.walk_packages(feedbuilder.__path__, "feedbuilder."):
        if "__main__" in module.name or ".migrations" in module.name or module.name.startswith(tuple(SHORT)):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            for number, pattern in enumerate(patterns_in(value)):
                methods = uses(module.name if name.startswith("_") else "").get(name, set())
                bare = value is pattern and methods and not methods & STARTS_ANYWHERE
                ways = methods & {"match", "fullmatch"} if bare else {"finditer"}
                found.setdefault((pattern.pattern, pattern.flags), (f"{module.name}.{name}[{number}]", pattern, set()))[
                    2
                ].update(ways)
    return {place: (pattern, ways) for place, pattern, ways in found.values()}


def inline_patterns() -> dict[str, tuple[AnyPattern, set[str]]]:
    """Return the patterns that are written where they are used, `re.sub(r"…", …)`, by their place."""
    found: dict[str, tuple[AnyPattern, set[str]]] = {}
    for module, path in _sources_by_name().items():
        for node in _nodes(path) if not module.startswith(tuple(SHORT)) else ():
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                continue
            method, first = node.func.attr, node.args[0]
            if (
                isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and method != "compile"
                and isinstance(first, ast.Constant)
                and isinstance(first.value, str)
            ):
                ways = {method} if method in ("match", "fullmatch") else {"finditer"}
                found[f"{module}:{node.lineno}:{node.col_offset}"] = re.compile(first.value, re.IGNORECASE), ways
    return found


PATTERNS = all_patterns() | inline_patterns()


def test_the_patterns_of_the_project_are_found() -> None:
    assert len(all_patterns()) > 150
    assert len(inline_patterns()) > 10


@pytest.mark.parametrize("place", PATTERNS)
def test_time_grows_with_the_text(place: str) -> None:
    pattern, ways = PATTERNS[place]
    slow = {
        (way, text): factor
        for text in pumped(pattern)
        for way in sorted(ways)
        if (factor := growth(pattern, way, text)) > MOST_GROWTH
    }
    assert not slow, f"{place} = {pattern.pattern!r} takes more than linear time: {list(slow.items())[:2]}"


def test_patterns_that_are_known_to_be_slow_are_found() -> None:
    # A test of the test: the shapes that were found in pages and attacked.
    for slow in (
        r"\s+$",
        r"url\(\s*([^)]*)\s*\)",
        r"<!--.*?-->",
        r"(?:a|a)*b",
        r"(?:,\s*\d+)*\s*\)",
        r'data-[\w-]*date[\w-]*="',
    ):
        pattern = re.compile(slow, re.DOTALL)
        assert any(growth(pattern, "finditer", text) > MOST_GROWTH for text in pumped(pattern)), slow
