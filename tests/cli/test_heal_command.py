"""What was learnt after a redesign: shown as a diff, written down, accepted, forgotten."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from feedbuilder.cli import app
from feedbuilder.config import load
from feedbuilder.extract import settings_mark
from feedbuilder.model import ListMemory, ListProfile, Repair, RepairState, Selectors
from feedbuilder.store import open_store

CONFIG = """\
# What we watch.
[[source]]
id = "town"  # the town hall
url = "https://town.example/news"
timezone = "UTC"

[source.selectors]
item = ".news article"
title = "h2"

[[source]]
id = "sports"
url = "https://town.example/sports"
timezone = "UTC"
selectors = { item = "article" }
"""
REPAIR = Repair(
    Selectors.model_validate({"item": ".stream .teaser", "title": ["h3 a@title", "h3 a"], "date": ".when"}),
    {},
    datetime(2026, 11, 20, tzinfo=UTC),
    "8 of the 10 articles that were listed last are in it, with their titles and dates.",
    "It holds 0 articles, where there usually are about 10.",
)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config" / "feedbuilder.toml"
    path.parent.mkdir()
    path.write_text(CONFIG, "utf-8")
    return path


def remember(config: Path, **parts: object) -> None:
    """Remember a list memory of "town" with these parts."""
    loaded = load(config, {})
    mark = settings_mark(loaded.sources[0])
    memory = replace(ListMemory(mark, ListProfile(10, 1, 1, 1, 0)), **parts)  # type: ignore[arg-type]  # named by tests
    with open_store(loaded.store.path) as store, store.transaction() as transaction:
        transaction.remember_list("town", memory)


def memory(config: Path) -> ListMemory:
    with open_store(load(config, {}).store.path) as store:
        return store.list_memory("town")


def call(config: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["heal", *arguments, "-c", str(config)])


def test_nothing_learnt_is_said(config: Path) -> None:
    remember(config)
    assert "Nothing was learnt for any source" in call(config).output
    assert "Nothing was learnt for town" in call(config, "town").output
    assert json.loads(call(config, "--json").stdout) == {"repairs": []}


def test_what_was_learnt_is_shown_as_a_diff(config: Path) -> None:
    remember(config, repair=REPAIR)
    shown = " ".join(call(config).output.split())
    assert "On 2026-11-20: It holds 0 articles" in shown
    assert '- item = ".news article"'.replace("- ", "-") in shown
    assert '+item = ".stream .teaser"' in shown
    assert "feedbuilder heal town --write" in shown
    [row] = json.loads(call(config, "town", "--json").stdout)["repairs"]
    assert (row["source"], row["state"], row["selectors"]["item"]) == ("town", "active", ".stream .teaser")


def test_it_is_written_into_the_configuration_and_nothing_else_is_touched(config: Path) -> None:
    remember(config, repair=REPAIR)
    result = call(config, "town", "--write")
    assert result.exit_code == 0
    text = config.read_text("utf-8")
    assert text.startswith('# What we watch.\n[[source]]\nid = "town"  # the town hall\n')
    assert text.endswith(CONFIG[CONFIG.index('[[source]]\nid = "sports"') :])
    town, sports = load(config, {}).sources
    assert town.selectors == REPAIR.selectors
    assert sports.selectors.item == "article"
    assert "Nothing was learnt for town" in call(config, "town").output  # of the source as it is written now


def test_a_proposal_is_accepted(config: Path) -> None:
    remember(config, repair=replace(REPAIR, state=RepairState.PROPOSED))
    assert "They wait for you" in call(config, "town").output
    assert call(config, "town", "--accept").exit_code == 0
    learnt = memory(config).repair
    assert learnt is not None
    assert learnt.state is RepairState.ACTIVE


def test_a_strange_page_is_accepted_as_it_is(config: Path) -> None:
    remember(config, strange={"elsewhere": 4})
    assert "strange (elsewhere)" in call(config, "town").output
    assert call(config, "town", "--accept").exit_code == 0
    assert memory(config) == ListMemory(memory(config).settings)


def test_what_was_learnt_is_forgotten(config: Path) -> None:
    remember(config, repair=REPAIR)
    assert call(config, "town", "--forget").exit_code == 0
    assert memory(config).repair is None


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["town", "--write"], "no selectors were learnt"),
        (["town", "--accept"], "its last reading was as usual"),
        (["town", "--forget"], "no selectors were learnt"),
        (["--write"], "say which source"),
        (["town", "--write", "--forget"], "one at a time"),
        (["towm"], 'did you mean "town"'),
    ],
)
def test_what_cannot_be_done_is_said(config: Path, arguments: list[str], problem: str) -> None:
    remember(config)
    result = call(config, *arguments)
    assert result.exit_code == 2
    assert problem in " ".join(result.output.split())


def test_a_source_that_is_written_on_one_line_is_left_to_its_owner(config: Path) -> None:
    on_one_line = '{ id = "town", url = "https://town.example/news", timezone = "UTC", selectors = { item = "b" } }'
    config.write_text(f"source = [{on_one_line}]\n", "utf-8")
    remember(config, repair=REPAIR)
    before = config.read_bytes()
    result = call(config, "town", "--write")
    assert result.exit_code == 2
    assert 'write the selectors into the source "town" by hand' in " ".join(result.output.split())
    assert config.read_bytes() == before
