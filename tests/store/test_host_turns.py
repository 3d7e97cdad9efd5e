"""Turns to ask a host, among processes that share a store on a server."""

from __future__ import annotations

import threading
import time
from contextlib import closing
from itertools import pairwise

import pytest

from feedbuilder.fetch.politeness import Politeness
from feedbuilder.model import FetchError, StoreError
from feedbuilder.store.host_turns import HostTurns, open_host_turns
from tests.patience import PATIENCE


def test_of_many_threads_and_processes_one_asks_a_host_at_a_time_and_after_its_pause(fresh_postgres: str) -> None:
    log: list[tuple[float, float]] = []
    lock = threading.Lock()

    def ask(turns: HostTurns) -> None:
        # Each with a politeness of its own, as in processes of their own.
        with Politeness(time.monotonic, shared=turns).turn("paper.example", 0.05):
            began = time.monotonic()
            time.sleep(0.01)
            with lock:
                log.append((began, time.monotonic()))

    with closing(open_host_turns(fresh_postgres)) as one, closing(open_host_turns(fresh_postgres)) as other:
        threads = [threading.Thread(target=ask, args=(turns,)) for turns in (one, other) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
    log.sort()
    assert len(log) == 8
    assert all(later[0] - former[1] >= 0.05 for former, later in pairwise(log))


def test_other_hosts_are_not_waited_for(fresh_postgres: str) -> None:
    with closing(open_host_turns(fresh_postgres)) as turns:
        first, second = turns.take("a.example", lambda: True), turns.take("b.example", lambda: True)
        assert first
        assert second


def test_a_turn_that_nobody_gives_back_is_over_after_its_lease(fresh_postgres: str) -> None:
    with closing(open_host_turns(fresh_postgres, lease=0.5)) as turns:
        began = time.monotonic()
        left = turns.take("a.example", lambda: True)
        others = HostTurns(turns._database)
        assert others.take("a.example", lambda: True)
        assert time.monotonic() - began >= 0.4
        # Whoever comes back after that ends nobody's turn.
        turns.give_back("a.example", str(left), 0.0)
        tries = iter([True, True, False])
        assert others.take("a.example", lambda: next(tries)) is None


def test_who_stops_waits_no_longer_and_a_queue_has_an_end(fresh_postgres: str) -> None:
    with closing(open_host_turns(fresh_postgres)) as turns:
        assert turns.take("a.example", lambda: True)
        assert turns.take("a.example", lambda: False) is None
        seconds = iter([0.0, 601.0])
        impatient = HostTurns(turns._database, sleep=lambda _: None, monotonic=lambda: next(seconds))
        with pytest.raises(FetchError, match=r"Too many requests are waiting for a\.example"):
            impatient.take("a.example", lambda: True)


def test_a_turn_that_could_not_be_given_back_is_given_back_before_the_next_one(
    fresh_postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_host_turns(fresh_postgres)) as turns:
        token = turns.take("a.example", lambda: True)
        with monkeypatch.context() as away:
            away.setattr(turns._database, "committing", _away)
            with pytest.raises(StoreError):
                turns.give_back("a.example", str(token), 0.0)
        assert turns.take("a.example", lambda: True)


def _away() -> None:
    raise StoreError("The server is away.")
