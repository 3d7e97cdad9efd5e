"""One thread cuts all lines whose time is over, and none that serves somebody else by then."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from errno import EBADF
from random import Random
from threading import Event
from time import monotonic

import pytest

from feedbuilder.fetch.deadline import Deadline, DeadlineError
from feedbuilder.fetch.failures import EXPECTED
from feedbuilder.fetch.guard import Guard
from feedbuilder.fetch.read_body import read_body
from feedbuilder.fetch.session import GuardedSession
from feedbuilder.fetch.watchdog import Watchdog
from feedbuilder.model import FetchSettings
from tests.fetch.loopback import Site, answer, soon
from tests.patience import PATIENCE

HOUR = 3600.0
FORKED = """
import os, signal, time
from feedbuilder.fetch.watchdog import Watchdog

class Line:
    was_cut = False
    def cut(self):
        self.was_cut = True

watchdog, former, own, last = Watchdog(), Line(), Line(), Line()
watchdog.heed(former, time.monotonic() + 0.4)
child = os.fork()
if child:
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    while not former.was_cut:
        time.sleep(0.01)
    watchdog.heed(last, time.monotonic() + 3600)  # and yet we end
    raise SystemExit(code)
signal.alarm(300)  # nobody waits for it where its parent was ended
former.was_cut = False
watchdog.heed(own, time.monotonic() + 0.5)
while not own.was_cut:
    time.sleep(0.01)
raise SystemExit(former.was_cut)
"""
"""A process that heeds a line, and one that is forked from it and heeds its own."""


class Heeded(Event):
    """Tells that it was cut."""

    def cut(self) -> None:
        self.set()


@pytest.fixture
def watchdog() -> Iterator[Watchdog]:
    with closing(Watchdog()) as made:
        yield made


@pytest.fixture
def session() -> Iterator[GuardedSession]:
    settings = FetchSettings(connect_timeout=timedelta(seconds=PATIENCE))
    with GuardedSession(settings, Guard(["127.0.0.1"])) as made:
        yield made


def test_each_is_cut_at_its_end_in_whatever_order_they_come(watchdog: Watchdog) -> None:
    far, near, past, released = Heeded(), Heeded(), Heeded(), Heeded()
    watchdog.heed(far, monotonic() + HOUR)
    watchdog.heed(released, monotonic() + HOUR)
    watchdog.let_go(released)
    watchdog.heed(near, monotonic() + 0.05)
    watchdog.heed(past, monotonic() - 1)
    assert near.wait(PATIENCE)
    assert past.wait(PATIENCE)
    assert not far.is_set()
    assert not released.is_set()


def test_requests_that_end_in_time_share_one_thread_which_ends_with_its_fetcher() -> None:
    watchdog, first, second = Watchdog(), Heeded(), Heeded()
    for one in (first, second, first):
        watchdog.heed(one, monotonic() + HOUR)
        watchdog.let_go(one)
    assert watchdog._has_thread
    watchdog.heed(second, monotonic() + 0.05)
    watchdog.heed(first, monotonic() + HOUR)
    watchdog.close()
    assert second.wait(PATIENCE)  # under way when the fetcher was closed
    assert watchdog._has_thread
    watchdog.let_go(first)
    assert soon(lambda: not watchdog._has_thread)


def test_one_that_heeds_nobody_any_more_ends_and_begins_again(watchdog: Watchdog) -> None:
    for _ in range(3):
        line = Heeded()
        watchdog.heed(line, monotonic())
        assert line.wait(PATIENCE)
        assert soon(lambda: not watchdog._has_thread)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows forks nothing")
def test_a_forked_process_heeds_its_own_alone_and_none_is_kept_alive() -> None:
    done = subprocess.run([sys.executable, "-c", FORKED], timeout=PATIENCE, check=False)
    assert done.returncode == 0


def test_a_line_that_is_no_file_is_cut_and_left(watchdog: Watchdog, monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of a socket of Windows is nothing that calls for files know."""

    def refuse(*_: object, **__: object) -> int:
        raise OSError(EBADF, "Bad file descriptor")

    ours, theirs = socket.socketpair()
    with ours, theirs:
        deadline = Deadline(PATIENCE, watchdog)
        with monkeypatch.context() as windows:
            windows.setattr(os, "dup", refuse)
            windows.setattr(os, "close", refuse)
            deadline.watch(ours.fileno())
            deadline.watch(ours.fileno())
            deadline.cut()
            deadline.leave()
        assert ours.fileno() >= 0
        assert theirs.recv(1) == b""


def test_a_deadline_that_ends_after_its_answer_does_not_cut_the_next_one(
    site: Site, session: GuardedSession, watchdog: Watchdog
) -> None:
    site.pages["/"] = answer("news")
    for _ in range(3):
        deadline = Deadline(PATIENCE, watchdog)
        with deadline.running(), session.ask(site.url(), {}, deadline, None, None) as response:
            assert read_body(response, deadline, 1000) == b"news"
            # Its connection is back in the pool, where others may have taken it already.
            deadline.cut()
            with pytest.raises(DeadlineError):
                deadline.check()
    assert site.connections == 1


def test_among_many_that_are_cut_nobody_else_is(site: Site, session: GuardedSession, watchdog: Watchdog) -> None:
    site.pages["/"] = answer("news" * 1000)

    def ask(seed: int) -> None:
        random = Random(seed)
        for number in range(60):
            is_short = number % 2 == 0
            deadline = Deadline(random.uniform(0.0002, 0.004) if is_short else PATIENCE, watchdog)
            try:
                with deadline.running(), session.ask(site.url(), {}, deadline, None, None) as response:
                    assert read_body(response, deadline, 10_000) == b"news" * 1000
            except EXPECTED:
                assert is_short

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(ask, range(4)))
