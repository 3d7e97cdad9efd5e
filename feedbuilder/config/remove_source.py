"""Taking a source out of a configuration that a person wrote: its table goes, all else stays as it was, to the byte.

Owns which lines belong to a source. Nothing is written that would not load, or that would change anything else.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from feedbuilder.config.edit import decoded, encoded, read_bytes, refuse_other_changes, replace_file
from feedbuilder.config.load import Config, load
from feedbuilder.config.places import find_lines
from feedbuilder.model import ConfigError


def remove_source(config: Config, source_id: str, environ: Mapping[str, str]) -> tuple[Config, Path]:
    """Take the source with this id out of the files of `config`; return the configuration then, and the file.

    A file of its own, in which nothing else stands, is removed. Raises ConfigError where the source cannot be told from
    what is around it, or something else names it; then nothing was written.
    """
    path, before, text = _without(config, source_id)
    content = encoded(text, before)
    by_hand = f'{path}: take the source "{source_id}" out by hand'
    kept = tuple(source for source in config.sources if source.id != source_id)
    refuse_other_changes(config, path, content, kept, environ, by_hand=by_hand, there="without it")
    if path.resolve() != config.path.resolve() and not tomllib.loads(text):
        path.unlink()
    else:
        replace_file(path.resolve(), content, before)
    return load(config.path, environ), path


def _without(config: Config, source_id: str) -> tuple[Path, bytes, str]:
    """Return the file that holds the source, its bytes, and its text without the source."""
    for path in config.files:
        before = read_bytes(path)
        text = decoded(before)
        tables = tomllib.loads(text).get("source", [])
        for index, table in enumerate(tables):
            # An id may come from a variable; then nobody knows here which one it is.
            if table.get("id") == source_id:
                return path, before, cut_table(text, "source", index)
    raise ConfigError(f'no file has the source "{source_id}" under that id; take it out by hand')


def lines_of(text: str, table: str, index: int) -> tuple[int, int]:
    """Return the first line of the number `index` of the tables of a name, and the one behind its last, from 0.

    The comments right above it are its own, but for those that begin the file.
    """
    lines, places = text.split("\n"), find_lines(text)
    mine = (table, index)
    head = first = places[mine] - 1
    while first and lines[first - 1].lstrip().startswith("#"):
        first -= 1
    first = first or head
    later = sorted(line - 1 for path, line in places.items() if path[:2] != mine and line - 1 > head)
    end = later[0] if later else len(lines)
    # Comments right above the next table are its own.
    while later and end > first and lines[end - 1].lstrip().startswith("#"):
        end -= 1
    return first, end


def cut_table(text: str, table: str, index: int) -> str:
    """Return `text` without the number `index` of its tables of a name, and the comments right above it.

    Comments that begin the file stay.
    """
    lines = text.split("\n")
    first, end = lines_of(text, table, index)
    rest = [*lines[:first], *lines[end:]]
    while first and first < len(rest) and not rest[first - 1].strip() and not rest[first].strip():
        del rest[first]
    return "\n".join(rest)
