"""Whether the files were touched since: cheap enough to ask every few seconds."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from feedbuilder.config import changed, load, stamp
from feedbuilder.model import ConfigError


@pytest.fixture
def config(folder: Any, minimal: str) -> Any:
    folder.write(minimal.replace("world", "a"), "sources/a.toml")
    return folder.load('include = ["sources/*.toml"]\n' + minimal)


def test_nothing_touched_is_nothing_changed(config: Any) -> None:
    assert stamp(config) == config.stamp
    assert not changed(config)


def test_reading_a_file_is_no_change(config: Any) -> None:
    Path("config/sources/a.toml").read_bytes()
    assert not changed(config)


@pytest.mark.parametrize("name", ["feedbuilder.toml", "sources/a.toml"])
def test_a_file_of_another_size_or_time_is_a_change(config: Any, name: str) -> None:
    file = Path("config") / name
    os.utime(file, ns=(0, file.stat().st_mtime_ns + 1))
    assert changed(config)


def test_a_file_replaced_by_one_of_the_same_size_and_time_is_a_change(config: Any) -> None:
    file = Path("config/sources/a.toml")
    before = file.stat()
    other = Path("config/other")
    other.write_bytes(file.read_bytes().replace(b"UTC", b"GMT"))
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(file)
    assert changed(config)


def test_a_file_that_an_include_comes_to_match_is_a_change(folder: Any, config: Any, minimal: str) -> None:
    folder.write(minimal.replace("world", "b"), "sources/b.toml")
    assert changed(config)
    assert len(load(None, {}).sources) == 3


@pytest.mark.parametrize("name", ["feedbuilder.toml", "sources/a.toml"])
def test_a_file_that_is_gone_is_a_change(config: Any, name: str) -> None:
    (Path("config") / name).unlink()
    assert changed(config)


def test_mending_a_new_file_is_seen_though_the_configuration_in_force_does_not_know_it(
    folder: Any, config: Any, minimal: str
) -> None:
    folder.write("broken", "new.toml")
    folder.write('include = ["sources/*.toml", "new.toml"]\n' + minimal)
    with pytest.raises(ConfigError):
        load(None, {})
    failed = stamp(config)
    assert failed == stamp(config) != config.stamp
    folder.write(minimal.replace("world", "new"), "new.toml")
    assert stamp(config) != failed
    assert len(load(None, {}).sources) == 3


def test_a_main_file_that_is_no_toml_now_has_a_stamp_too(folder: Any, config: Any) -> None:
    folder.write("[[[")
    assert stamp(config) == stamp(config) != config.stamp
