"""What a command loads: start-up is most of what a one-shot call costs. Modules are counted, for seconds depend."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fetch.loopback import Site, answer
from tests.patience import PATIENCE

LOADED = """
import atexit, json, sys
from feedbuilder.__main__ import main
atexit.register(lambda: print(json.dumps(sorted(sys.modules)), file=sys.stderr))
main()
"""
CONFIG = """
[site]
output = "out"
[store]
path = "store.db"
[[source]]
id = "town"
url = "http://127.0.0.1:9/news"
timezone = "Europe/Oslo"
[source.selectors]
item = "article.card"
title = "h2 a"
"""
FETCH = '[fetch]\nallow_hosts = ["127.0.0.1"]\nhost_gap = "0s"\nicons = false\n[[source]]\narticles = "off"'
READING = ("requests", "bs4", "soupsieve", "selectolax", "dateparser", "trafilatura")
WORKING = ("structlog", "apscheduler", "starlette", "uvicorn", "tomlkit", "alembic")
STORE = ("sqlalchemy",)
ELSE = (
    "sqlalchemy.dialects.postgresql",
    "feedbuilder.article.read_article",
    "feedbuilder.detect",
    "feedbuilder.newsroom",
    "feedbuilder.parse.data.lenient_json",
    "feedbuilder.parse.documents.read_document",
    "feedbuilder.browser.shared_browser",
    "playwright",
)
"""What reading one page and writing its feeds needs none of."""


def loaded(folder: Path, *arguments: str) -> set[str]:
    """Return the modules that are loaded when the command has ended well."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    ended = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments],
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return set(json.loads(ended.stderr.splitlines()[-1]))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a configuration and a store of this version."""
    place = tmp_path_factory.mktemp("start")
    (place / "feedbuilder.toml").write_text(CONFIG, "utf-8")
    loaded(place, "prune", "--yes")
    return place


PAGE = """<article class="card"><h2><a href="/{number}">Story {number} of the town</a></h2></article>"""
SILENT = ("structlog", "rich", "pygments", "multiprocessing")
"""What only somebody who watches is shown something with."""


def test_a_build_that_nobody_watches_loads_what_it_uses(tmp_path: Path) -> None:
    """A page is read and four feeds are written; what reads pages is loaded too, for workers are forked from it."""
    site = Site()
    site.pages["/news"] = answer("".join(PAGE.format(number=number) for number in range(5)), "Content-Type: text/html")
    text = CONFIG.replace("127.0.0.1:9", f"127.0.0.1:{site.port}").replace("[[source]]", FETCH)
    try:
        (tmp_path / "feedbuilder.toml").write_text(text, "utf-8")
        loaded(tmp_path, "prune", "--yes")  # the tables are made, once, by Alembic
        there = loaded(tmp_path, "build")
    finally:
        site.stop()
    assert b"Story 4 of the town" in (tmp_path / "out" / "all" / "rss.xml").read_bytes()
    assert not there.intersection((*WORKING, *ELSE, *SILENT, "dateparser", "trafilatura"))
    assert len(there) <= 1023


@pytest.mark.parametrize(
    ("arguments", "most", "never"),
    [
        (["--version"], 175, ("pydantic", "rich", *READING, *WORKING, *STORE)),
        (["--help"], 340, ("pydantic", *READING, *WORKING, *STORE)),
        (["schema"], 400, (*READING, *WORKING, *STORE)),
        (["items"], 591, (*READING, *WORKING)),
        (["status"], 637, (*READING, *WORKING, "feedgen", "jinja2", "filelock", "lxml")),
        (["build", "--help"], 720, (*WORKING[1:], *ELSE, "dateparser", "trafilatura")),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else None,
)
def test_a_command_loads_what_it_uses(folder: Path, arguments: list[str], most: int, never: tuple[str, ...]) -> None:
    there = loaded(folder, *arguments)
    assert not there.intersection(never)
    assert len(there) <= most
