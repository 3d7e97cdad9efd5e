"""What the log writes, and what it never writes."""

from __future__ import annotations

import io
import json
import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import given, settings
from hypothesis import strategies as st

from feedbuilder import log, logger

LIBRARIES = ("apscheduler", "urllib3", "uvicorn", "uvicorn.access", "uvicorn.error")


def failing() -> None:
    raise ValueError("cannot reach https://a:hunter2@example.org/")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    levels = {name: logging.getLogger(name).level for name in LIBRARIES}
    yield
    structlog.reset_defaults()
    root.handlers = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


@pytest.fixture
def stream() -> io.StringIO:
    stream = io.StringIO()
    log.configure(verbose=False, quiet=False, stream=stream)
    return stream


def test_an_event_is_one_line_of_time_level_event_and_values(stream: io.StringIO) -> None:
    structlog.get_logger().info("source read", source="world", new=2, reason="two words", status=None, forced=True)
    line = stream.getvalue()
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z info    source read "
        r'source=world new=2 reason="two words" status=- forced=true\n',
        line,
    )


@pytest.mark.parametrize(
    ("verbose", "quiet", "heard"),
    [
        (False, False, ["info", "warning", "error"]),
        (True, False, ["debug", "info", "warning", "error"]),
        (False, True, ["warning", "error"]),
        (True, True, ["warning", "error"]),
    ],
)
def test_verbose_and_quiet_choose_the_level(verbose: bool, quiet: bool, heard: list[str]) -> None:
    stream = io.StringIO()
    log.configure(verbose=verbose, quiet=quiet, stream=stream)
    logger = structlog.get_logger()
    for level in ("debug", "info", "warning", "error"):
        getattr(logger, level)("something")
    assert [line.split()[1] for line in stream.getvalue().splitlines()] == heard


@pytest.mark.parametrize("name", sorted(set(LIBRARIES) - {"apscheduler"}))
def test_libraries_are_heard_from_warning_on_in_the_same_form(stream: io.StringIO, name: str) -> None:
    logging.getLogger(name).info("not this")
    logging.getLogger(name).warning("retry of %s", "https://user:hunter2@example.org/")
    assert re.fullmatch(r"\S+Z warning retry of https://\*\*\*@example\.org/\n", stream.getvalue())


def test_configuring_again_replaces_the_stream(stream: io.StringIO) -> None:
    other = io.StringIO()
    log.configure(verbose=False, quiet=False, stream=other)
    structlog.get_logger().warning("ours")
    logging.getLogger("urllib3").warning("theirs")
    assert not stream.getvalue()
    assert len(other.getvalue().splitlines()) == 2


@pytest.mark.parametrize(
    "values",
    [
        {"url": "https://reader:hunter2@example.org/news"},
        {"url": "https://reader:p@hunter2@example.org/news"},
        {"error": "no answer from http://hunter2@example.org:80/"},
        {"url": "https://example.org/?page=2&api_key=hunter2&x=1"},
        *({"url": f"https://example.org/?page=2&{name}=hunter2"} for name in ("key", "k", "sig", "pwd", "pass", "sid")),
        {"headers": {"X-Anything": "hunter2"}},
        {"authorization": "Bearer hunter2"},
        {"request": {"Cookie": "hunter2", "url": "https://a:hunter2@example.org"}},
        {"urls": ["https://a:hunter2@example.org"]},
        {"error": ValueError("Authorization: Bearer hunter2")},
    ],
)
def test_secrets_are_masked_wherever_they_stand(stream: io.StringIO, values: dict[str, object]) -> None:
    structlog.get_logger().info("event", **values)
    assert "hunter2" not in stream.getvalue()
    assert "***" in stream.getvalue()


def test_what_only_resembles_a_secret_is_kept(stream: io.StringIO) -> None:
    structlog.get_logger().info("event", url="https://example.org/@handle?page=2&author=me", author="Ann Key")
    assert 'url="https://example.org/@handle?page=2&author=me" author="Ann Key"' in stream.getvalue()


def test_a_traceback_is_written_below_its_line_and_masked(stream: io.StringIO) -> None:
    try:
        failing()
    except ValueError:
        structlog.get_logger().exception("a bug")
    first, *rest = stream.getvalue().splitlines()
    assert first.endswith("error   a bug")
    assert rest[-1] == "    ValueError: cannot reach https://***@example.org/"


def test_tracebacks_of_libraries_are_masked_too(stream: io.StringIO) -> None:
    try:
        failing()
    except ValueError:
        logging.getLogger("apscheduler").exception("job failed")
    first, *rest = stream.getvalue().splitlines()
    assert first.endswith("error   job failed")
    assert rest[-1] == "    ValueError: cannot reach https://***@example.org/"


