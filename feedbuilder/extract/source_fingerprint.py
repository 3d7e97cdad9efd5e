"""When what was read before is void: other settings of the source, or another program that reads pages.

The program's part is derived from its own files, so that no developer has to remember to raise a number: a change in
how dates are read makes every stored validator void, and the page is fetched in full once more. Too often is harmless.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable

from feedbuilder.model import Source

_READING = ("extract", "parse", "model")
"""The rooms whose modules decide what a page says."""
_LIBRARIES = (
    "beautifulsoup4",
    "charset-normalizer",
    "dateparser",
    "lxml",
    "selectolax",
    "soupsieve",
    "tzdata",
    "webencodings",
)
"""Distributions that decide it too: an upgrade of dateparser reads dates otherwise."""
_SETTINGS = frozenset(
    [
        "url",
        "timezone",
        "language",
        "day_first",
        "headers",
        "selectors",
        "allow_empty",
        "keep_fragment",
        "without_links",
        "drop_parameters",
    ]
)


def fingerprint(source: Source) -> str:
    """Return a hash of all that changes what is fetched and extracted for `source`: its settings and the program.

    The same on every machine with the same installation. Request headers are part of it, for they change the page (a
    language, a cookie); as in all of it, nothing can be read back from the hash.
    """
    settings = source.model_dump_json(include=set(_SETTINGS))
    return hashlib.sha256(f"{_own_version()} {settings}".encode()).hexdigest()


@cache
def _own_version() -> str:
    return reading_version(resources.files("feedbuilder"), {name: _installed(name) for name in _LIBRARIES})


def reading_version(package: Traversable, libraries: dict[str, str]) -> str:
    """Return a hash of the modules below `package` that read pages, and of the versions of `libraries`.

    Of a module that is installed without its source, the compiled file counts.
    """
    digest = hashlib.sha256(repr(sorted(libraries.items())).encode())
    for room in _READING:
        for name, module in _modules(package.joinpath(room), room):
            content = module.read_bytes()
            digest.update(f"{name} {len(content)} ".encode())
            digest.update(content)
    return digest.hexdigest()


def _modules(folder: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    """Yield the modules in `folder` and below with their names, always in the same order."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            # The copies in __pycache__ depend on the interpreter, and stand beside their sources.
            if entry.name != "__pycache__":
                yield from _modules(entry, f"{name}/{entry.name}")
        elif entry.name.endswith((".py", ".pyc")):
            yield f"{name}/{entry.name}", entry


def _installed(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:  # tzdata where the system has its own, or a frozen program
        return ""
