"""One process at a time: the lock beside the store."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from feedbuilder.model import AlreadyRunningError, StoreError
from feedbuilder.store import hold, holder, is_held
from tests.patience import PATIENCE

HOLDER = """
import pathlib, sys
from feedbuilder.store import hold
with hold(pathlib.Path(sys.argv[1]), by=pathlib.Path(sys.argv[2])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_store_is_held_once(tmp_path: Path) -> None:
    path = tmp_path / "var" / "feedbuilder.db"
    assert not is_held(path)
    assert not path.parent.exists()
    with hold(path):
        assert is_held(path)
        with pytest.raises(AlreadyRunningError, match=r"Another feedbuilder is working on the store .*feedbuilder\.db"):
            hold(path).__enter__()
        assert is_held(path)
        with hold(tmp_path / "other.db"):
            pass
    assert not is_held(path)
    with hold(path):
        pass


def test_it_is_let_go_when_the_work_fails(tmp_path: Path) -> None:
    def work() -> None:
        with hold(tmp_path / "feedbuilder.db"):
            raise RuntimeError

    with pytest.raises(RuntimeError):
        work()
    assert not is_held(tmp_path / "feedbuilder.db")


def test_it_is_let_go_when_the_process_is_killed(tmp_path: Path) -> None:
    path, config = tmp_path / "feedbuilder.db", tmp_path / "feedbuilder.toml"
    config.write_text("")
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path), str(config)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        assert is_held(path)
        assert holder(path) == config.resolve()
        process.kill()
        process.wait(PATIENCE)
    assert not is_held(path)
    assert holder(path) is None
    with hold(path):
        assert holder(path) is None


def test_a_holder_that_stays_says_by_which_configuration_it_works(tmp_path: Path) -> None:
    path, config = tmp_path / "feedbuilder.db", tmp_path / "feedbuilder.toml"
    with hold(path, by=config):
        assert holder(path) is None  # to us, there is no such file
        config.write_text("")
        assert holder(path) == config.resolve()
    assert holder(path) is None
    assert [one.name for one in tmp_path.iterdir() if "holder" in one.name] == []


def test_a_place_that_cannot_be_locked_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be locked"), hold(tmp_path / "file" / "feedbuilder.db"):
        pass
