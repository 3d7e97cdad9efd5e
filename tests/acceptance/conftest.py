"""A newsroom and an installation that watches it, for every acceptance test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from feedbuilder.fetch.politeness import Politeness
from tests.acceptance.place import Place, placed


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let requests to one host follow each other at once: how long they wait is tried in `tests/fetch`."""
    turn = Politeness.turn
    monkeypatch.setattr(Politeness, "turn", lambda self, host, _gap: turn(self, host, 0.0))


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with placed(tmp_path) as made:
        yield made
