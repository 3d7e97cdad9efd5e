"""The mistakes and warnings found in a configuration: file, line, table, key, what was found, what is allowed.

Owns the form of a message, and that no secret gets into it. What is wrong, and what is expected, others say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pydantic_core import ErrorDetails

from feedbuilder.config.config_text import ConfigText, locate, table_name
from feedbuilder.config.error_wording import expectation, lacks_key, missing_key, unknown_key
from feedbuilder.config.places import Path
from feedbuilder.config.variables import has_variable
from feedbuilder.model.setting_types import Settings


@dataclass
class ProblemReport:
    """The problems and warnings found so far."""

    _problems: dict[tuple[int, Path], tuple[int, int, str]] = field(default_factory=dict)
    _broken: list[tuple[int, int, str]] = field(default_factory=list)
    _warnings: list[tuple[ConfigText, Path, str]] = field(default_factory=list)

    def broken(self, order: int, line: int, message: str) -> None:
        """Note a file that cannot be read at all. `message` is whole."""
        self._broken.append((order, line, message))

    @property
    def complete(self) -> bool:
        """Return whether every file could be read."""
        return not self._broken

    def wrong(self, text: ConfigText, path: Path, expected: str) -> None:
        """Note that the value at `path` is wrong: `key = what was found: expected`. It may be a default, unwritten."""
        raw = text.value(path)
        if raw is None:
            self.note(text, path, f": {expected}")
            return
        if has_variable(raw) and not expected.startswith("expected"):
            expected = expected.partition(":")[0]  # what follows may quote the secret
        sign = " =" if path and isinstance(path[-1], str) else ":"
        self.note(text, path, f"{sign} {_shown(raw, path)}: {expected}")

    def note(self, text: ConfigText, path: Path, message: str, *, about: Path | None = None) -> None:
        """Note a problem at `path`; the first one of each path counts.

        `message` goes on after the name of the key at `about`, which is `path` itself unless it says otherwise.
        """
        if not self.knows(text, path):
            sentence = _sentence(text, path, path if about is None else about, message)
            self._problems[text.order, path] = (text.order, text.line(path), sentence)

    def warn(self, text: ConfigText, path: Path, message: str) -> None:
        """Note something that is allowed and seldom meant."""
        self._warnings.append((text, path, message))

    def knows(self, text: ConfigText, path: Path) -> bool:
        """Return whether there is a problem at `path` already."""
        return (text.order, path) in self._problems

    def pydantic(self, text: ConfigText, here: Path, model: type[Settings], errors: Iterable[ErrorDetails]) -> None:
        """Note the errors that `model` found in the table at `here`."""
        for error in errors:
            path = locate(text, here, error["loc"])
            if error["type"] == "missing":
                *_, key = error["loc"]
                around = locate(text, here, error["loc"][:-1])
                self.note(text, (*around, key), missing_key(model, error["loc"], str(key)), about=around)
            elif error["type"] == "extra_forbidden":
                *_, key = error["loc"]
                self.note(text, path, unknown_key(model, error["loc"], str(key)), about=path[:-1])
            elif path == here or lacks_key(error):
                self.note(text, path, f": {expectation(error, text.value(path))}")
            else:
                self.wrong(text, path, expectation(error, text.value(path)))

    def copied(self) -> ProblemReport:
        """Return a report of the same, to which more can be noted."""
        return ProblemReport(dict(self._problems), list(self._broken), list(self._warnings))

    @property
    def problems(self) -> tuple[str, ...]:
        """Return all problems in file order."""
        return _in_order([*self._broken, *self._problems.values()])

    @property
    def warnings(self) -> tuple[str, ...]:
        """Return all warnings in file order."""
        return _in_order(
            (text.order, text.line(path), _sentence(text, path, path, message))
            for text, path, message in self._warnings
        )


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def _in_order(notes: Iterable[tuple[int, int, str]]) -> tuple[str, ...]:
    """Return the messages by file and line, each on one line whatever the files hold."""
    messages = (message for _, _, message in sorted(notes, key=lambda note: note[:2]))
    return tuple(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", message) for message in messages)


def _sentence(text: ConfigText, path: Path, about: Path, message: str) -> str:
    """Put a message behind the place of `path` and the table and key of `about`."""
    name, rest = table_name(text, about)
    key = ".".join(part for part in rest if isinstance(part, str))
    subject = ": ".join(part for part in (name, key) if part)
    return f"{text.place(path)}: {subject}{message}" if subject else f"{text.place(path)}{message}"


def _shown(raw: Any, path: Path) -> str:
    """Return a value as the file has it, short, and without what may be a secret."""
    if "headers" in path[:-1]:
        return '"…"'
    match raw:
        case bool():
            return str(raw).lower()
        case str():
            whole = re.sub(r"(?<=[a-z0-9]://)[^/?#\s@\[\]()]*@", "…@", raw)
            return f'"{whole}"' if len(whole) <= 80 else f'"{whole[:79]}…"'
        case dict():
            return "{…}"
        case list():
            return "[…]" if raw else "[]"
        case _:
            whole = str(raw)
            return whole if len(whole) <= 40 else f"{whole[:39]}…"
