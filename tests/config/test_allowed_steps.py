"""Programs in steps are refused unless the main file allows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedbuilder.config import load
from feedbuilder.model import ConfigError

SOURCE = """
[[source]]
id = "town"
url = "https://town.example/news"
timezone = "UTC"
[source.selectors]
item = "article"
title = {{ select = "h2", steps = [{step}] }}
"""


@pytest.mark.parametrize(("step", "key"), [('{ command = ["id"] }', "commands"), ('{ plugin = "shout" }', "plugins")])
def test_a_step_that_runs_something_needs_leave(tmp_path: Path, step: str, key: str) -> None:
    path = tmp_path / "feedbuilder.toml"
    path.write_text(SOURCE.format(step=step), "utf-8")
    with pytest.raises(ConfigError, match=rf'"town": {key[:-1]} in steps is not allowed; .*set {key} = true'):
        load(path, {})
    other = {"commands": "plugins", "plugins": "commands"}[key]
    path.write_text(f"[reading]\n{other} = true\n" + SOURCE.format(step=step), "utf-8")
    with pytest.raises(ConfigError, match="is not allowed"):
        load(path, {})
    path.write_text(f"[reading]\n{key} = true\n" + SOURCE.format(step=step), "utf-8")
    assert load(path, {}).sources[0].id == "town"
