"""Commands that the studio calls, and their log as people read it."""

from __future__ import annotations

import os
from pathlib import Path

from feedbuilder.studio.jobs import Jobs, LogLine, log_line
from tests.studio.conftest import Visitor
from tests.studio.test_new_source import COMMENTED, soon, texts


def test_an_event_is_told_in_words() -> None:
    event = '{"timestamp": "2026", "level": "warning", "event": "source read in part", "source": "town", "found": 3}'
    assert log_line(event) == LogLine("warning", "source read in part", "source town, found 3")


def test_what_is_no_event_is_told_as_it_is() -> None:
    assert log_line("error: no such thing") == LogLine("error", "error: no such thing", "")
    assert log_line("  item   article") == LogLine("info", "  item   article", "")
    assert log_line("[1]").text == "[1]"


def test_a_command_that_fails_says_why(tmp_path: Path) -> None:
    jobs = Jobs(tmp_path / "none.toml", dict(os.environ))
    job = jobs.begin("x", ["build"])
    assert jobs.get("x") is job
    soon(lambda: not job.is_running)
    assert job.code == 2
    assert "none.toml" in job.problems[0].text
    jobs.close()


def test_feeds_are_kept_fresh_until_somebody_stops_that(visitor: Visitor, place: Path) -> None:
    source = '[[source]]\nid = "town"\nurl = "http://127.0.0.1:9/"\npaused = true\n[source.selectors]\nitem = "li"\n'
    place.write_text(COMMENTED + source, "utf-8")
    visitor.post("/fresh", {"way": "begin"})
    soon(lambda: "Stop that" in texts(visitor.see("/"), ".fresh button"))
    visitor.post("/fresh", {"way": "stop"})
    soon(lambda: "Keep them fresh while the studio runs" in texts(visitor.see("/"), ".fresh button"))
