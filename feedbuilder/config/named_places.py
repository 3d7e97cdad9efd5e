"""Where the store and the output of a configuration stand, asked of its text alone.

For a configuration that cannot be loaded yet: its other files, or variables that it needs, are not here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from feedbuilder.config.variables import fill_in
from feedbuilder.model import ConfigError, Site, StoreSettings


def named_places(path: Path, content: bytes, environ: Mapping[str, str]) -> tuple[Path | str, Path]:
    """Return where the store and the output would be, were `content` the main file of a configuration at `path`.

    The store is the path of a file, or the URL of a database.

    Raises ConfigError where the text does not say, or where a variable that it names there is not set.
    """
    try:
        data = tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: not TOML: {error}") from error
    url = _text(path, data, "store", "url", "", environ)
    return (
        url or _path(path, data, "store", "path", StoreSettings().path, environ),
        _path(path, data, "site", "output", Site().output, environ),
    )


def _text(path: Path, data: Mapping[str, Any], table: str, key: str, default: str, environ: Mapping[str, str]) -> str:
    settings = data.get(table, {})
    problems: dict[tuple[str | int, ...], str] = {}
    value = fill_in(settings.get(key, default) if isinstance(settings, dict) else None, environ, problems)
    if problems or not isinstance(value, str):
        raise ConfigError(f"{path}: [{table}] {key}: {next(iter(problems.values()), 'expected a text')}")
    return value


def _path(path: Path, data: Mapping[str, Any], table: str, key: str, default: Path, environ: Mapping[str, str]) -> Path:
    value = _text(path, data, table, key, str(default), environ)
    if value.startswith("~"):
        raise ConfigError(f"{path}: [{table}] {key}: expected a path")
    try:
        return (path.parent / value).resolve()
    except (OSError, RuntimeError, ValueError) as error:  # a loop of symbolic links, a NUL
        raise ConfigError(f"{path}: [{table}] {key}: expected a path that can be followed") from error
