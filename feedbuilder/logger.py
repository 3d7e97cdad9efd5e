"""What everybody writes to the log with: the library behind it is loaded when something is said that is heard.

A `build` from cron that goes well says nothing, and would spend a tenth of what it loads on being able to. How events
are written, `log` owns.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any


class LateLogger:
    """A logger of structlog's, but for what nobody hears while the log waits to be set up."""

    def __init__(self) -> None:
        self._heard_from = logging.NOTSET
        self._set_up: Callable[[], None] | None = None

    def wait(self, heard_from: int, set_up: Callable[[], None]) -> None:
        """Have `set_up` called when first something of the level `heard_from` or above is said, by a library too."""
        self._heard_from, self._set_up = heard_from, set_up
        logging.getLogger().handlers = [_LateHandler(self)]

    def wait_no_longer(self) -> None:
        """Note that the log is set up, or set up by nobody."""
        self._heard_from, self._set_up = logging.NOTSET, None

    def be_set_up(self) -> None:
        """Set the log up now, if that waits."""
        if self._set_up is not None:
            set_up = self._set_up
            self.wait_no_longer()
            set_up()

    def debug(self, event: str, **values: Any) -> None:
        """Tell those who look for a mistake."""
        self._say(logging.DEBUG, "debug", event, values)

    def info(self, event: str, **values: Any) -> None:
        """Tell what was done."""
        self._say(logging.INFO, "info", event, values)

    def warning(self, event: str, **values: Any) -> None:
        """Tell what somebody should look at."""
        self._say(logging.WARNING, "warning", event, values)

    def error(self, event: str, **values: Any) -> None:
        """Tell what failed."""
        self._say(logging.ERROR, "error", event, values)

    def exception(self, event: str, **values: Any) -> None:
        """Tell what failed, with the traceback of the error that is being handled."""
        self._say(logging.ERROR, "exception", event, values)

    def _say(self, level: int, name: str, event: str, values: dict[str, Any]) -> None:
        if level < self._heard_from:
            return
        self.be_set_up()
        import structlog  # noqa: PLC0415 - it takes Rich's tracebacks along

        getattr(structlog.get_logger("feedbuilder"), name)(event, **values)


class _LateHandler(logging.Handler):
    """Sets the log up when a library says something, and hands that on."""

    def __init__(self, logger: LateLogger) -> None:
        super().__init__(logging.WARNING)
        self._logger = logger

    def emit(self, record: logging.LogRecord) -> None:
        self._logger.be_set_up()
        for handler in logging.getLogger().handlers:
            if handler is not self:
                handler.handle(record)


log = LateLogger()
"""The log of the program."""
