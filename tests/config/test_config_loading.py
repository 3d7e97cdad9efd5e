"""From files to a Config: where they are found, how they add up, what is filled in."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from feedbuilder.config import load
from feedbuilder.model import ConfigError


def test_the_least_configuration_is_one_source_and_the_rest_are_defaults(folder: Any, minimal: str) -> None:
    config = folder.load(minimal)
    [source] = config.sources
    assert (source.id, source.interval, source.timezone) == ("world", timedelta(minutes=30), ZoneInfo("UTC"))
    assert config.feeds == ()
    assert config.site.output == folder.path / "output"
    assert config.store.path == folder.path / "var" / "feedbuilder.db"
    assert config.path == Path("config/feedbuilder.toml")
    assert config.files == (config.path,)
    assert config.warnings == ()


def test_the_argument_goes_before_the_environment_and_both_before_the_usual_places(folder: Any, minimal: str) -> None:
    for name in ("feedbuilder.toml", "argument.toml", "environment.toml"):
        folder.write(minimal.replace("world", name.removesuffix(".toml")), name)
    Path("feedbuilder.toml").write_text(minimal.replace("world", "here"), encoding="utf-8")

    def found(path: Path | None, environ: dict[str, str]) -> str:
        return load(path, environ).sources[0].id

    environ = {"FEEDBUILDER_CONFIG": "config/environment.toml"}
    assert found(Path("config/argument.toml"), environ) == "argument"
    assert found(None, environ) == "environment"
    assert found(None, {"FEEDBUILDER_CONFIG": ""}) == "feedbuilder"
    Path("config/feedbuilder.toml").unlink()
    assert found(None, {}) == "here"


@pytest.mark.parametrize("named", [Path("gone.toml"), None])
def test_a_missing_configuration_says_how_to_get_one(folder: Any, named: Path | None) -> None:
    with pytest.raises(ConfigError, match="feedbuilder init"):
        load(named, {})


def test_paths_are_relative_to_the_file_and_absolute_ones_stay(folder: Any, minimal: str, tmp_path: Path) -> None:
    folder.write("", "ca.pem")
    config = folder.load(
        f"""
        [site]
        output = "../public"
        [store]
        path = "{tmp_path}/elsewhere/news.db"
        [fetch]
        ca_bundle = "ca.pem"
        """
        + minimal
    )
    assert config.site.output == tmp_path / "public"
    assert config.store.path == tmp_path / "elsewhere" / "news.db"
    assert config.fetch.ca_bundle == tmp_path / "config" / "ca.pem"


def test_defaults_lie_under_every_source_of_every_file(folder: Any, minimal: str) -> None:
    folder.write(
        """
        [[source]]
        id = "own"
        url = "http://127.0.0.1:9/own"
        timezone = "Asia/Dubai"
        interval = "2h"
        selectors.item = "li"
        """,
        "own.toml",
    )
    config = folder.load(
        """
        include = ["own.toml"]
        [defaults]
        timezone = "Europe/Berlin"
        interval = "1h"
        drop_parameters = ["ref"]
        """
        + minimal.replace('timezone = "UTC"\n', "")
    )
    world, own = config.sources
    assert (world.timezone, world.interval) == (ZoneInfo("Europe/Berlin"), timedelta(hours=1))
    assert (own.timezone, own.interval) == (ZoneInfo("Asia/Dubai"), timedelta(hours=2))
    assert world.drop_parameters == own.drop_parameters == ("ref",)


def test_headers_add_to_the_common_ones_and_replace_those_of_the_same_name(folder: Any, minimal: str) -> None:
    config = folder.load(
        """
        [defaults.headers]
        Accept-Language = "en"
        X-Common = "1"
        """
        + minimal
        + '[source.headers]\naccept-language = "de"\n'
    )
    assert config.sources[0].headers == {"X-Common": "1", "accept-language": "de"}


def test_included_files_come_in_sorted_order_each_once(folder: Any, minimal: str) -> None:
    for name in ("b", "a", "c"):
        folder.write(minimal.replace("world", name), f"sources/{name}.toml")
    folder.write("not TOML: an editor's lock file", "sources/.#a.toml")
    config = folder.load('include = ["sources/c.toml", "sources/*.toml", "*.toml"]\n' + minimal)
    assert [source.id for source in config.sources] == ["world", "c", "a", "b"]
    assert [str(path) for path in config.files] == [
        "config/feedbuilder.toml",
        "config/sources/c.toml",
        "config/sources/a.toml",
        "config/sources/b.toml",
    ]


def test_feeds_keep_their_order_and_short_forms_are_filled_out(folder: Any, minimal: str) -> None:
    config = folder.load(
        minimal
        + """
[[feed]]
slug = "b"
sources = "world"
include = { title = "budget" }
[[feed]]
slug = "a"
sources = { none = ["world"] }
"""
    )
    second, first = config.feeds
    assert (second.slug, second.sources.any, second.include.title[0].pattern) == ("b", ("world",), "budget")
    assert (first.slug, first.sources.none) == ("a", ("world",))


def test_variables_are_filled_in_and_their_mark_can_be_escaped(folder: Any, minimal: str) -> None:
    config = folder.load(
        """
        include = ["${PLACE}/*.toml"]
        [site]
        title = "$${NAME} is ${NAME}, $NAME and $$ are nothing, $$${NAME}"
        [fetch]
        workers = "${WORKERS}"
        """
        + minimal,
        {"NAME": "${not again}", "PLACE": "sources", "WORKERS": "3"},
    )
    assert config.site.title == "${NAME} is ${not again}, $NAME and $$ are nothing, $${NAME}"
    assert config.fetch.workers == 3
    assert config.includes == ("sources/*.toml",)


def test_a_byte_order_mark_and_windows_line_ends_are_no_mistake(folder: Any, minimal: str) -> None:
    folder.write(minimal)
    text = folder.main.read_text(encoding="utf-8").replace("\n", "\r\n")
    folder.main.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert folder.load().sources[0].id == "world"


def test_a_configuration_cannot_be_changed_by_accident(folder: Any, minimal: str) -> None:
    config = folder.load(minimal)
    with pytest.raises(ValueError, match="frozen"):
        config.site = None
