"""A version of parts of this program that nobody has to raise: a hash over their files and over libraries.

Too often another one is harmless, too seldom is silent. Owns how it is made; which files count is for others to say.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata
from importlib.resources.abc import Traversable

_VERSION = re.compile(r"^Version: ?([\w.+!-]+)$", re.MULTILINE)


def version_of(
    package: Traversable, rooms: Iterable[str], libraries: Mapping[str, str], suffixes: tuple[str, ...]
) -> str:
    """Return a hash of the files in `rooms`, folders of `package`, whose names end so, and of versions of `libraries`.

    Of a module that is installed without its source, the compiled file counts.
    """
    digest = hashlib.sha256(repr(sorted(libraries.items())).encode())
    for room in rooms:
        for name, file in _files(package.joinpath(room), room):
            if name.endswith(suffixes):
                content = file.read_bytes()
                digest.update(f"{name} {len(content)} ".encode())
                digest.update(content)
    return digest.hexdigest()


def _files(folder: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    """Yield the files in `folder` and below with their names, always in the same order."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not entry.is_dir():
            yield f"{name}/{entry.name}", entry
        # The copies in __pycache__ depend on the interpreter, and stand beside their sources.
        elif entry.name != "__pycache__":
            yield from _files(entry, f"{name}/{entry.name}")


def installed(distribution: str) -> str:
    """Return the version of `distribution`; empty where it is not known."""
    try:
        found = metadata.distribution(distribution)
    except metadata.PackageNotFoundError:  # tzdata where the system has its own, or a frozen program
        return ""
    # Read by itself: the whole of such a file is a letter with a README in it, which takes a millisecond to be parsed.
    line = _VERSION.search(found.read_text("METADATA") or "")
    return line[1] if line else found.version
