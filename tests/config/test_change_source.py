"""Keys of a source change in a configuration that a person wrote, and nothing else does."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from feedbuilder.config import load
from feedbuilder.config.change_source import change_keys
from feedbuilder.model import ConfigError

TEXT = """\
# My feeds.
[defaults]
timezone = "Europe/Oslo"

# The town.
[[source]]
id = "town"   # for ever
url = "https://town.example/"
title = "Town"  # as people say
tags = ["Town"]

[source.selectors]
item = "li"
# title = "h2"

[[source]]
id = "sea"
url = "https://sea.example/"
selectors.item = "li"
"""


def changed(tmp_path: Path, text: str = TEXT, source: str = "town", **keys: Any) -> str:
    path = tmp_path / "feedbuilder.toml"
    path.write_text(text, "utf-8", newline="")
    config = load(path, {})
    [one] = [other for other in config.sources if other.id == source]
    assert change_keys(config, one.model_copy(update=keys), list(keys), {}) == path
    [now] = [other for other in load(path, {}).sources if other.id == source]
    assert all(getattr(now, key) == value for key, value in keys.items())
    return path.read_bytes().decode()


def test_a_key_that_is_there_changes_in_its_line(tmp_path: Path) -> None:
    after = changed(tmp_path, title="Our town", tags=("Town", "Here"))
    assert after == TEXT.replace('"Town"  #', '"Our town"  #').replace('["Town"]', '["Town", "Here"]')


def test_a_key_that_is_new_stands_before_the_selectors(tmp_path: Path) -> None:
    after = changed(tmp_path, paused=True)
    assert after.replace("paused = true\n", "") == TEXT
    assert after.index('tags = ["Town"]') < after.index("paused = true") < after.index("[source.selectors]")


@pytest.mark.parametrize("source", ["town", "sea"])
def test_what_is_as_usual_goes_out_again(tmp_path: Path, source: str) -> None:
    paused = changed(tmp_path, source=source, paused=True)
    assert tomllib.loads(paused)["source"][source == "sea"]["paused"] is True
    assert changed(tmp_path, paused, source, paused=False) == TEXT


def test_a_text_that_looks_like_a_variable_stays_a_text(tmp_path: Path) -> None:
    after = changed(tmp_path, title="Prices in ${PRICE}", tags=("${X}",))
    assert '"Prices in $${PRICE}"' in after


def test_what_the_defaults_say_is_not_written(tmp_path: Path) -> None:
    config = load(_written(tmp_path), {})
    assert changed(tmp_path, timezone=config.sources[0].timezone) == TEXT


def test_line_ends_of_windows_stay(tmp_path: Path) -> None:
    after = changed(tmp_path, TEXT.replace("\n", "\r\n"), title="Our town")
    assert after == TEXT.replace('"Town"  #', '"Our town"  #').replace("\n", "\r\n")


def test_what_would_not_load_is_not_written(tmp_path: Path) -> None:
    path = _written(tmp_path)
    config = load(path, {})
    wrong = config.sources[0].model_copy(update={"interval": config.sources[0].interval * -1})
    with pytest.raises(ConfigError, match="by hand"):
        change_keys(config, wrong, ["interval"], {})
    assert path.read_text("utf-8") == TEXT


def _written(tmp_path: Path) -> Path:
    path = tmp_path / "feedbuilder.toml"
    path.write_text(TEXT, "utf-8")
    return path