@pytest.mark.parametrize(("verbose", "heard"), [(False, ""), (True, "maximum number of running instances")])
def test_what_the_scheduler_says_of_itself_is_heard_by_those_who_want_to_know(verbose: bool, heard: str) -> None:
    stream = io.StringIO()
    log.configure(verbose=verbose, quiet=False, stream=stream)
    logging.getLogger("apscheduler.scheduler").warning("maximum number of running instances")
    assert heard in stream.getvalue()
    assert bool(stream.getvalue()) is verbose


def test_on_a_terminal_the_lines_have_colours_and_the_same_masks() -> None:
    stream = Terminal()
    log.configure(verbose=False, quiet=False, stream=stream)
    try:
        failing()
    except ValueError:
        structlog.get_logger().exception("event", url="https://a:hunter2@example.org/")
    assert "\x1b[" in stream.getvalue()
    assert "hunter2" not in stream.getvalue()
    assert "ValueError: cannot reach https://***@example.org/" in stream.getvalue()


def test_a_line_may_be_json_with_the_same_masks() -> None:
    stream = Terminal()
    log.configure(verbose=False, quiet=False, stream=stream, as_json=True)
    try:
        failing()
    except ValueError:
        structlog.get_logger().exception("a bug", url="https://a:hunter2@example.org/", found=3, key="\u2028")
    logging.getLogger("urllib3").warning("theirs: https://a:hunter2@example.org/")
    ours, theirs = (json.loads(line) for line in stream.getvalue().splitlines())
    assert list(ours)[:3] == ["timestamp", "level", "event"]
    assert (ours["level"], ours["event"], ours["found"]) == ("error", "a bug", 3)
    assert ours["exception"].endswith("ValueError: cannot reach https://***@example.org/")
    assert theirs["event"] == "theirs: https://***@example.org/"
    assert "hunter2" not in stream.getvalue()


def test_the_journal_is_known_by_its_device_and_inode_and_gets_no_times(tmp_path: Path) -> None:
    with (tmp_path / "journal").open("w+") as stream, (tmp_path / "other").open("w") as other:
        state = os.fstat(stream.fileno())
        name = f"{state.st_dev}:{state.st_ino}"
        assert log.is_journal(stream, name)
        assert not log.is_journal(other, name)
        assert not log.is_journal(stream, None)
        assert not log.is_journal(io.StringIO(), name)
        log.configure(verbose=False, quiet=False, stream=stream, timed=False)
        structlog.get_logger().info("source read", new=2)
        stream.seek(0)
        assert stream.read() == "info    source read new=2\n"


def test_without_colours_a_terminal_gets_none() -> None:
    stream = Terminal()
    log.configure(verbose=False, quiet=False, stream=stream, colours=False)
    structlog.get_logger().warning("event", new=2)
    assert "\x1b" not in stream.getvalue()


@given(st.text(), st.text())
@settings(max_examples=100)
def test_nothing_that_a_site_sends_begins_a_line_of_its_own(event: str, value: str) -> None:
    line = log.render_line(None, "info", {"event": event, "value": value, "values": [value]})
    assert len(line.splitlines()) == 1
    assert len(log.render_json(None, "info", {"event": event, "value": value, "values": [value]}).splitlines()) == 1


@pytest.fixture
def waiting(stream: io.StringIO) -> logger.LateLogger:
    """A logger that is set up, with `stream` again, when something is heard."""
    made = logger.LateLogger()
    made.wait(logging.WARNING, lambda: log.configure(verbose=False, quiet=True, stream=stream))
    structlog.configure(processors=[])  # not set up: what is said now fails
    return made


def test_what_nobody_hears_sets_no_log_up(waiting: logger.LateLogger, stream: io.StringIO) -> None:
    waiting.info("file written", path="news/rss.xml")
    waiting.debug("article read")
    assert structlog.get_config()["processors"] == []
    waiting.warning("article not read", article="https://paper.example/1")
    assert "article not read article=https://paper.example/1" in stream.getvalue()
    waiting.info("file written", path="news/rss.xml")
    assert stream.getvalue().count("\n") == 1


def test_a_bug_has_its_traceback_in_a_log_that_waited(waiting: logger.LateLogger, stream: io.StringIO) -> None:
    try:
        failing()
    except ValueError:
        waiting.exception("a bug")
    assert "in failing" in stream.getvalue()


def test_a_library_is_heard_by_a_log_that_waits(waiting: logger.LateLogger, stream: io.StringIO) -> None:
    logging.getLogger("urllib3").warning("connection pool is full")
    assert "connection pool is full" in stream.getvalue()
    waiting.error("source failed")
    assert "source failed" in stream.getvalue()
