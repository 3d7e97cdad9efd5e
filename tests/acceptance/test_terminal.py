"""The first ten minutes of docs/start.md as a person sees them, on terminals of 60 and of 100 columns."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.acceptance.documented import ROOT, commands
from tests.acceptance.place import Place, quick_demo
from tests.acceptance.terminal import Session, screen

WIDTHS = (60, 100)


def words_of(command: str, place: Place) -> list[str]:
    """Return the first call of `command` that the documents show, with the newsroom of `place`."""
    example = next(one for one in commands(ROOT / "docs" / "start.md") if one.words[1] == command)
    return [word.replace("http://127.0.0.1:8765", place.url) for word in example.words[1:]]


def assert_tidy(session: Session) -> None:
    """Fail if the screen shows anything that people should not see."""
    shown = session.screen()
    assert not [line for line in shown if "Traceback" in line or "\x1b" in line]
    # A bar that was not taken away, or a line that was written over one.
    assert not [line for line in shown if "━" in line], shown
    # Lines end before the terminal does, but for addresses and paths that no line holds, and what is to be copied.
    for line in screen(session.written, 10_000):
        assert len(line) <= session.columns or max(map(len, line.split())) > session.columns // 2 or " = " in line, line


@pytest.mark.slow(11)
@pytest.mark.parametrize("columns", WIDTHS)
def test_the_first_ten_minutes_are_lines_that_fit_and_a_bar_that_moves(
    place: Place, tmp_path: Path, columns: int
) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    add = Session(*words_of("add", place), folder=folder, columns=columns)
    add.read_until("Looking for articles")  # before anything has come
    add.read_until("Fetching http")
    assert add.end() == 0, add.written
    assert_tidy(add)
    shown = "\n".join(add.screen())
    assert "Added the source world-news to" in shown
    assert "Looking for articles" not in shown

    for command, told in (("why", "Why this list"), ("status", "well")):
        session = Session(*(words_of("why", place) if command == "why" else ["status"]), folder=folder, columns=columns)
        assert session.end() == 0, session.written
        assert_tidy(session)
        assert told in " ".join(session.screen())

    serve = Session("serve", "--port", "0", folder=folder, columns=columns)
    serve.read_until("Ctrl-C")
    serve.press_control_c()
    assert serve.end() in (0, 130), serve.written
    assert_tidy(serve)


def test_a_build_says_what_it_fetches_and_which_article_pages_it_reads(place: Place) -> None:
    place.write_config(quick_demo())
    session = Session("build", "world-news", "-c", str(place.config_path), folder=place.folder, columns=60)
    assert session.end() == 0, session.written
    steps = [line for line in re.split(r"[\r\n]+", re.sub(r"\x1b\[[?\d;]*[A-Za-z]", "", session.written)) if line]
    assert any("Fetching http" in line for line in steps), steps
    assert any(re.search(r"Article pages of world-news: [1-9]\d* of", line) for line in steps), steps
    assert_tidy(session)


def test_the_terminal_of_these_tests_shows_what_a_terminal_would() -> None:
    # A test of the test.
    assert screen("one\r\ntwo\rT\r\n", 80) == ["one", "Two", ""]
    assert screen("12345678\r\n", 5) == ["12345", "678", ""]
    assert screen("bar\r\x1b[2Kline\n\x1b[1A\r\x1b[2K", 80) == ["", ""]
