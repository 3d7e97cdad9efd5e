"""`import` shows what it would write, and writes it; what is lost is told, what is there already is passed over."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.acceptance.place import feedbuilder

OPML = """<opml version="2.0"><body><outline text="Lock" xmlUrl="https://lock.example/rss"/>
<outline text="Lock again" xmlUrl="https://lock.example/rss"/><outline text="Odd" xmlUrl="ftp://odd.example/"/></body></opml>"""


@pytest.fixture
def opml(tmp_path: Path) -> Path:
    path = tmp_path / "feeds.opml"
    path.write_text(OPML, "utf-8")
    return path


def test_sources_are_shown_as_they_would_be_written_and_nothing_is(tmp_path: Path, opml: Path) -> None:
    shown = feedbuilder(tmp_path, "import", str(opml))
    assert shown.exit_code == 0
    [source] = tomllib.loads(shown.stdout)["source"]
    assert source == {
        "id": "lock-rss",
        "url": "https://lock.example/rss",
        "kind": "feed",
        "title": "Lock",
        "tags": ["Lock"],
    }
    assert "passed over" in shown.stderr
    assert "none of the web" in shown.stderr
    assert not (tmp_path / "config").exists()


def test_they_are_written_once(tmp_path: Path, opml: Path) -> None:
    assert feedbuilder(tmp_path, "import", str(opml), "--write").exit_code == 0
    assert feedbuilder(tmp_path, "check").exit_code == 0
    written = (tmp_path / "config" / "feedbuilder.toml").read_bytes()
    assert [one["id"] for one in tomllib.loads(written.decode())["source"]] == ["lock-rss"]
    again = feedbuilder(tmp_path, "import", str(opml), "--write")
    assert again.exit_code == 1
    assert (tmp_path / "config" / "feedbuilder.toml").read_bytes() == written


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    refused = feedbuilder(tmp_path, "import", "gone.opml")
    assert refused.exit_code == 2
    assert "gone.opml" in refused.stderr


def test_the_command_that_is_proposed_can_be_pasted(tmp_path: Path) -> None:
    path = tmp_path / "addresses.txt"
    path.write_text("https://sea.example/?a=1&b=2", "utf-8")
    shown = feedbuilder(tmp_path, "import", str(path))
    assert "feedbuilder add 'https://sea.example/?a=1&b=2'" in shown.stderr
