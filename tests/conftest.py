"""What every test may rely on."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import settings

from feedbuilder import logger, masking

pytest_plugins = ["tests.reading", "tests.postgres", "tests.object_storage"]

# A shell that starts the tests in the background lets them ignore Ctrl-C, and all that they start would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN and threading.current_thread() is threading.main_thread():
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Time is never asserted here: a machine may be busy with something else.
settings.register_profile("feedbuilder", deadline=None)
settings.load_profile("feedbuilder")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the slow tests first."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


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
