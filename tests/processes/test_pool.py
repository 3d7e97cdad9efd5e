"""Calls in other processes: they answer, they fail as they would here, and those that never end are ended."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from feedbuilder.processes import Budget, CallEndedError, Ending, Nursery, Pool, PoolClosedError, nursery, pool, worker
from feedbuilder.processes.launch import Spawner
from feedbuilder.store import hold
from tests.patience import PATIENCE
from tests.process_table import MARK, is_there, marked
from tests.processes.service import MOST_MEMORY, Service

BUDGET = Budget(0.5, MOST_MEMORY)
LINUX = sys.platform.startswith("linux")
HAS_SIGNALS = hasattr(signal, "SIGPROF")

pytestmark = [
    # Under xdist the tests have threads. What the program never does is tried here all the same: the zygote takes
    # nothing of this process that a thread could hold.
    pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning"),
    pytest.mark.skipif(not HAS_SIGNALS, reason="this system cannot end what takes too much processor time"),
]
forked_only = pytest.mark.skipif(not LINUX, reason="forks are for Linux")

Makes = Callable[..., Pool]


def made(monkeypatch: pytest.MonkeyPatch, *, forks: bool) -> Iterator[Makes]:
    monkeypatch.setattr(nursery, "can_fork", lambda: forks)
    monkeypatch.setattr(pool, "LET_GO", 10 * PATIENCE)
    monkeypatch.setattr(pool, "PATIENCE", PATIENCE)  # a busy machine is none that hangs
    pools = []

    def make(size: int = 1, budget: Budget = BUDGET) -> Pool:
        pools.append(Pool(Nursery(), Service, budget, size))
        return pools[-1]

    yield make
    for one in pools:
        one.close()


@pytest.fixture(params=[pytest.param(True, marks=forked_only, id="forked"), pytest.param(False, id="spawned")])
def make(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Makes]:
    yield from made(monkeypatch, forks=request.param)


@pytest.fixture
def fork(monkeypatch: pytest.MonkeyPatch) -> Iterator[Makes]:
    yield from made(monkeypatch, forks=True)


def until(true: Callable[[], bool]) -> None:
    limit = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < limit, "waited too long"
        time.sleep(0.02)


def ended(pool: Pool, name: str) -> CallEndedError:
    with pytest.raises(CallEndedError) as caught:
        pool.call("key", name)
    return caught.value


def test_a_call_returns_what_the_method_returns(make: Makes) -> None:
    pool = make()
    assert pool.call("key", "echo", b"\0" * 3_000_000) == b"\0" * 3_000_000
    assert pool.call("key", "echo", "text", twice=True) == ("text", "text")
    assert pool.call("key", "count") == 2


def test_what_never_ends_is_ended_though_it_holds_the_interpreter_and_the_next_call_is_answered(make: Makes) -> None:
    pool = make()
    first = pool.call("key", "pid")
    for name in ("spin", "hold_the_interpreter"):
        assert ended(pool, name).ending is Ending.TIME
    assert pool.call("key", "pid") != first


def test_what_eats_memory_is_ended(make: Makes) -> None:
    pool = make(budget=Budget(60, MOST_MEMORY))
    if not LINUX:
        pytest.skip("this system does not say how large a process is")
    assert ended(pool, "eat").ending is Ending.MEMORY
    with pytest.raises(CallEndedError) as caught:
        pool.call("key", "echo", bytes(2 * MOST_MEMORY))
    assert caught.value.ending is Ending.MEMORY
    assert pool.call("key", "echo", 1) == 1


def test_time_is_counted_for_each_call_and_waiting_is_none(make: Makes) -> None:
    pool = make(budget=Budget(0.5, MOST_MEMORY))
    pid = pool.call("key", "pid")
    assert [pool.call("key", "work", 0.2) for _ in range(4)] == [0.2] * 4
    assert pool.call("key", "sleep", 0.8) == 0.8
    assert pool.call("key", "pid") == pid


def test_what_waits_for_ever_is_ended(make: Makes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedbuilder.processes.pool.PATIENCE", 2)
    with pytest.raises(CallEndedError) as caught:
        make().call("key", "sleep", 10 * PATIENCE)
    assert caught.value.ending is Ending.PATIENCE


def test_a_process_that_ends_by_itself_is_told_with_its_code(make: Makes) -> None:
    pool = make()
    with pytest.raises(CallEndedError) as caught:
        pool.call("key", "leave", 7)
    assert (caught.value.ending, caught.value.code) == (Ending.CRASH, 7)
    assert (ended(pool, "die").ending, ended(pool, "die").code) == (Ending.CRASH, -signal.SIGSEGV)
    assert pool.call("key", "echo", 1) == 1


def test_a_call_that_is_ended_ends_no_other(make: Makes, tmp_path: Path) -> None:
    pool = make(size=2, budget=Budget(0.5, MOST_MEMORY))
    with ThreadPoolExecutor(1) as threads:
        other = threads.submit(pool.call, "other", "meet", str(tmp_path), "one", "two")
        until((tmp_path / "one").exists)
        for _ in range(2):
            assert ended(pool, "spin").ending is Ending.TIME
        (tmp_path / "two").touch()
        assert other.result(PATIENCE) == pool.call("other", "pid")


def test_errors_keep_their_type_and_tell_where_they_arose(make: Makes) -> None:
    pool = make()
    with pytest.raises(ZeroDivisionError) as caught:
        pool.call("key", "divide", 0)
    text = "".join(traceback.format_exception(caught.value))
    assert "in divide" in text
    assert "return 1 / by" in text
    assert pool.call("key", "divide", 2) == 0.5


def test_what_cannot_cross_is_told_as_text(make: Makes) -> None:
    pool = make()
    with pytest.raises(RuntimeError, match="StubbornError"):
        pool.call("key", "be_stubborn")
    with pytest.raises(Exception, match="pickle"):
        pool.call("key", "lock")
    assert pool.call("key", "echo", 1) == 1


def test_calls_of_one_key_go_to_one_process_and_two_run_at_the_same_time(make: Makes, tmp_path: Path) -> None:
    pool = make(size=2, budget=Budget(60, MOST_MEMORY))
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(pool.call, "a", "meet", str(tmp_path), "one", "other")
        second = threads.submit(pool.call, "b", "meet", str(tmp_path), "other", "one")
        pids = {"a": first.result(PATIENCE), "b": second.result(PATIENCE)}
    assert pids["a"] != pids["b"]
    for key in "abbaab":
        assert pool.call(key, "pid") == pids[key]


def test_no_more_processes_than_asked_for_and_no_more_than_needed(make: Makes) -> None:
    pool = make(size=2)
    assert len({pool.call(str(number), "pid") for number in range(5)}) == 1
    with ThreadPoolExecutor(8) as threads:
        pids = set(threads.map(lambda number: pool.call(str(number), "pid"), range(40)))
    assert len(pids) <= 2


def test_a_process_is_let_go_once_no_call_has_to_wait_and_the_other_goes_on(
    make: Makes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = make(size=2, budget=Budget(60, MOST_MEMORY))
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(pool.call, "a", "meet", str(tmp_path), "one", "other")
        second = threads.submit(pool.call, "b", "meet", str(tmp_path), "other", "one")
        pids = {first.result(PATIENCE), second.result(PATIENCE)}
    assert {pool.call(key, "pid") for key in "ab"} == pids
    monkeypatch.setattr("feedbuilder.processes.pool.LET_GO", -1)
    pool.call("a", "pid")
    left = {pool.call(key, "pid") for key in "abab"}
    assert len(left) == 1
    assert left < pids
    until(lambda: [pid for pid in pids if is_there(pid)] == [*left])


def test_a_pool_that_is_renewed_answers_by_other_objects(make: Makes) -> None:
    pool = make()
    pool.call("key", "echo", 1)
    assert pool.call("key", "count") == 1
    pid = pool.call("key", "pid")
    pool.renew(partial(Service))
    assert pool.call("key", "count") == 0
    assert pool.call("key", "pid") != pid
    until(lambda: not is_there(pid))


def test_signals_of_the_terminal_and_of_service_managers_are_left_to_the_program(make: Makes) -> None:
    pool = make()
    pid = pool.call("key", "pid")
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        os.kill(pid, getattr(signal, name))
    assert pool.call("key", "pid") == pid


def test_an_idle_process_that_somebody_ended_is_replaced_unseen(make: Makes) -> None:
    pool = make()
    pid = pool.call("key", "pid")
    os.kill(pid, signal.SIGKILL)
    until(lambda: not is_there(pid))
    assert pool.call("key", "pid") != pid


def test_a_closed_pool_leaves_no_process_and_whoever_waits_is_told(make: Makes) -> None:
    pool = make(size=2, budget=Budget(600, MOST_MEMORY))
    idle = pool.call("idle", "pid")
    with ThreadPoolExecutor(3) as threads:
        waiting = [threads.submit(pool.call, str(number), "spin") for number in range(3)]
        until(lambda: pool._all - set(pool._idle) == pool._all and len(pool._all) == 2)
        pool.close()
        for one in waiting:
            with pytest.raises(PoolClosedError):
                one.result(PATIENCE)
    until(lambda: not is_there(idle))
    with pytest.raises(PoolClosedError):
        pool.call("key", "pid")


@forked_only
def test_a_process_has_no_file_of_the_program(fork: Makes, tmp_path: Path) -> None:
    with (tmp_path / "a file").open("w"), socket.socket(), hold(tmp_path / "store.db"):
        files = fork().call("key", "files")
    standard = {files.pop(name, "") for name in ("0", "1")}
    assert standard == {os.devnull}
    files.pop("2", None)
    others = [name for name in files.values() if not name.startswith("/proc/")]
    assert len(others) == 1
    assert others[0].startswith("socket:")


@forked_only
def test_a_process_that_lives_does_not_hold_the_store(fork: Makes, tmp_path: Path) -> None:
    with hold(tmp_path / "store.db"):
        pool = fork()
        pid = pool.call("key", "pid")
    with hold(tmp_path / "store.db"):
        assert pool.call("key", "pid") == pid


@forked_only
@pytest.mark.parametrize("reason", ["calls", "memory"])
def test_a_process_that_was_used_up_makes_room_for_a_fresh_one(
    fork: Makes, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    if reason == "calls":
        monkeypatch.setattr(worker, "MOST_CALLS", 3)
    else:
        monkeypatch.setattr(worker, "MOST_KEPT", 20_000_000)
    pool = fork()
    pids = [pool.call("key", "grow", 30_000_000 if reason == "memory" else 1_000) for _ in range(2 * worker.LOOK_EVERY)]
    assert pids[0] == pids[1]
    assert len(set(pids)) > 1
    until(lambda: not is_there(pids[0]))


@forked_only
def test_the_zygote_may_be_ended_by_somebody(fork: Makes) -> None:
    pool = fork(size=2)
    pid = pool.call("key", "pid")
    os.kill(pool._nursery._launchers[0]._pid, signal.SIGKILL)  # type: ignore[attr-defined]
    assert pool.call("key", "pid") == pid
    assert ended(pool, "spin").ending is Ending.CRASH  # how it ended, nobody saw
    assert pool.call("key", "echo", 1) == 1


def test_where_no_process_is_left_at_the_start_whoever_asks_for_one_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(*_: object) -> None:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr(nursery, "can_fork", lambda: True)
    monkeypatch.setattr(os, "fork", refused)
    monkeypatch.setattr(Spawner, "launch", refused)
    with Nursery() as made, pytest.raises(OSError, match=os.strerror(errno.EAGAIN)):
        made.launch(Service, BUDGET)


PROGRAM = """
import sys, threading
from feedbuilder.processes import Budget, Nursery, Pool, nursery
from tests.processes.service import Service
if sys.argv[1] == "spawned":
    nursery.can_fork = lambda: False
if __name__ == "__main__":
    # Long enough that only the zygote can be who ends a forked one; nobody but its budget ends a spawned one.
    pool = Pool(Nursery(), Service, Budget(3600 if sys.argv[1] == "forked" else 2, 100_000_000), 2)
    assert type(pool._nursery._launchers[0]).__name__ == ("Zygote" if sys.argv[1] == "forked" else "Spawner")
    threads = [threading.Thread(target=pool.call, args=("busy", "spin"), daemon=True)]
    threads[0].start()
    print(pool.call("idle", "pid"), pool.call("idle", "pid"), flush=True)
    threads[0].join()
"""


@pytest.mark.skipif(not LINUX, reason="looks for processes in /proc")
@pytest.mark.parametrize("how", ["forked", "spawned"])
def test_a_program_that_is_killed_leaves_no_process(tmp_path: Path, how: str) -> None:
    mark = f"{tmp_path}-{os.getpid()}"
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), MARK: mark}
    command = [sys.executable, str(program), how]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        until(lambda: len(marked(mark)) >= 3)
        process.kill()
    until(lambda: not marked(mark))
