"""A source goes out of a configuration that a person wrote, and nothing else does."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedbuilder.config import load
from feedbuilder.config.remove_source import remove_source
from feedbuilder.model import ConfigError

HEAD = '# My feeds.\n[site]\ntitle = "Mine"   # as I like it\n'
TOWN = """\
# The town.
[[source]]
id = "town"
url = "https://town.example/"   # slow

[source.selectors]
item = "li"
# title = "h2"
"""
SEA = '# The sea, every hour.\n[[source]]\nid = "sea"\nurl = "https://sea.example/"\nselectors.item = "li"\n'
FEED = '\n# What readers get.\n[[feed]]\nslug = "all"\n'


def removed(tmp_path: Path, text: str, source: str = "town") -> str:
    path = tmp_path / "feedbuilder.toml"
    path.write_text(text, "utf-8", newline="")
    config, written = remove_source(load(path, {}), source, {})
    assert source not in [one.id for one in config.sources]
    assert written == path
    return path.read_bytes().decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(f"{HEAD}\n{TOWN}\n{SEA}{FEED}", f"{HEAD}\n{SEA}{FEED}", id="the first"),
        pytest.param(f"{HEAD}\n{SEA}\n{TOWN}{FEED}", f"{HEAD}\n{SEA}{FEED}", id="the last, before feeds"),
        pytest.param(f"{HEAD}\n{SEA}\n{TOWN}", f"{HEAD}\n{SEA}", id="at the end"),
        pytest.param(f"{TOWN}\n{SEA}", f"# The town.\n{SEA}", id="comments that begin the file stay"),
        pytest.param(
            f"{HEAD}\n{TOWN}\n{SEA}".replace("\n", "\r\n"), f"{HEAD}\n{SEA}".replace("\n", "\r\n"), id="Windows"
        ),
    ],
)
def test_its_table_goes_and_all_else_stays(tmp_path: Path, before: str, after: str) -> None:
    assert removed(tmp_path, before).rstrip() == after.rstrip()


def test_a_file_of_its_own_goes(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/town.toml").write_text(TOWN, "utf-8")
    (tmp_path / "sources/sea.toml").write_text(SEA, "utf-8")
    path = tmp_path / "feedbuilder.toml"
    path.write_text('include = "sources/*.toml"\n' + HEAD, "utf-8")
    config, written = remove_source(load(path, {}), "town", {})
    assert written.name == "town.toml"
    assert [one.id for one in config.sources] == ["sea"]
    assert not written.exists()
    assert path.read_text("utf-8") == 'include = "sources/*.toml"\n' + HEAD


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param(
            f'{TOWN}\n{SEA}\n[[feed]]\nslug = "a"\nsources = ["town"]\n', "unknown source", id="a feed names it"
        ),
        pytest.param(
            'source = [{ id = "town", url = "https://town.example/", selectors = { item = "li" } },'
            ' { id = "sea", url = "https://sea.example/", selectors = { item = "li" } }]\n',
            "by hand",
            id="two in one line",
        ),
    ],
)
def test_what_cannot_be_taken_out_is_left_as_it_was(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "feedbuilder.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as raised:
        remove_source(load(path, {}), "town", {})
    assert reason in "\n".join(raised.value.problems)
    assert path.read_text("utf-8") == text
