"""A site rebuilds a part of its cards: no summary becomes a title, and people are told until it is mended."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from feedbuilder.cli import app
from feedbuilder.engine import BuildReport
from tests.acceptance.dated_sites import Told, Watcher, dated_sites

NOW = datetime(2026, 2, 6, 12, 0, tzinfo=UTC)


@pytest.fixture
def watcher(tmp_path: Path) -> Iterator[Watcher]:
    with dated_sites(lambda: NOW, "one.example") as sites:
        sites.stories["one.example"] = [Told(f"story-{n}", f"2026-02-0{n} 10:00") for n in range(1, 5)]
        made = Watcher(tmp_path, sites, lambda: NOW)
        made.write_config()
        yield made


def shown(watcher: Watcher) -> dict[str, str]:
    """Return the title of each entry, by the name of its story."""
    items = json.loads((watcher.output / "all/feed.json").read_bytes())["items"]
    return {item["url"].rpartition("/")[2]: item["title"] for item in items}


def rebuilt(watcher: Watcher, **selectors: str) -> BuildReport:
    """Read by these selectors: as if the site had taken away what the others matched."""
    text = watcher.config_path.read_text()
    for key, value in selectors.items():
        text = re.sub(rf'{key} = "\w+"', f'{key} = "{value}"', text, count=1)
    watcher.config_path.write_text(text)
    return watcher.build(force=True)


def warning(watcher: Watcher) -> str | None:
    [source] = json.loads((watcher.output / "status.json").read_bytes())["sources"]
    told: str | None = source["warning"]
    return told


def test_a_title_selector_that_finds_nothing_costs_no_title_and_is_told(watcher: Watcher) -> None:
    watcher.build()
    before = shown(watcher)
    assert warning(watcher) is None
    watcher.sites.stories["one.example"].insert(0, Told("newest", "2026-02-06 11:00"))
    [run] = rebuilt(watcher, title="h9").runs
    assert (run.new, run.changed, run.error) == (1, 0, None)
    assert 'the title selector "h9" finds nothing in any of the 5 articles' in (run.note or "")
    after = shown(watcher)
    assert after.pop("newest") == "The story of newest and its harbour"
    assert after == before
    assert 'the title selector "h9"' in (warning(watcher) or "")

    told = CliRunner().invoke(app, ["status", "-c", str(watcher.config_path)])
    assert told.exit_code == 0
    assert 'one: the title selector "h9"' in " ".join(told.stdout.split())

    watcher.config_path.write_text(watcher.config_path.read_text().replace('title = "h9"', 'title = "h2"'))
    [run] = watcher.build(force=True).runs
    assert (run.new, run.changed, run.note) == (0, 0, None)
    assert warning(watcher) is None


def test_a_date_selector_that_finds_nothing_is_told(watcher: Watcher) -> None:
    watcher.build()
    [run] = rebuilt(watcher, date=".when").runs
    assert 'the date selector ".when" finds nothing in any of the 4 articles' in (run.note or "")
    assert "check --online" in (warning(watcher) or "")
    with watcher.open() as installation:
        assert {item.published for item in installation.store.items()} == {
            datetime(2026, 2, day, 10, tzinfo=UTC) for day in range(1, 5)
        }
