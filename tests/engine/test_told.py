"""What `run` says of itself: how the first readings went, and what took long."""

from __future__ import annotations

import io

from feedbuilder import log
from feedbuilder.engine.first_round import FirstRound
from feedbuilder.engine.run_log import LONG, told_if_long


def test_the_first_readings_are_told_once_when_all_are_done() -> None:
    first = FirstRound(["a", "b"])
    first.ended("a", well=True)
    first.ended("a", well=False)
    assert first.report() is None
    first.ended("b", well=False)
    assert first.report() == {"well": 1, "failed": 1, "waiting": 0}
    assert first.report() is None
    assert first.report(at_once=True) is None


def test_they_are_told_with_what_still_waits_when_it_takes_long() -> None:
    first = FirstRound(["a", "b"])
    first.ended("b", well=True)
    assert first.report(at_once=True) == {"well": 1, "failed": 0, "waiting": 1}
    first.ended("a", well=True)
    assert first.report() is None


def test_what_takes_long_is_told_and_what_does_not_is_not() -> None:
    stream = io.StringIO()
    log.configure(verbose=False, quiet=False, stream=stream)
    moments = iter([0.0, LONG, 0.0, LONG + 11.4])
    for what in ("watching", "publishing"):
        with told_if_long(what, lambda: next(moments)):
            pass
    assert "took long" in stream.getvalue()
    assert "what=publishing seconds=41" in stream.getvalue()
    assert "watching" not in stream.getvalue()
