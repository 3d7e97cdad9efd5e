"""Turns carried out on threads: nobody holds up whom they do not concern, and everything ends."""

from __future__ import annotations

import io
import threading
from functools import partial

from feedbuilder import log
from feedbuilder.engine.dispatch import LOOK_AGAIN, Dispatch
from feedbuilder.model import StoreError
from feedbuilder.pipeline.turns import Key, Turn
from tests.patience import PATIENCE

SLOW = frozenset({"slow.example"})


def raised(_: Turn, error: Exception) -> None:
    raise error


def make(workers: int = 2) -> Dispatch:
    return Dispatch(workers, lambda _: 0.0, raised)


def test_everything_that_is_planned_is_done_and_then_it_ends() -> None:
    dispatch = make()
    done: list[int] = []
    for number in range(50):
        places = frozenset({f"{number % 3}.example"})
        dispatch.plan(("source", str(number)), partial(done.append, number), places=places)
    dispatch.run_out()
    assert sorted(done) == list(range(50))
    assert dispatch.close(PATIENCE)


def test_a_host_that_hangs_holds_one_thread() -> None:
    dispatch, quick = make(), threading.Event()

    def hang() -> None:
        assert quick.wait(PATIENCE)

    for number in range(12):
        dispatch.plan(("source", f"slow-{number}"), hang, places=SLOW)
    dispatch.plan(("source", "quick"), quick.set, places=frozenset({"quick.example"}))
    dispatch.run_out()
    assert dispatch.close(PATIENCE)


def test_a_turn_may_plan_the_next_one() -> None:
    dispatch = make()
    done: list[int] = []

    def work(left: int) -> None:
        done.append(left)
        if left:
            dispatch.plan(("articles", "a"), partial(work, left - 1), places=SLOW)

    dispatch.plan(("articles", "a"), partial(work, 4), places=SLOW)
    dispatch.run_out()
    assert done == [4, 3, 2, 1, 0]
    assert dispatch.close(PATIENCE)


def test_what_raises_is_told_and_the_others_go_on() -> None:
    told: list[tuple[Key, str]] = []
    done: list[int] = []
    dispatch = Dispatch(2, lambda _: 0.0, lambda turn, error: told.append((turn.key, str(error))))

    def fail() -> None:
        raise ZeroDivisionError("oh")

    dispatch.plan(("source", "bad"), fail, places=SLOW)
    dispatch.plan(("source", "good"), partial(done.append, 1), places=SLOW)
    dispatch.run_out()
    assert (told, done) == ([(("source", "bad"), "oh")], [1])
    assert dispatch.close(PATIENCE)


def test_the_alarm_is_set_for_the_next_that_is_due_and_only_for_earlier_ones_again() -> None:
    alarms: list[float] = []
    dispatch = Dispatch(2, lambda _: 0.0, raised, alarms.append, seconds=lambda: 100.0)
    for name, after in (("a", 60.0), ("b", 90.0), ("c", 30.0)):
        dispatch.plan(("source", name), lambda: None, after=after)
        dispatch.look()
    assert alarms == [60.0, 30.0]
    assert dispatch.close(PATIENCE)


def test_a_host_of_which_nothing_can_be_known_holds_up_nobody_and_is_looked_at_again() -> None:
    log.configure(verbose=False, quiet=False, stream=io.StringIO())
    alarms: list[float] = []
    done: list[str] = []

    def pause(place: str) -> float:
        if place == "lost.example":
            raise StoreError("the disk is gone")
        return 0.0

    dispatch = Dispatch(2, pause, raised, alarms.append, seconds=lambda: 100.0)
    for name in ("lost", "known"):
        dispatch.plan(("source", name), partial(done.append, name), places=frozenset({f"{name}.example"}))
    dispatch.look()
    assert dispatch.close(PATIENCE)
    assert (done, alarms) == (["known"], [LOOK_AGAIN])


def test_after_the_end_nothing_begins() -> None:
    dispatch, go_on = make(1), threading.Event()
    begun: list[str] = []

    def work() -> None:
        begun.append("first")
        assert go_on.wait(PATIENCE)

    dispatch.plan(("source", "first"), work)
    dispatch.plan(("source", "second"), partial(begun.append, "second"))
    dispatch.look()
    assert not dispatch.close(0)
    go_on.set()
    dispatch.plan(("source", "third"), partial(begun.append, "third"))
    dispatch.look()
    assert dispatch.close(PATIENCE)
    assert begun == ["first"]
