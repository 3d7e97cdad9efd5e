"""Writing other selectors into a source that a person wrote: all else stays as it was.

Owns where they stand in its file. Nothing is written that would not load, or that would change anything else.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from feedbuilder.config.edit import decoded, encoded, read_bytes, refuse_other_changes, replace_file
from feedbuilder.config.load import Config
from feedbuilder.config.toml import selectors_block
from feedbuilder.model import ConfigError, Source


def replace_selectors(config: Config, source: Source, settings: Mapping[str, Any], environ: Mapping[str, str]) -> Path:
    """Write the selectors of `source`, and `settings` of it, into the files of `config`; return the file.

    Raises ConfigError where the source cannot be told from what is around it, or where anything else would change; then
    nothing was written.
    """
    path, before, text = _with_selectors(config, source, settings)
    content = encoded(text, before)
    by_hand = f'{path}: write the selectors into the source "{source.id}" by hand'
    wanted = tuple(source if other.id == source.id else other for other in config.sources)
    refuse_other_changes(config, path, content, wanted, environ, by_hand=by_hand, there="with them")
    replace_file(path.resolve(), content, before)
    return path


def _with_selectors(config: Config, source: Source, settings: Mapping[str, Any]) -> tuple[Path, bytes, str]:
    """Return the file that holds the source, its bytes, and its text with the selectors in place of the old ones."""
    for path in config.files:
        before = read_bytes(path)
        try:
            document = tomlkit.parse(decoded(before))
            for table in document.get("source", []):
                # An id may come from a variable; then nobody knows here which one it is.
                if table.get("id") == source.id:
                    table["selectors"] = tomlkit.parse(selectors_block(source))["source"]["selectors"]
                    for key, value in settings.items():
                        table[key] = value
                    return path, before, tomlkit.dumps(document)
        except (TOMLKitError, ValueError) as error:  # within a table on one line no other can stand on several
            by_hand = f'{path}: write the selectors into the source "{source.id}" by hand'
            raise ConfigError(f"{by_hand}; it is written in a way that cannot be edited: {error}") from error
    raise ConfigError(f'no file has the source "{source.id}" under that id; write the selectors into it by hand')
