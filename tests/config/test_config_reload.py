"""Whether the files were touched since: cheap enough to ask every few seconds."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

import pytest

from feedbuilder.config import changed, config_text, load, reloading, stamp
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


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the texts that are parsed from now on."""
    texts: list[str] = []

    class Watched:
        @staticmethod
        def loads(text: str) -> dict[str, Any]:
            texts.append(text)
            return tomllib.loads(text)

    monkeypatch.setattr(config_text, "tomllib", Watched)
    return texts


def test_reading_anew_reads_what_changed(folder: Any, config: Any, minimal: str, parsed: list[str]) -> None:
    again = reloading(config, {})
    kept = config.sources[1]
    folder.write(minimal.replace("world", "b"), "sources/b.toml")
    assert [source.id for source in again().sources] == ["world", "a", "b"]
    assert not [text for text in parsed if '"a"' in text]
    assert again().sources[1] is kept
    folder.write(minimal.replace("world", "a").replace("UTC", "GMT"), "sources/a.toml")
    assert str(again().sources[1].timezone) == "GMT"


@pytest.mark.parametrize(
    ("main", "included"),
    [
        ('[defaults]\ninterval = "7m"\n', ""),  # stands under sources of files that did not change
        ("", '[[feed]]\nslug = "x"\nsources = ["a", "world"]\n'),
        ("", '[[feed]]\nslug = "x"\nsources = ["nobody"]\n'),
        ("", '[[feed]]\nslug = "taken"\n'),
        ('[tags]\ndrop = ["Sport"]\n', ""),
    ],
    ids=["defaults", "feed", "mistake", "mistake against what is kept", "mistake in what is kept"],
)
def test_reading_anew_comes_to_what_reading_comes_to(folder: Any, minimal: str, main: str, included: str) -> None:
    folder.write(minimal.replace("world", "a"), "sources/a.toml")
    folder.write('[[feed]]\nslug = "taken"\ntags = ["Sport"]\n', "sources/c.toml")
    head = 'include = ["sources/*.toml"]\n'
    again = reloading(folder.load(head + minimal), {})
    folder.write(included, "sources/b.toml")
    folder.write(head + main + minimal)

    def told(read: Any) -> Any:
        try:
            config = read()
        except ConfigError as error:
            return error.problems
        return config.sources, config.feeds, config.warnings, config.stamp

    assert told(again) == told(lambda: load(None, {}))


def test_a_file_with_a_variable_is_read_anew(folder: Any, minimal: str) -> None:
    folder.write(minimal.replace("world", "a").replace("UTC", "${ZONE}"), "sources/a.toml")
    folder.write('include = ["sources/*.toml"]\n' + minimal)
    environ = {"ZONE": "UTC"}
    again = reloading(load(None, environ), environ)
    environ["ZONE"] = "GMT"
    assert str(again().sources[1].timezone) == "GMT"
