"""What a source has learnt about its addresses: shown, and forgotten where that is asked for."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from feedbuilder.cli import app
from feedbuilder.model import AddressRule
from feedbuilder.store import open_store

CONFIG = """
[[source]]
id = "news"
url = "https://news.example/world"
timezone = "UTC"
selectors = { item = "article" }
"""
RULE = AddressRule(
    "parameter", "zz", datetime(2026, 2, 6, tzinfo=UTC), "news.example/n/100?zz=1a", "news.example/n/100?zz=2b"
)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config" / "feedbuilder.toml"
    path.parent.mkdir()
    path.write_text(CONFIG, "utf-8")
    with open_store(tmp_path / "var" / "feedbuilder.db") as store, store.transaction() as memory:
        memory.learn("news", [RULE])
    return path


def call(config: Path, *arguments: str) -> str:
    result = CliRunner().invoke(app, [*arguments, "-c", str(config)])
    return " ".join(result.output.split())


def test_it_is_shown_and_can_be_forgotten(config: Path) -> None:
    assert "the parameter zz of its addresses changes while stories stay the same; it is ignored" in call(
        config, "why", "news"
    )
    assert "the parameter zz of its addresses" in call(config, "status")
    [shown] = json.loads(CliRunner().invoke(app, ["why", "news", "--json", "-c", str(config)]).stdout)["addresses"]
    assert (shown["place"], shown["name"], shown["before"]) == ("parameter", "zz", "news.example/n/100?zz=1a")
    assert "1 rule about the addresses of news forgotten" in call(config, "why", "news", "--forget")
    assert "zz" not in call(config, "why", "news")
    assert "zz" not in call(config, "status")
