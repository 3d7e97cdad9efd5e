"""Mistakes in words: file, line, table, key, what was found, what is allowed, and the nearest right name.

Owns the wording, and that no secret gets into it. Knows pydantic's error types; decides nothing about what is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from itertools import islice
from pathlib import Path as FilePath
from typing import Any

from pydantic_core import ErrorDetails

from feedbuilder.config.file_shape import keys_of, model_within
from feedbuilder.config.places import Path
from feedbuilder.config.variables import has_variable
from feedbuilder.model import Selectors, Source
from feedbuilder.model.source import Settings
from feedbuilder.model.units import zone_names

_NAME_RULE = "expected {what}: small letters, digits{more}, with a letter or digit first{last}"

_CHOICE = "expected a name, a list of names, or a table with any, all or none"

EXPECTED: Mapping[str, str] = {
    "string_type": "expected text in quotes",
    "string_too_short": "expected some text",
    "bool_type": "expected true or false",
    "bool_parsing": "expected true or false",
    "int_type": "expected a whole number",
    "int_parsing": "expected a whole number",
    "int_parsing_size": "expected a smaller number",
    "int_from_float": "expected a whole number",
    "finite_number": "expected a whole number",
    "greater_than_equal": "expected {ge} or more",
    "less_than_equal": "expected {le} or less",
    "tuple_type": 'expected a list, such as ["one", "two"]',
    "dict_type": "expected a table",
    "model_type": "expected a table",
    "path_type": "expected a path in quotes",
    "byte_size": 'expected a size, such as "5MB" or "512KiB"',
    "literal_error auto": 'expected "tags"',
    "model_type tags": _CHOICE,
    "model_type sources": _CHOICE,
    "byte_size_unit": 'expected a size, such as "5MB" or "512KiB"',
}
"""What to say for each of pydantic's error types, for some keys in particular; `value_error` has its own words."""

EXPECTED_NAME: Mapping[str, str] = {
    "id": _NAME_RULE.format(what="an id", more=', "-" and "_"', last=", 63 at the most"),
    "slug": _NAME_RULE.format(what="a slug", more=' and "-"', last=" and last, 80 at the most"),
    "aliases": _NAME_RULE.format(what="a slug", more=' and "-"', last=" and last, 80 at the most"),
}
"""What to say where a text does not match the pattern of its key."""


@dataclass(frozen=True, slots=True)
class Text:
    """One file as it was read. The order of files is the order of their problems."""

    order: int
    name: FilePath
    """The way to it, as the user wrote it or would write it."""
    raw: Mapping[str, Any]
    """What `tomllib` read, variables not filled in: the only values that messages show."""
    data: Mapping[str, Any]
    """The same with variables filled in."""
    lines: Mapping[Path, int]

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


