"""Configurations are written as text into a folder of their own, as a person would."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

import pytest

from feedbuilder.config import Config, load
from feedbuilder.model import ConfigError

MINIMAL = """
[[source]]
id = "world"
url = "http://127.0.0.1:9/world"
timezone = "UTC"
[source.selectors]
item = "article"
"""


class Folder:
    """A working folder with a configuration in `config/`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.main = Path("config/feedbuilder.toml")

    def write(self, text: str, name: str = "feedbuilder.toml") -> None:
        file = self.path / "config" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text).lstrip("\n"), encoding="utf-8")

    def load(self, text: str | None = None, environ: Mapping[str, str] | None = None) -> Config:
        if text is not None:
            self.write(text)
        return load(None, environ or {})

    def problems(self, text: str | None = None, environ: Mapping[str, str] | None = None) -> list[str]:
        """Return the problems of a configuration that must have some, without the name of the main file."""
        with pytest.raises(ConfigError) as caught:
            self.load(text, environ)
        return [problem.removeprefix("config/feedbuilder.toml:") for problem in caught.value.problems]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.chdir(tmp_path)
    return Folder(tmp_path)


@pytest.fixture
def minimal() -> str:
    """Return a valid configuration of one source on loopback, which gives no warning."""
    return MINIMAL
