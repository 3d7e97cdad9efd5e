"""When what was read before is void: other settings of the source, or another program that reads pages.

The program's part is derived from its own files, so that no developer has to remember to raise a number: a change in
how dates are read makes every stored validator void, and the page is fetched in full once more. Too often is harmless.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Self
from weakref import ref

from feedbuilder.model import Source, SourceKind
from feedbuilder.model.program_version import installed, version_of

_READING = ("extract", "content", "parse", "model")
"""The rooms whose modules decide what a page says."""
_LIBRARIES = (
    "beautifulsoup4",
    "charset-normalizer",
    "dateparser",
    "feedparser",
    "lxml",
    "nh3",
    "selectolax",
    "soupsieve",
    "tzdata",
    "webencodings",
)
"""Distributions that decide it too: an upgrade of dateparser reads dates otherwise."""
_SETTINGS = frozenset(
    [
        "url",
        "kind",
        "only",
        "limit",
        "timezone",
        "language",
        "day_first",
        "date_format",
        "headers",
        "login",
        "proxy",
        "request",
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
    return hashlib.sha256(f"{own_version()} {settings_mark(source)}".encode()).hexdigest()


def settings_mark(source: Source) -> str:
    """Return a hash of the settings of `source` that change what its list looks like, whatever reads it."""
    known = _MARKS.get(id(source))
    if known is not None and known() is source:
        return known.mark
    wanted = {*_SETTINGS, "changes"} if source.kind is SourceKind.CHANGES else set(_SETTINGS)
    settings = source.model_dump_json(include=wanted, exclude_defaults=True) + source.login_mark
    mark = hashlib.sha256(settings.encode()).hexdigest()
    _MARKS[id(source)] = _MarkOf(source, mark)
    return mark


class _MarkOf(ref[Source]):
    """The mark of a source, as long as that is there."""

    __slots__ = ("key", "mark")
    key: int
    mark: str

    def __new__(cls, source: Source, mark: str) -> Self:
        """Remember `mark` until `source` is gone."""
        made = super().__new__(cls, source, _forget)
        made.key, made.mark = id(source), mark
        return made


def _forget(gone: ref[Source]) -> None:
    if isinstance(gone, _MarkOf) and _MARKS.get(gone.key) is gone:  # another source may stand at its place by now
        del _MARKS[gone.key]


_MARKS: dict[int, _MarkOf] = {}
"""Those of the sources that there are, by their `id`; they do not change, and to write out settings takes long."""


@cache
def own_version() -> str:
    """Return a hash of the program as far as it reads pages. Takes some milliseconds, once in a process."""
    return reading_version(resources.files("feedbuilder"), {name: installed(name) for name in _LIBRARIES})


def reading_version(package: Traversable, libraries: dict[str, str]) -> str:
    """Return a hash of the modules below `package` that read pages, and of the versions of `libraries`."""
    return version_of(package, _READING, libraries, (".py", ".pyc"))
