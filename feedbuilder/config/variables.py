"""`${NAME}` in the values of a configuration: what keeps secrets out of the file.

Pure: the environment comes in as a mapping. Never puts the value of a variable into a message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from feedbuilder.config.places import Path

# Escaped opening, whole variable, or an opening that is neither.
_MARK = re.compile(r"\$(?P<escaped>\$\{)|\$\{(?P<name>[^{}]*)\}|\$\{")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def has_variable(value: Any) -> bool:
    """Return whether `value` is a text with something to fill in."""
    return isinstance(value, str) and any(not match["escaped"] for match in _MARK.finditer(value))


def variables_in(node: Any, here: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield the path of each text in `node` (what `tomllib` gives) with the names that are to be filled in there."""
    if isinstance(node, dict | list):
        for key, child in node.items() if isinstance(node, dict) else enumerate(node):
            yield from variables_in(child, (*here, key))
    elif isinstance(node, str) and "${" in node:
        yield from ((here, match["name"]) for match in _MARK.finditer(node) if match["name"] is not None)


def fill_in(node: Any, environ: Mapping[str, str], problems: dict[Path, str], here: Path = ()) -> Any:
    """Return a copy of `node` whose texts have each `${NAME}` replaced by that variable, and `$${` by `${`.

    `node` is what `tomllib` gives; keys are left alone. A text in which something is wrong (a variable that is not
    set or no UTF-8, a `${` that opens no name) stays as it is, and `problems` gets a message for its path.
    """
    if isinstance(node, dict):
        return {key: fill_in(child, environ, problems, (*here, key)) for key, child in node.items()}
    if isinstance(node, list):
        return [fill_in(child, environ, problems, (*here, index)) for index, child in enumerate(node)]
    if not isinstance(node, str):
        return node
    for match in _MARK.finditer(node):
        fault = None if match["escaped"] else _fault(match["name"], environ)
        if fault:
            problems[here] = fault
            return node
    return _MARK.sub(lambda match: match["escaped"] or environ[match["name"]], node)


def _fault(name: str | None, environ: Mapping[str, str]) -> str | None:
    """Return why `${name}` cannot be filled in, None if it can; `name` is None after a `${` that nothing closes."""
    if name is None or not _NAME.fullmatch(name):
        return 'expected the name of an environment variable, as in "${NAME}"; write "$${" for the characters "${"'
    if name not in environ:
        return f"the environment variable {name} is not set"
    if any("\ud800" <= character <= "\udfff" for character in environ[name]):
        return f"the environment variable {name} is not UTF-8"
    return None
