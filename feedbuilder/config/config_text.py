"""A configuration file as it was read: what stands where, for messages that name file, line, table and key.

Knows TOML values and lines; decides nothing about what is right.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any, Self, TypeVar

from feedbuilder.config.places import Path, find_lines
from feedbuilder.config.variables import fill_in
from feedbuilder.model import Feed, Source
from feedbuilder.model.setting_types import Settings

Mark = tuple[str, int, int, int]
"""What tells a file from its later self: path, modification time in ns, size, inode; -1 for what is not there."""

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Made:
    """The models that a file came to."""

    defaults: Settings
    """What stood under its sources."""
    sources: tuple[Source, ...]
    feeds: tuple[Feed, ...]


@dataclass(frozen=True)
class ConfigText:
    """One file as it was read. The order of files is the order of their problems."""

    order: int
    name: FilePath
    """The way to it, as the user wrote it or would write it."""
    written: str
    """The file itself. All else is read from it when it is asked for."""
    environ: Mapping[str, str] = field(repr=False)
    mark: Mark
    """What the file looked like just before it was read."""
    made: Made | None = None
    """What it came to, where nothing was wrong with it."""
    _seen: dict[object, Any] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def raw(self) -> Mapping[str, Any]:
        """Return what `tomllib` reads, variables not filled in: the only values that messages show.

        Raises ValueError and RecursionError for what is no TOML.
        """
        return tomllib.loads(self.written)

    @cached_property
    def data(self) -> Mapping[str, Any]:
        """Return the same with variables filled in, but for those in `unfilled`."""
        return self._filled[0]

    @property
    def unfilled(self) -> Mapping[Path, str]:
        """Return where a variable cannot be filled in, and why."""
        return self._filled[1]

    @cached_property
    def _filled(self) -> tuple[Mapping[str, Any], Mapping[Path, str]]:
        problems: dict[Path, str] = {}
        return (fill_in(self.raw, self.environ, problems) if "${" in self.written else self.raw), problems

    @cached_property
    def lines(self) -> Mapping[Path, int]:
        """Return the line of everything; looked for when the first message names one, for mostly none does."""
        return find_lines(self.written)

    def seen(self, what: object, look: Callable[[Self], Found]) -> Found:
        """Return what `look` finds in the file; `what` names it, for it is kept when all else is let go."""
        if what not in self._seen:
            self._seen[what] = look(self)
        found: Found = self._seen[what]
        return found

    def read(self, made: Made) -> ConfigText:
        """Return the same file after it was read well, what `tomllib` gave let go: that takes as much as the models."""
        return replace(self, made=made)

    def still(self, mark: Mark, order: int) -> ConfigText | None:
        """Return the same file at place `order` if it is as it was and came to something, None if it is to be read.

        With variables in it, it is: they may have other values.
        """
        same = mark == self.mark and self.made is not None and "${" not in self.written
        return replace(self, order=order) if same else None

    def value(self, path: Path) -> Any:
        """Return what stands at `path`, variables not filled in; None where nothing does."""
        node: Any = self.raw
        for part in path:
            match node:
                case dict() if part in node:
                    node = node[part]
                case list() if isinstance(part, int) and part < len(node):
                    node = node[part]
                case _:
                    return None
        return node

    def line(self, path: Path) -> int:
        """Return the line of `path`, or of the nearest thing around it that is written."""
        while path not in self.lines:
            path = path[:-1]
        return self.lines[path]

    def place(self, path: Path) -> str:
        """Return the file and line of `path`, as editors and terminals make links of it."""
        return f"{self.name}:{self.line(path)}"


_LISTS = {"source": "id", "feed": "slug"}


def table_name(text: ConfigText, path: Path) -> tuple[str, Path]:
    """Return what a person calls the table that `path` is in, and the rest of the path.

    `[[source]] "world"` where the table has a name, `[[source]]` where it has none, nothing at the top of the file.
    """
    match path:
        case (str() as name, int() as index, *rest) if name in _LISTS:
            key = text.value((name, index, _LISTS[name]))
            return (f'[[{name}]] "{key}"' if isinstance(key, str) else f"[[{name}]]"), tuple(rest)
        case ("logins", str() as name, *rest):
            return f"[logins.{name}]", tuple(rest)
        case (str() as name, *rest) if isinstance(text.value((name,)), dict):
            return f"[{name}]", tuple(rest)
        case _:
            return "", path


def locate(text: ConfigText, here: Path, loc: Sequence[str | int]) -> Path:
    """Return the path in the file of a place in a validated value.

    Short forms make the two differ: `title = "h2"` is validated as a list of tables with one `select`. Steps that
    the writing does not have are left out.
    """
    path = here
    for step in loc:
        node = text.value(path)
        if (isinstance(node, dict) and step in node) or (isinstance(node, list) and isinstance(step, int)):
            path = (*path, step)
    return path
