"""What all commands share, and the small commands around a configuration."""

from __future__ import annotations

import io
import json
import re

import pytest
import structlog

from feedbuilder import log
from tests.cli.conftest import Desk, Web, list_page

OK, USAGE = 0, 2
SOURCE = (
    '[[source]]\nid = "town"\nurl = "http://127.0.0.1:9/"\ntimezone = "UTC"\ntags = ["Town"]\nselectors.item = "li"\n'
)


def test_shared_options_may_stand_before_the_command(desk: Desk) -> None:
    desk.hurry(SOURCE)
    assert "is valid" in desk.call("check").stdout
    for arguments in (("-q", "check"), ("check", "-q"), ("--quiet", "check")):
        assert desk.call(*arguments).stdout == ""
    elsewhere = desk.folder / "other.toml"
    elsewhere.write_text(SOURCE, "utf-8")
    assert "other.toml is valid" in desk.call("-c", str(elsewhere), "check").stdout
    assert "feedbuilder.toml is valid" in desk.call("-c", str(elsewhere), "check", "-c", str(desk.config)).stdout


def test_remove_takes_a_source_out(desk: Desk) -> None:
    desk.hurry(SOURCE + SOURCE.replace('"town"', '"sea"').replace('"Town"', '"Sea"'))
    assert desk.call("remove", "town").exit_code == USAGE  # nobody there to ask
    result = desk.call("remove", "town", "--yes")
    assert result.exit_code == OK, result.output
    assert "had no other source: town." in result.stdout
    assert "[[feed]]" in result.stdout
    assert 'id = "town"' not in desk.config.read_text("utf-8")
    assert desk.call("check").exit_code == OK
    assert 'did you mean "sea"' in desk.call("remove", "seaa", "--yes").stderr


def test_preview_prints_items_as_detect_does(desk: Desk, web: Web) -> None:
    desk.hurry()
    found = json.loads(desk.call("detect", f"{web.url}/news", "--json").stdout)
    shown = json.loads(desk.call("preview", f"{web.url}/news", "--item", "article", "--json").stdout)
    assert shown["url"] == found["url"]
    assert found["items"][0].keys() <= shown["items"][0].keys()
    for key in ("url", "title", "author", "image"):
        assert [item[key] for item in shown["items"]] == [item[key] for item in found["items"]]


def test_a_table_shows_no_time_that_the_site_did_not_give(desk: Desk, web: Web) -> None:
    desk.hurry()
    web.pages["/news"] = list_page(time="")
    shown = desk.call("preview", f"{web.url}/news", "--item", "article").stdout
    assert "2026-02-06" in shown
    assert ":" not in "".join(line.split("2026-02-06")[1][:8] for line in shown.splitlines() if "2026-02-06" in line)
    web.pages["/news"] = re.sub("<time.*?</time>", "", list_page())
    assert "(first" in desk.call("preview", f"{web.url}/news", "--item", "article").stdout


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("colours", [True, False])
def test_the_log_on_a_terminal_is_coloured_unless_that_is_unwanted(colours: bool) -> None:
    stream = Terminal()
    log.configure(verbose=False, quiet=False, stream=stream, colours=colours)
    structlog.get_logger().info("source read", source="town")
    structlog.reset_defaults()
    assert ("\x1b[" in stream.getvalue()) is colours
