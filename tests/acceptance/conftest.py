"""A newsroom and an installation that watches it, for every acceptance test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from feedbuilder.fetch.politeness import Politeness
from tests.acceptance.place import Place, placed


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let requests to one host follow each other at once: how long they wait is tried in `tests/fetch`."""
    turn = Politeness.turn
    monkeypatch.setattr(Politeness, "turn", lambda self, host, _gap: turn(self, host, 0.0))


@pytest.fixture(autouse=True)
def pages_read_here(read_in_this_process: None) -> None:
    """Let no command that is called in this process start others."""


@pytest.fixture
def stopped_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have commands that go on for ever find that they were asked to stop, in place of a person with Ctrl-C."""

    def stop_event() -> Event:
        event = Event()
        event.set()
        return event

    for module in ("run_command", "serve_command", "demo_command"):
        monkeypatch.setattr(f"feedbuilder.cli.{module}.stop_event", stop_event)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with placed(tmp_path) as made:
        yield made
