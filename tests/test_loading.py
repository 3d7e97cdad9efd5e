"""What is put off until somebody asks for it is there then."""

from __future__ import annotations

import gc
from types import ModuleType

import pytest

from feedbuilder import engine, extract
from feedbuilder.loading import loading, on_demand


@pytest.mark.parametrize("room", [engine, extract], ids=lambda room: room.__name__)
def test_a_room_has_all_that_it_names(room: ModuleType) -> None:
    for name in room.__all__:
        assert getattr(room, name) is not None


def test_it_has_nothing_else() -> None:
    with pytest.raises(AttributeError, match="no attribute 'wheel'"):
        on_demand("feedbuilder.engine", {"Clock": "clock"})("wheel")


def test_garbage_is_collected_again_afterwards() -> None:
    with loading():
        assert not gc.isenabled()
    assert gc.isenabled()
