"""Where everything stands in a TOML text: the line of each table, key and value.

`tomllib` reads TOML well and forgets the lines; this module finds them again, and nothing else. It knows TOML's
outlines (headers, keys, strings, brackets) and trusts that `tomllib` has accepted the text. It knows nothing of
feedbuilder: a property test holds its paths against those of `tomllib`.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any

Path = tuple[str | int, ...]
"""The way to a value: keys of tables and, counted from 0, positions in lists. `()` is the whole file."""

_BARE_KEY = r"[A-Za-z0-9_-]+"
_BASIC = r'"(?:[^"\\\n]|\\.)*"'
_LITERAL = r"'[^'\n]*'"
_KEY = rf"(?:{_BASIC}|{_LITERAL}|{_BARE_KEY})"
_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE = re.compile(_BARE_KEY)
_DOTTED = re.compile(rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*")
_SCALAR = re.compile(
    # A multi-line string may end in up to five quotes: the last three close it.
    r'"""(?:[^\\]|\\.)*?"""(?:"{0,2})'
    r"|'''.*?'''(?:'{0,2})"
    rf"|{_BASIC}|{_LITERAL}"
    r"|[^,\]}#\n]+",
    re.DOTALL,
)


def find_lines(text: str) -> Mapping[Path, int]:
    r"""Return the line, counted from 1, of every table, key and value of a TOML text that `tomllib` accepts.

    A key's line is the one its name stands on, even where its value reaches over several; an element of a list has
    the line on which it begins. A table that no header opens (`a.b = 1`) has the line of its first key. `()` is 1.
    Line ends are `\n` or `\r\n`, as in TOML. What this returns for other texts is not defined.
    """
    return _Scan(text).run()


class _Scan:
    """One walk over a text; `at` is how far it has come."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[Path, int] = {(): 1}
        self._line_ends = [match.start() for match in re.finditer("\n", text)]
        self._tables_seen: dict[Path, int] = {}

    def run(self) -> dict[Path, int]:
        table: Path = ()
        while self._skip_space() < len(self.text):
            if self.text.startswith("[", self.at):
                table = self._header()
            else:
                self._pair(table)
        return self.found

    def _header(self) -> Path:
        repeated = self.text.startswith("[[", self.at)
        line = self._line()
        self.at += 2 if repeated else 1
        self._skip_space()
        *parents, name = self._dotted()
        self._skip_space()
        self.at += 2 if repeated else 1
        path: Path = ()
        for key in parents:
            path = self._current((*path, key))
            self.found.setdefault(path, line)
        path = (*path, name)
        if repeated:
            self.found.setdefault(path, line)
            self._tables_seen[path] = self._tables_seen.get(path, -1) + 1
            path = self._current(path)
        # The header is where a reader looks for the table, even where `[a.b]` came before `[a]`.
        self.found[path] = line
        return path

    def _current(self, path: Path) -> Path:
        """Return `path`, or its last element so far where it is a list of tables (`[[path]]`)."""
        return (*path, self._tables_seen[path]) if path in self._tables_seen else path

    def _pair(self, table: Path) -> None:
        line, path = self._line(), table
        for key in self._dotted():
            path = (*path, key)
            self.found.setdefault(path, line)
        self._skip_space()
        self.at += 1  # the equals sign
        self._skip_space()
        self._value(path)

    def _value(self, path: Path) -> None:
        self.found.setdefault(path, self._line())
        if self.text.startswith("[", self.at):
            self.at += 1
            index = 0
            while not self._closed("]"):
                self._value((*path, index))
                index += 1
        elif self.text.startswith("{", self.at):
            self.at += 1
            while not self._closed("}"):
                self._pair(path)
        else:
            self.at = self._matched(_SCALAR).end()

    def _closed(self, bracket: str) -> bool:
        """Pass the comma before the next element; return whether there is none, with the closing bracket passed."""
        if self.text.startswith(",", self._skip_space()):
            self.at += 1
            self._skip_space()
        if self.text.startswith(bracket, self.at):
            self.at += 1
            return True
        return False

    def _dotted(self) -> Sequence[str]:
        """Pass a key, dotted or not; return its parts, unquoted."""
        match = self._matched(_DOTTED)
        self.at = match.end()
        if _BARE.fullmatch(match[0]):
            return [match[0]]
        parts: list[str] = []
        node: Any = tomllib.loads(f"{match[0]} = 0")
        while isinstance(node, dict):
            [(key, node)] = node.items()
            parts.append(key)
        return parts

    def _matched(self, pattern: re.Pattern[str]) -> re.Match[str]:
        match = pattern.match(self.text, self.at)
        assert match is not None, "tomllib has accepted this text"
        return match

    def _skip_space(self) -> int:
        """Pass spaces, line ends and comments; return where that leads."""
        self.at = self._matched(_SPACE).end()
        return self.at

    def _line(self) -> int:
        return bisect_left(self._line_ends, self.at) + 1
