"""What a program that goes on for days does with its memory."""

from __future__ import annotations

import gc
import subprocess
import sys

import pytest

from feedbuilder.engine import settled_memory

SETTLING = """
import gc, weakref
from feedbuilder.engine.settled_memory import settle, share_arenas

class Ring:
    def __init__(self):
        self.own = self

share_arenas()
first = Ring()
there = weakref.ref(first)
settle()
set_aside = gc.get_freeze_count()
del first
gc.collect()
print(set_aside > 0, there() is not None, end=" ")  # what is set aside nobody looks at
settle()
print(there() is None, gc.get_freeze_count() > 0)
"""


def test_what_was_set_aside_and_has_gone_is_collected_when_memory_settles_again() -> None:
    done = subprocess.run([sys.executable, "-c", SETTLING], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["True"] * 4


def test_where_the_library_is_another_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settled_memory, "_glibc", lambda: None)
    monkeypatch.setattr(gc, "collect", lambda: 0)  # the tests' own garbage takes long
    monkeypatch.setattr(gc, "freeze", lambda: None)
    monkeypatch.setattr(gc, "unfreeze", lambda: None)
    settled_memory.share_arenas()
    settled_memory.settle()
