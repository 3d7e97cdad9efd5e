"""The one browser of a program, as the program sees it: started when it is needed, ended when it is not.

Owns the process that drives it. Whatever a page does there costs the reading of that page: the process is ended with
all that it started, and the next page gets a fresh one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast

from feedbuilder.browser.chromium import keeps_sandbox, why_missing
from feedbuilder.browser.drive_names import DRIVER, FOLDER
from feedbuilder.browser.messages import Reply, Setup, receive, send
from feedbuilder.fetch.renderer import Opened, Opening
from feedbuilder.logger import log
from feedbuilder.model import BrowserSettings, FetchError, FetchSettings, PrivateAddressError
from feedbuilder.processes.family import end_descendants

LONGEST_QUEUE = 600.0
"""Seconds to wait for the pages before ours."""
MARGIN = 90.0
"""Seconds over the deadline of a page after which the process is taken for hung; starting the browser is among them."""
_INHERITED = ("PATH", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "SYSTEMROOT", "FONTCONFIG_PATH")
"""What of our environment the browser gets: there may be secrets in the rest."""


class SharedBrowser:
    """Opens pages, one at a time, in a browser that they share. Answers `Renderer`; safe in several threads."""

    def __init__(self, settings: BrowserSettings, fetch: FetchSettings) -> None:
        self._setup = Setup(settings, fetch)
        self._turn = threading.Lock()
        self._closing = threading.Event()
        self._driver: _Driver | None = None
        self._has_warned = False

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until nobody else opens a page, and be the only one in this block. Raises FetchError."""
        if not self._turn.acquire(timeout=LONGEST_QUEUE):
            raise FetchError("Too many pages wait for the browser. Give their sources longer intervals.")
        try:
            self._check()
            yield
        finally:
            self._turn.release()

    def open(self, opening: Opening) -> Opened:
        """Open a page, and close it again; to be called in one's turn. Raises FetchError, PrivateAddressError."""
        reply = self._asked(opening)
        if isinstance(reply.outcome, Opened):
            return reply.outcome
        if reply.outcome.host is not None:
            raise PrivateAddressError(reply.outcome.text, reply.outcome.host)
        raise FetchError(reply.outcome.text)

    def close(self) -> None:
        """End the browser, whatever it does."""
        self._closing.set()
        self._drop()

    def _asked(self, opening: Opening) -> Reply:
        patience = self._setup.browser.deadline.total_seconds() + MARGIN
        while True:
            self._check()
            if is_fresh := self._driver is None:
                self._driver = self._started()
                self._check()  # who closed us meanwhile has not seen it; it reads the end of its orders
            driver = self._driver
            if driver is None:
                continue  # closed just now
            try:
                reply = driver.ask(opening, patience)
            except (EOFError, OSError, ValueError) as error:
                had_ended = not driver.was_ended
                self._drop()
                self._check()
                if not is_fresh and had_ended:
                    continue  # it had ended by itself, because nobody had wanted a page for a while
                raise FetchError(f"{opening.url} ended the browser that opened it, or hung there.") from error
            except BaseException:
                self._drop()  # what it answers now would be taken for the answer to the next question
                raise
            if not reply.goes_on:
                self._drop()
            return reply

    def _started(self) -> _Driver:
        if missing := why_missing(self._setup.browser):
            raise FetchError(f"This page needs a browser. {missing}")
        if not keeps_sandbox() and not self._has_warned:
            self._has_warned = True
            log.warning("the browser runs without its sandbox, for root cannot have it; use another user")
        return _Driver(self._setup)

    def _drop(self) -> None:
        driver, self._driver = self._driver, None
        if driver is not None:
            driver.end()

    def _check(self) -> None:
        if self._closing.is_set():
            self._drop()
            raise FetchError("No page is opened in the browser any more: feedbuilder is stopping.")


class _Driver:
    """The process that drives a browser."""

    def __init__(self, setup: Setup) -> None:
        self.was_ended = False
        """Whether it was ended from here, because it hung or was wanted no longer."""
        self._ending = threading.Lock()
        self._folder = tempfile.TemporaryDirectory(prefix=FOLDER, ignore_cleanup_errors=True)
        try:
            self._process = subprocess.Popen(  # noqa: S603 - ourselves
                [sys.executable, "-m", DRIVER],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=browser_environment(os.environ, Path(self._folder.name)),
                start_new_session=True,  # Ctrl-C in a terminal is for the program, which ends it
            )
        except OSError as error:
            self._folder.cleanup()
            raise FetchError(f"No process could be started for the browser: {error}.") from error
        with suppress(OSError):  # it has ended already, which the first question shows
            send(self._way_in, setup)

    @property
    def _way_in(self) -> BinaryIO:
        return cast(BinaryIO, self._process.stdin)

    @property
    def _way_out(self) -> BinaryIO:
        return cast(BinaryIO, self._process.stdout)

    def ask(self, opening: Opening, patience: float) -> Reply:
        """Return what became of a page. Raises EOFError, OSError, ValueError if the process has ended."""
        watchdog = threading.Timer(patience, self.end)
        watchdog.daemon = True
        watchdog.start()
        try:
            send(self._way_in, opening)
            reply = receive(self._way_out)
        finally:
            watchdog.cancel()
        assert isinstance(reply, Reply), "the process answers nothing else"
        return reply

    def end(self) -> None:
        """End it and all that it started, whatever they do."""
        with self._ending:
            if self.was_ended:
                return
            self.was_ended = True
            end_descendants(self._process.pid)
            self._process.kill()
            self._process.wait()
            self._folder.cleanup()
        for way in (self._way_in, self._way_out):
            with suppress(OSError):
                way.close()


def browser_environment(ours: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return the environment of the browser, which writes nowhere but into `folder`."""
    kept = {name: ours[name] for name in _INHERITED if name in ours}
    home = {name: str(folder) for name in ("HOME", "TMPDIR", "TEMP", "TMP", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    return {**kept, **home, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONDONTWRITEBYTECODE": "1"}
