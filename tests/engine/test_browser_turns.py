"""Sources that need the browser: one at a time, and nobody who waits for it holds a thread."""

from __future__ import annotations

from pathlib import Path

from feedbuilder.config import load
from feedbuilder.engine import Installation

CONFIG = """
[site]
output = "output"
[store]
path = "feeds.db"
"""
SOURCE = """
[[source]]
id = "{id}"
url = "https://{id}.example/news"
kind = "{kind}"
[source.selectors]
item = "article"
"""


def test_the_browser_is_a_place_that_has_one_visitor_at_a_time(tmp_path: Path) -> None:
    kinds = {"one": "browser", "two": "browser", "three": "page"}
    file = tmp_path / "feedbuilder.toml"
    file.write_text(CONFIG + "".join(SOURCE.format(id=name, kind=kind) for name, kind in kinds.items()), "utf-8")
    with Installation.open(load(file, {})) as installation:
        one, two, three = (
            installation.places(source, installation.state(source)) for source in installation.sources.values()
        )
        [common] = one & two
        assert installation.pause(common) == 0.0
    assert one == {common, "one.example"}
    assert three == {"three.example"}
