"""A paused source is left alone by everything that reads, and nobody is told that it fails."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from feedbuilder.config import load
from feedbuilder.engine import Installation, Runner
from tests.cli.conftest import Desk, Web, list_page
from tests.patience import PATIENCE

PAUSED = "paused = true\n"


@pytest.fixture
def two(desk: Desk, web: Web) -> Path:
    """Write a configuration with two sources, one of them paused."""
    web.pages["/sea"] = list_page()
    desk.hurry(
        "icons = false\n"
        + "".join(
            f'[[source]]\nid = "{name}"\nurl = "{web.url}/{name}"\ntags = ["{name}"]\ntimezone = "UTC"\n{paused}'
            '[source.selectors]\nitem = "article"\n'
            for name, paused in (("news", ""), ("sea", PAUSED))
        )
    )
    return desk.config


def test_build_reads_the_others(desk: Desk, web: Web, two: Path) -> None:
    assert desk.call("build").exit_code == 0
    assert (web.asked["/news"], web.asked["/sea"]) == (1, 0)
    told = desk.call("build", "sea")
    assert told.exit_code == 2
    assert 'the source "sea" is paused' in told.output


def test_it_is_called_paused_and_not_late(desk: Desk, two: Path) -> None:
    desk.call("build")
    states = {one["id"]: one["state"] for one in json.loads(desk.call("status", "--json").stdout)["sources"]}
    assert states == {"news": "ok", "sea": "paused"}
    assert "paused" in desk.call("status").stdout
    assert desk.call("healthcheck").stdout.startswith("well: 0 of 1 sources")
    page = (desk.folder / "output" / "status.html").read_text("utf-8")
    assert ">paused</p>" in page
    assert "none: it is paused" in page


def test_run_reads_the_others_and_takes_it_up_when_it_is_paused_no_more(web: Web, two: Path) -> None:
    with Installation.open(load(two, {})) as installation:
        runner = Runner(installation, lambda: load(two, {}))
        runner.start()
        try:
            soon(lambda: web.asked["/news"])
            assert not web.asked["/sea"]
            two.write_text(two.read_text("utf-8").replace(PAUSED, ""), "utf-8")
            runner.reload()
            soon(lambda: web.asked["/sea"])
        finally:
            runner.stop()


def soon(true: Callable[[], object]) -> None:
    limit = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < limit
        time.sleep(0.05)
