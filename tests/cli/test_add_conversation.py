"""`feedbuilder add` at a terminal: it shows, asks and lets itself be corrected before it writes anything."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from tests.cli.conftest import Desk, Web, list_page, rss
from tests.patience import PATIENCE

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
fcntl, termios = pytest.importorskip("fcntl"), pytest.importorskip("termios")

ROOT = Path(__file__).parents[2]
_CONTROL = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\))")

LIST = "Is this the list?"
NAME, TAGS, ZONE, OFTEN, WRITE = "Its name", "Its tags", "The zone", "How often", "Write this to"


class Terminal:
    """A terminal with a command in it."""

    def __init__(self, file: int) -> None:
        self._file = file
        self._seen = ""
        self._told = 0

    def until(self, text: str) -> str:
        """Wait for `text` after what was waited for last; return what stood before it."""
        limit = time.monotonic() + PATIENCE
        while (at := self._seen.find(text, self._told)) < 0:
            assert time.monotonic() < limit, self._seen
            if select.select([self._file], [], [], 0.2)[0]:
                self._read()
        before, self._told = self._seen[self._told : at], at + len(text)
        return before

    def say(self, question: str, answer: str) -> str:
        """Wait for `question`, type `answer`; return what stood before the question, in one line."""
        before = self.until(question)
        self.until(":" if "?" not in question else "")
        self.press(f"{answer}\n")
        return " ".join(before.split())

    def press(self, keys: str) -> None:
        os.write(self._file, keys.encode())

    def rest(self) -> str:
        """Return what comes until the command ends."""
        while self._read():
            pass
        return self._seen[self._told :]

    def _read(self) -> bool:
        try:
            content = os.read(self._file, 65536)
        except OSError:  # Linux says so when the other side is closed
            return False
        self._seen += _CONTROL.sub("", content.decode("utf-8", "replace")).replace("\r\n", "\n")
        return bool(content)


@contextmanager
def talking(desk: Desk, *arguments: str) -> Iterator[tuple[Terminal, subprocess.Popen[bytes]]]:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "feedbuilder", *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=desk.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100", "TERM": "xterm"},
        start_new_session=True,
        preexec_fn=partial(fcntl.ioctl, theirs, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - no threads here: Ctrl-C is to reach it
    )
    os.close(theirs)
    try:
        yield Terminal(ours), process
    finally:
        process.kill()
        process.wait(PATIENCE)
        os.close(ours)


def test_enter_all_the_way_takes_what_was_found(desk: Desk, web: Web) -> None:
    desk.hurry()
    with talking(desk, "add", f"{web.url}/news") as (terminal, process):
        shown = terminal.say(LIST, "")
        assert "A Bridge Opens Across the Strait" in shown
        for question in (NAME, TAGS, ZONE, OFTEN):
            terminal.say(question, "")
        assert 'title = "Town News"' in terminal.say(WRITE, "")
        assert "6 new" in terminal.rest()
        assert process.wait(PATIENCE) == 0
    assert "interval" not in desk.config.read_text("utf-8")


def test_answers_are_taken_and_wrong_ones_asked_again(desk: Desk, web: Web) -> None:
    desk.hurry()
    web.pages["/news"] = list_page(time="T23:30:00")
    with talking(desk, "add", f"{web.url}/news") as (terminal, process):
        terminal.say(LIST, "77")
        terminal.say(LIST, "y")
        terminal.say(NAME, "The Town")
        terminal.say(TAGS, "Town,  #Strait News ,")
        terminal.say(ZONE, "Asia/Tokio")
        assert 'did you mean "Asia/Tokyo"?' in terminal.say(ZONE, "Asia/Tokyo")
        assert "Times in Asia/Tokyo" in terminal.say(OFTEN, "30")
        assert "expected a duration with its unit" in terminal.say(OFTEN, "1h")
        terminal.say(WRITE, "y")
        terminal.rest()
        assert process.wait(PATIENCE) == 0
    text = desk.config.read_text("utf-8")
    for line in ('title = "The Town"', 'tags = ["Town", "#Strait News"]', 'timezone = "Asia/Tokyo"', 'interval = "1h"'):
        assert f"{line}\n" in text


def test_a_list_that_goes_on_may_be_read_further_back(desk: Desk, web: Web) -> None:
    desk.hurry()
    web.pages["/news"] = list_page(head='<link rel="next" href="/news/2">')
    web.pages["/news/2"] = list_page().replace("/news/", "/news/old-")
    with talking(desk, "add", f"{web.url}/news") as (terminal, process):
        for question in (LIST, NAME, TAGS, ZONE, OFTEN):
            terminal.say(question, "")
        terminal.say("How many pages", "0")
        assert "expected a number from 1 to 100" in terminal.say("How many pages", "2")
        assert "first_fill_pages = 2" in terminal.say(WRITE, "")
        assert "12 new" in terminal.rest()
        assert process.wait(PATIENCE) == 0


def test_what_was_said_on_the_command_line_is_not_asked(desk: Desk, web: Web) -> None:
    desk.hurry()
    given = ("--title", "T", "--tag", "G", "--timezone", "UTC", "--interval", "1h")
    with talking(desk, "add", f"{web.url}/news", *given) as (terminal, process):
        terminal.say(LIST, "")
        before = terminal.say(WRITE, "y")
        assert not any(question in before for question in (NAME, TAGS, ZONE, OFTEN))
        terminal.rest()
        assert process.wait(PATIENCE) == 0


@pytest.mark.parametrize(
    "answers", [[(LIST, "q")], [(LIST, ""), (NAME, ""), (TAGS, ""), (ZONE, ""), (OFTEN, ""), (WRITE, "n")]]
)
def test_whoever_says_no_finds_everything_as_it_was(desk: Desk, web: Web, answers: list[tuple[str, str]]) -> None:
    desk.hurry()
    before = desk.config.read_bytes()
    with talking(desk, "add", f"{web.url}/news") as (terminal, process):
        for question, answer in answers:
            terminal.say(question, answer)
        assert "Nothing was written" in terminal.rest()
        assert process.wait(PATIENCE) == 0
    assert desk.config.read_bytes() == before
    assert not (desk.folder / "output").exists()


@pytest.mark.parametrize(("keys", "code"), [("\x03", 130), ("\x04", 0)], ids=["Ctrl-C", "Ctrl-D"])
def test_whoever_leaves_by_the_keyboard_finds_everything_as_it_was(desk: Desk, web: Web, keys: str, code: int) -> None:
    with talking(desk, "add", f"{web.url}/news", "--allow-host", "127.0.0.1") as (terminal, process):
        terminal.say(LIST, "")
        terminal.until(NAME)
        terminal.until(":")
        terminal.press(keys)
        assert terminal.rest().split("\n")[-2:] == ["Nothing was written.", ""]
        assert process.wait(PATIENCE) == code
    assert list(desk.folder.iterdir()) == []


def test_who_can_have_the_same_from_a_feed_is_asked_first(desk: Desk, web: Web) -> None:
    desk.hurry()
    web.pages["/feed/"] = rss(6)
    with talking(desk, "add", f"{web.url}/news") as (terminal, process):
        assert "6 of the 6 articles below" in terminal.say("Add the page all the same?", "")
        assert "Nothing was written" in terminal.rest()
        assert process.wait(PATIENCE) == 0
