"""Changing a source that a person wrote: some of its keys, its selectors. All else stays as it was.

Owns where they stand in its file. Nothing is written that would not load, or that would change anything else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from feedbuilder.config.edit import decoded, encoded, read_bytes, refuse_other_changes, replace_file
from feedbuilder.config.load import Config
from feedbuilder.config.read_tables import with_common_headers
from feedbuilder.config.toml import selectors_block, source_block
from feedbuilder.config.typed_headers import NO_HEADERS, TypedHeaders
from feedbuilder.model import ConfigError, Source


def replace_selectors(config: Config, source: Source, settings: Mapping[str, Any], environ: Mapping[str, str]) -> Path:
    """Write the selectors of `source`, and `settings` of it, into the files of `config`; return the file.

    Raises ConfigError where the source cannot be told from what is around it, or where anything else would change; then
    nothing was written.
    """

    def edit(table: Any) -> None:
        table["selectors"] = tomlkit.parse(selectors_block(source))["source"]["selectors"]
        for key, value in settings.items():
            table[key] = value

    return _change(config, source, edit, environ, f'write the selectors into the source "{source.id}" by hand')


def change_keys(config: Config, source: Source, keys: Sequence[str], environ: Mapping[str, str]) -> Path:
    """Write the `keys` of `source` into the files of `config`, those that are as usual out of them; return the file.

    Raises ConfigError as `replace_selectors` does.
    """
    usual = {key: field.get_default(call_default_factory=True) for key, field in Source.model_fields.items()}
    usual |= config.defaults
    changed = [key for key in keys if getattr(source, key) != usual[key]]
    written = tomlkit.parse(source_block(source, {}, changed))["source"][0]

    def edit(table: Any) -> None:
        for key in keys:
            if key in changed:
                table[key] = written[key]
            elif key in table:
                del table[key]

    return _change(config, source, edit, environ, f'change {" and ".join(keys)} of the source "{source.id}" by hand')


def change_headers(config: Config, source: Source, headers: TypedHeaders, environ: Mapping[str, str]) -> Path:
    """Write the request headers of `source` into the files of `config`, in place of those it has; return the file.

    Those of all sources, under [defaults], stay. Raises ConfigError as `replace_selectors` does.
    """

    def edit(table: Any) -> None:
        if not headers.written:
            table.pop("headers", None)
            return
        if "headers" not in table:
            table["headers"] = tomlkit.inline_table()
        for name in [name for name in table["headers"] if name not in headers.written]:
            del table["headers"][name]
        for name, content in headers.written.items():
            if table["headers"].get(name) != content:
                table["headers"][name] = content

    sent = with_common_headers(config.defaults.get("headers", {}), headers.filled)
    changed = source.model_copy(update={"headers": sent})
    return _change(config, changed, edit, environ, f'write the headers into the source "{source.id}" by hand')


def written_headers(config: Config, source_id: str) -> TypedHeaders:
    """Return the headers that a source has itself, as they are written; none where they cannot be told."""
    for text in config.texts:
        for table in text.raw.get("source", []):
            if table.get("id") == source_id:
                said = table.get("headers", {})
                return TypedHeaders({name: content for name, content in said.items() if isinstance(content, str)})
    return NO_HEADERS


def _change(
    config: Config, source: Source, edit: Callable[[Any], None], environ: Mapping[str, str], by_hand: str
) -> Path:
    path, before, text = _edited(config, source, edit, by_hand)
    content = encoded(text, before)
    wanted = tuple(source if other.id == source.id else other for other in config.sources)
    by_hand = f"{path}: {by_hand}"
    refuse_other_changes(config, path, content, wanted, environ, by_hand=by_hand, there="with them")
    replace_file(path.resolve(), content, before)
    return path


def _edited(config: Config, source: Source, edit: Callable[[Any], None], by_hand: str) -> tuple[Path, bytes, str]:
    """Return the file that holds the source, its bytes, and its text after the edit."""
    for path in config.files:
        before = read_bytes(path)
        try:
            document = tomlkit.parse(decoded(before))
            for table in document.get("source", []):
                # An id may come from a variable; then nobody knows here which one it is.
                if table.get("id") == source.id:
                    edit(table)
                    return path, before, tomlkit.dumps(document)
        except (TOMLKitError, ValueError) as error:  # within a table on one line no other can stand on several
            raise ConfigError(f"{path}: {by_hand}; it is written in a way that cannot be edited: {error}") from error
    raise ConfigError(f'no file has the source "{source.id}" under that id; {by_hand}')