@dataclass
class ProblemReport:
    """The problems and warnings found so far."""

    _problems: dict[tuple[int, Path], tuple[int, int, str]] = field(default_factory=dict)
    _broken: list[tuple[int, int, str]] = field(default_factory=list)
    _warnings: list[tuple[int, int, str]] = field(default_factory=list)

    def broken(self, order: int, line: int, message: str) -> None:
        """Note a file that cannot be read at all. `message` is whole."""
        self._broken.append((order, line, message))

    @property
    def complete(self) -> bool:
        """Return whether every file could be read."""
        return not self._broken

    def wrong(self, text: Text, path: Path, expected: str) -> None:
        """Note that the value at `path` is wrong: `key = what was found: expected`. It may be a default, unwritten."""
        raw = text.value(path)
        if raw is None:
            self.note(text, path, f": {expected}")
            return
        if has_variable(raw) and not expected.startswith("expected"):
            expected = expected.partition(":")[0]  # what follows may quote the secret
        sign = " =" if path and isinstance(path[-1], str) else ":"
        self.note(text, path, f"{sign} {_shown(raw, path)}: {expected}")

    def note(self, text: Text, path: Path, message: str, *, about: Path | None = None) -> None:
        """Note a problem at `path`; the first one of each path counts.

        `message` goes on after the name of the key at `about`, which is `path` itself unless it says otherwise.
        """
        if not self.knows(text, path):
            sentence = _sentence(text, path, path if about is None else about, message)
            self._problems[text.order, path] = (text.order, text.line(path), sentence)

    def warn(self, text: Text, path: Path, message: str) -> None:
        """Note something that is allowed and seldom meant."""
        self._warnings.append((text.order, text.line(path), _sentence(text, path, path, message)))

    def knows(self, text: Text, path: Path) -> bool:
        """Return whether there is a problem at `path` already."""
        return (text.order, path) in self._problems

    def pydantic(self, text: Text, here: Path, model: type[Settings], errors: Iterable[ErrorDetails]) -> None:
        """Note the errors that `model` found in the table at `here`."""
        for error in errors:
            path = locate(text, here, error["loc"])
            if error["type"] == "missing":
                *_, key = error["loc"]
                around = locate(text, here, error["loc"][:-1])
                self.note(text, (*around, key), _missing_key(model, error["loc"], str(key)), about=around)
            elif error["type"] == "extra_forbidden":
                *_, key = error["loc"]
                self.note(text, path, _unknown_key(model, error["loc"], str(key)), about=path[:-1])
            elif path == here or _missing(error):
                self.note(text, path, f": {_expected(error, text.value(path))}")
            else:
                self.wrong(text, path, _expected(error, text.value(path)))

    @property
    def problems(self) -> tuple[str, ...]:
        """Return all problems in file order."""
        return _in_order([*self._broken, *self._problems.values()])

    @property
    def warnings(self) -> tuple[str, ...]:
        """Return all warnings in file order."""
        return _in_order(self._warnings)


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def _in_order(notes: Iterable[tuple[int, int, str]]) -> tuple[str, ...]:
    """Return the messages by file and line, each on one line whatever the files hold."""
    messages = (message for _, _, message in sorted(notes, key=lambda note: note[:2]))
    return tuple(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", message) for message in messages)


def locate(text: Text, here: Path, loc: Sequence[str | int]) -> Path:
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


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return `; did you mean "…"?` with the known name nearest to `name`, or nothing where none is near."""
    spelled = {one.casefold(): one for one in known}
    near = get_close_matches(name.casefold().replace("-", "_"), spelled, n=1, cutoff=0.7) or get_close_matches(
        name.casefold(), spelled, n=1, cutoff=0.7
    )
    return f'; did you mean "{spelled[near[0]]}"?' if near else ""


_MANY = 20


def listing(names: Iterable[str]) -> str:
    """Return names for a sentence, in quotes and in their order; of very many, the first."""
    first = [f'"{name}"' for name in islice(names, _MANY + 1)]
    return ", ".join(first if len(first) <= _MANY else [*first[:_MANY], "…"])


_LISTS = {"source": "id", "feed": "slug"}


def table(text: Text, path: Path) -> tuple[str, Path]:
    """Return what a person calls the table that `path` is in, and the rest of the path.

    `[[source]] "world"` where the table has a name, `[[source]]` where it has none, nothing at the top of the file.
    """
    match path:
        case (str() as name, int() as index, *rest) if name in _LISTS:
            key = text.value((name, index, _LISTS[name]))
            return (f'[[{name}]] "{key}"' if isinstance(key, str) else f"[[{name}]]"), tuple(rest)
        case (str() as name, *rest) if isinstance(text.value((name,)), dict):
            return f"[{name}]", tuple(rest)
        case _:
            return "", path


def _sentence(text: Text, path: Path, about: Path, message: str) -> str:
    """Put a message behind the place of `path` and the table and key of `about`."""
    name, rest = table(text, about)
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
            whole = re.sub(r"//[^/@\s]*@", "//…@", raw)
            return f'"{whole}"' if len(whole) <= 80 else f'"{whole[:79]}…"'
        case dict():
            return "{…}"
        case list():
            return "[…]" if raw else "[]"
        case _:
            whole = str(raw)
            return whole if len(whole) <= 40 else f"{whole[:39]}…"


def _expected(error: ErrorDetails, raw: Any) -> str:
    key = next((step for step in reversed(error["loc"]) if isinstance(step, str)), "")
    if error["type"] == "value_error":
        said = str(error["ctx"]["error"])
        return said + (nearest_zone(raw) if key == "timezone" and isinstance(raw, str) else "")
    if error["type"] == "string_pattern_mismatch":
        return EXPECTED_NAME[key]
    words = EXPECTED.get(f"{error['type']} {key}") or EXPECTED.get(error["type"])
    return words.format(**error.get("ctx", {})) if words else error["msg"]


def _missing(error: ErrorDetails) -> bool:
    """Return whether a model misses a key that only its other keys make necessary."""
    return error["type"] == "value_error" and str(error["ctx"]["error"]).startswith("missing key")


def _fields(model: type[Settings], loc: Sequence[str | int]) -> tuple[type[Settings], Sequence[str]]:
    """Return the model around the last step of `loc`, and its keys."""
    for step in loc[:-1]:
        if isinstance(step, str) and step in model.model_fields:
            model = model_within(model.model_fields[step].annotation) or model
    return model, tuple(keys_of(model))


def _unknown_key(model: type[Settings], loc: Sequence[str | int], key: str) -> str:
    owner, keys = _fields(model, loc)
    if owner is Source and key in keys_of(Selectors):
        return f': the key "{key}" belongs into [source.selectors]'
    remedy = did_you_mean(key, keys) or f"; allowed: {listing(keys)}"
    return f': unknown key "{key}"{remedy}'


def _missing_key(model: type[Settings], loc: Sequence[str | int], key: str) -> str:
    owner, _ = _fields(model, loc)
    return f': missing key "{key}": {owner.model_fields[key].description}'


@cache
def _zones() -> Mapping[str, str]:
    """Return how zones may be meant, in small letters: by their whole name and by their city alone."""
    return dict(_spellings())


def _spellings() -> Iterator[tuple[str, str]]:
    names = sorted(zone_names())
    yield from ((name.rpartition("/")[2].casefold(), name) for name in reversed(names) if "/" in name)
    yield from ((name.casefold(), name) for name in names)


def nearest_zone(written: str) -> str:
    """Return `; did you mean "…"?` with the zone nearest to what was written, or nothing where none is near."""
    if has_variable(written):
        return ""
    near = get_close_matches(written.casefold().replace(" ", "_"), _zones(), n=1, cutoff=0.7)
    return f'; did you mean "{_zones()[near[0]]}"?' if near else ""
