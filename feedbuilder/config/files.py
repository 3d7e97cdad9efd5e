"""Which files make up a configuration, how they are read, and whether they have changed since.

The only part of the configuration that reads the disk. Knows TOML and `include`; not what the tables mean.
"""

from __future__ import annotations

import glob
import os
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from feedbuilder.config.config_text import ConfigText, Mark
from feedbuilder.config.hints import syntax_hint
from feedbuilder.config.places import Path as Key
from feedbuilder.config.problems import ProblemReport
from feedbuilder.model import ConfigError

VARIABLE = "FEEDBUILDER_CONFIG"
"""The environment variable that names the configuration file where no argument does."""
DEFAULT_FILES = (Path("config/feedbuilder.toml"), Path("feedbuilder.toml"))
"""Where a configuration is looked for, in the working folder."""

Stamp = tuple[Mark, ...]
"""The marks of all files."""

_WILDCARD = re.compile(r"[*?\[]")
_AT_LINE = re.compile(r"\s*\(at line (\d+), column (\d+)\)$|\s*\(at end of document\)$")


def find(path: Path | None, environ: Mapping[str, str]) -> Path:
    """Return the configuration file: `path`, else `FEEDBUILDER_CONFIG`, else the first of `DEFAULT_FILES`.

    Raises ConfigError if none is named and none of the usual ones is there.
    """
    if path is not None:
        return path
    if named := environ.get(VARIABLE):
        return Path(named)
    for usual in DEFAULT_FILES:
        if usual.exists():
            return usual
    places = " or ".join(str(usual) for usual in DEFAULT_FILES)
    raise ConfigError(
        f'no configuration: there is no {places} here; "feedbuilder init" writes one to start from, '
        f"-c or {VARIABLE} names one elsewhere"
    )


def place(path: Path | None, environ: Mapping[str, str]) -> Path:
    """Return the configuration file as `find` does; where there is none, the first of `DEFAULT_FILES`."""
    try:
        return find(path, environ)
    except ConfigError:
        return DEFAULT_FILES[0]


def read(
    path: Path,
    environ: Mapping[str, str],
    report: ProblemReport,
    drafts: Mapping[Path, bytes],
    before: Sequence[ConfigText] = (),
) -> tuple[list[ConfigText], Stamp]:
    """Return the file at `path` and those that it includes, in order, and their stamp from before the reading.

    Files that cannot be read are missing, with a problem in `report`. `drafts` stand in for the files at their paths,
    which are resolved. Those of `before` that are still as they were are not read again.
    """
    known = {text.name: text for text in before}

    def text_of(name: Path, order: int) -> ConfigText | None:
        mark = _mark(name)
        kept = known[name].still(mark, order) if name in known and not drafts else None
        return kept or _read_one(name, order, mark, environ, report, drafts)

    mark = _mark(path)
    main = text_of(path, 0)
    if main is None:
        return [], (mark,)
    stamp = (mark, *_marks(path, [pattern for _, pattern in includes(main.data)]))
    others = (text_of(name, order) for order, name in enumerate(_included(main, report), start=1))
    return [main, *(text for text in others if text is not None)], stamp


def includes(data: Mapping[str, Any]) -> list[tuple[Key, str]]:
    """Return what `include` names in a file, each with its path; whatever is no text is left out."""
    value = data.get("include", [])
    if isinstance(value, str):
        return [(("include",), value)]
    if not isinstance(value, list):
        return []
    return [(("include", index), pattern) for index, pattern in enumerate(value) if isinstance(pattern, str)]


def stamp_of(path: Path, patterns: Sequence[str]) -> Stamp:
    """Return the stamp of a configuration file and of what `patterns`, relative to it, match now."""
    return (_mark(path), *_marks(path, patterns))


def patterns_written(path: Path) -> list[str]:
    """Return what `include` names in the file at `path` as it is now; nothing while it is no TOML."""
    try:
        return [pattern for _, pattern in includes(tomllib.loads(path.read_bytes().decode("utf-8-sig")))]
    except (OSError, ValueError, RecursionError):
        return []


def matches(path: Path, pattern: str) -> list[Path]:
    """Return the files that `pattern`, relative to the file `path`, names: sorted, hidden ones and `path` left out.

    A pattern that no file system can have (it holds a NUL) matches nothing.
    """
    try:
        # Not Path.glob: it refuses absolute patterns and lists hidden files, such as an editor's lock file.
        found = sorted(glob.glob(pattern, root_dir=path.parent))  # noqa: PTH207
        names = [path.parent / os.path.normpath(name) for name in found]
        return [name for name in names if name.is_file() and not name.samefile(path)]
    except (OSError, ValueError):
        return []


def _included(main: ConfigText, report: ProblemReport) -> list[Path]:
    """Return the files that `main` includes, each once, in order."""
    files: dict[Path, None] = {}
    for key, pattern in includes(main.data):
        if report.knows(main, key):
            continue
        found = matches(main.name, pattern)
        if not found and _WILDCARD.search(pattern):
            report.warn(main, key, f': "{main.value(key)}" matches no file')
        elif not found:
            report.wrong(main, key, "expected a file, named relative to this one; there is none of this name")
        files.update(dict.fromkeys(found))
    return list(files)


def _read_one(
    path: Path,
    order: int,
    mark: Mark,
    environ: Mapping[str, str],
    report: ProblemReport,
    drafts: Mapping[Path, bytes],
) -> ConfigText | None:
    """Return one file, variables filled in; None, with a problem in `report`, where it cannot be read."""
    try:
        draft = drafts.get(path.resolve()) if drafts else None
        content = path.read_bytes() if draft is None else draft
    except FileNotFoundError:
        report.broken(order, 1, f'{path}: no such file; "feedbuilder init" writes one to start from')
        return None
    except (OSError, ValueError) as error:  # a NUL in the name is a ValueError
        report.broken(order, 1, f"{path}: cannot be read: {getattr(error, 'strerror', error)}")
        return None
    try:
        written = content.decode("utf-8-sig")  # editors on Windows begin files with a byte order mark
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        report.broken(order, line, f"{path}:{line}: not UTF-8; save the file in that encoding")
        return None
    text = ConfigText(order, path, written, environ, mark)
    try:
        _ = text.data  # read here, where it is told what is no TOML
    except RecursionError:
        report.broken(order, 1, f"{path}: brackets are nested too deeply")
        return None
    except ValueError as error:  # TOMLDecodeError, and what int() says to numbers of thousands of digits
        line, message = _syntax(path, written, str(error))
        report.broken(order, line, message)
        return None
    for key, problem in text.unfilled.items():
        report.wrong(text, key, problem)
    return text


def _syntax(path: Path, written: str, reason: str) -> tuple[int, str]:
    """Return the line of a TOML syntax error and the message with file, line and column."""
    match = _AT_LINE.search(reason)
    if match is None:
        return 1, f"{path}: not TOML: {reason}"
    lines = written.splitlines() or [""]
    line, column = (int(match[1]), int(match[2])) if match[1] else (len(lines), len(lines[-1]) + 1)
    hint = syntax_hint(lines[line - 1], reason) if line <= len(lines) else ""
    return line, f"{path}:{line}:{column}: not TOML: {reason[: match.start()]}{hint}"


def _marks(path: Path, patterns: Sequence[str]) -> Iterator[Mark]:
    names = dict.fromkeys(name for pattern in patterns for name in matches(path, pattern) or [path.parent / pattern])
    return map(_mark, names)


def _mark(path: Path) -> Mark:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return (str(path), -1, -1, -1)
    return (str(path), status.st_mtime_ns, status.st_size, status.st_ino)
