"""What every test may rely on."""

from __future__ import annotations

import gc
import logging
import signal
import threading
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import settings

from feedbuilder import logger, masking

pytest_plugins = ["tests.reading", "tests.postgres", "tests.object_storage", "tests.made_stores"]

# A shell that starts the tests in the background lets them ignore Ctrl-C, and all that they start would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN and threading.current_thread() is threading.main_thread():
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Time is never asserted here: a machine may be busy with something else.
settings.register_profile("feedbuilder", deadline=None)
settings.load_profile("feedbuilder")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deal the slow tests to the workers, the slowest first, and let each begin with its own.

    pytest-xdist cuts the list into as many parts of one length as there are workers, which later take from each other:
    slow tests that stood together would be one worker's, for as long as all others need for the rest.
    """
    workers = getattr(config, "workerinput", {}).get("workercount", 1)
    marks = {item: mark for item in items if (mark := item.get_closest_marker("slow"))}
    others = [item for item in items if item not in marks]
    hands: list[list[pytest.Item]] = [[] for _ in range(workers)]
    seconds = [0] * workers
    for item in sorted(marks, key=lambda item: -marks[item].args[0]):
        shortest = seconds.index(min(seconds))
        hands[shortest].append(item)
        seconds[shortest] += marks[item].args[0]
    left, items[:] = len(items), []
    for number, hand in enumerate(hands):
        length = left // (workers - number)
        left -= length
        more = max(0, length - len(hand))
        items += [*hand, *others[:more]]
        del others[:more]
    items += others


def pytest_collection_finish() -> None:
    """Spare the collector of garbage all that was imported and collected, which is there until the end."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def log_of_its_own() -> Iterator[None]:
    """Undo what a test did to logging, which is the process's: commands send it to streams that end with the test."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    structlog.reset_defaults()
    logger.log.wait_no_longer()
    masking.forget()
    root.handlers[:], root.level = handlers, level
