"""The log: one line per event, for people on a terminal and for whatever reads stderr elsewhere.

Owns how events are written, and that no secret is among them; what is one, `masking` tells. Knows nothing of what
happens in the program: everybody else says `log.info("event", key=value)`, with that of `logger`.
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Mapping
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from feedbuilder import logger
from feedbuilder.masking import MASK, is_secret_name, mask_text

_PLAIN = re.compile(r"[^\s\"=\\\x00-\x1f\x7f-\x9f\u2028\u2029]+")

_LIBRARIES = {
    # Its warnings are about itself: that a job is late, or still runs. What matters of that, `engine` says.
    "apscheduler": logging.ERROR,
    # What a database that is away does to the queue comes to us as errors, and `cluster` says it once.
    "procrastinate": logging.CRITICAL,
    "psycopg.pool": logging.ERROR,
    "urllib3": logging.WARNING,
    "uvicorn": logging.WARNING,
    "uvicorn.access": logging.WARNING,
    "uvicorn.error": logging.WARNING,
}
"""From which level on libraries are heard that bring handlers of their own."""


def configure(
    *, verbose: bool, quiet: bool, stream: TextIO, colours: bool = True, as_json: bool = False, timed: bool = True
) -> None:
    """Send all log lines to `stream`: for people on a terminal, in `colours` or without, else in plain lines.

    A plain line is `time level event key=value`, without the time unless `timed`; or each is an object `as_json`.

    From INFO on; from DEBUG on if `verbose`, from WARNING on if `quiet`; quiet wins. Libraries that log through
    `logging` (urllib3, uvicorn) are heard from WARNING on, some without `verbose` from ERROR on. Times are UTC.
    Calling it again replaces what was configured before.
    """
    logger.log.wait_no_longer()
    level = logging.WARNING if quiet else logging.DEBUG if verbose else logging.INFO
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        *([structlog.processors.TimeStamper(fmt="iso", utc=True)] if timed else []),
        structlog.processors.format_exc_info,
        mask_secrets,
    ]
    # Plain tracebacks: Rich's would show local variables, and among those are secrets.
    renderer: Processor = (
        structlog.dev.ConsoleRenderer(colors=colours, exception_formatter=structlog.dev.plain_traceback)
        if stream.isatty() and not as_json
        else render_json
        if as_json
        else render_line
    )
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.ExtraAdder(), *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    for name, heard_from in _LIBRARIES.items():
        library = logging.getLogger(name)
        library.handlers, library.propagate = [], True
        library.setLevel(min(heard_from, logging.WARNING) if verbose and not quiet else heard_from)


def mask_secrets(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Return the event without passwords in URLs, secret URL parameters, header values and values of secret keys."""
    return {key: _masked(key, value) for key, value in event.items()}


def _masked(key: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        whole = key.casefold() == "headers"
        return {name: MASK if whole else _masked(str(name), inner) for name, inner in value.items()}
    if is_secret_name(key):
        return MASK
    if isinstance(value, list | tuple | set | frozenset):
        return [_masked(key, one) for one in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return mask_text(str(value))


def render_line(_: WrappedLogger, __: str, event: EventDict) -> str:
    """Return an event as one line: its time if it has one, level, event, then its values by key.

    A traceback follows on lines of its own. Values with spaces, quotes or control characters are written as JSON
    strings, so that nothing a site sends us can begin a line of its own.
    """
    rest = dict(event)
    time, level = rest.pop("timestamp", None), rest.pop("level", "-")
    message, trace = rest.pop("event", ""), rest.pop("exception", None)
    words = [
        *([str(time)] if time else []),
        f"{level:<7}",
        _one_line(str(message)),
        *(f"{key}={_written(rest[key])}" for key in rest),
    ]
    line = " ".join(words)
    return f"{line}\n{_indented(str(trace))}" if trace else line


def render_json(_: WrappedLogger, __: str, event: EventDict) -> str:
    """Return an event as one line of JSON: time, level and event first, then its values; a traceback is one of them."""
    first = {key: event[key] for key in ("timestamp", "level", "event") if key in event}
    return _quoted(first | dict(event))


def is_journal(stream: TextIO, named: str | None) -> bool:
    """Return whether `stream` leads to the journal that `named` (JOURNAL_STREAM) tells by device and inode.

    The journal notes when a line came; see systemd.exec(5). A stream that was led elsewhere since is another one.
    """
    try:
        state = os.fstat(stream.fileno())
    except (OSError, ValueError):
        return False
    return named == f"{state.st_dev}:{state.st_ino}"


def _written(value: Any) -> str:
    match value:
        case None:
            return "-"
        case bool():
            return str(value).lower()
        case list() | dict():
            text = json.dumps(value, ensure_ascii=False, default=str)
        case _:
            text = str(value)
    return text if _PLAIN.fullmatch(text) else _quoted(text)


def _quoted(value: Any) -> str:
    return re.sub(r"[\x7f-\x9f\u2028\u2029]", _escaped, json.dumps(value, ensure_ascii=False, default=str))


def _one_line(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", _escaped, text)


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def _indented(trace: str) -> str:
    return "\n".join(f"    {_one_line(line)}" for line in trace.splitlines())
