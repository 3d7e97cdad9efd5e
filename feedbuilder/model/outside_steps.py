"""Steps that leave this program: a command, or a function of an installed package. Off unless the operator says so.

The last resort where no other step will do. Owns what such a step is given, how long it may take, and how its failure
is told. Nothing is run before `admit` was called, which only who has read the operator's own configuration does:
selectors also come from forms and from files of others.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import entry_points
from threading import Event, Thread, Timer
from typing import TYPE_CHECKING, Any

from feedbuilder.model.errors import ExtractError

if TYPE_CHECKING:
    from feedbuilder.model.steps import Step

GROUP = "feedbuilder.steps"
"""Of entry points: functions that take a text and return one, several or None."""
DEADLINE = 10.0
"""Seconds that a command may take for one text."""
LONGEST_ANSWER = 100_000
"""Bytes that a command may say of one text."""
_CHUNK = 16_384
_TOLD = 200
_ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "SYSTEMROOT", "TMPDIR", "TEMP")
"""What a command sees of the environment: secrets stand in the rest of it."""

_admitted: set[str] = set()


def admit(*, commands: bool, plugins: bool) -> None:
    """Let this process run commands, functions of packages, or neither."""
    _admitted.clear()
    _admitted.update(name for name, is_on in (("command", commands), ("plugin", plugins)) if is_on)


def run_outside(step: Step, text: str) -> list[str]:
    """Return what a command, or a function, makes of `text`. Raises ExtractError, lasting, for whatever goes wrong."""
    if step.name not in _admitted:
        raise ExtractError(
            f"A {step.name} in steps is not run here: the operator's configuration has to allow it, "
            f"{step.name}s = true under [reading].",
            is_lasting=True,
        )
    return _by_command(step.command, text) if step.command else _by_plugin(step.plugin or "", text)


def _by_command(command: Sequence[str], text: str) -> list[str]:
    named = f'The command "{command[0]}" in steps'
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    try:
        process = subprocess.Popen(  # noqa: S603 - what the operator wrote and allowed; no shell, ever
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ExtractError(f"{named} cannot be run: {reason}.", is_lasting=True) from error
    said, complaint = _heard(process, text, named)
    if process.returncode != 0:
        words = " ".join(complaint.decode("utf-8", "replace").split())[:_TOLD]
        raise ExtractError(f"{named} ended with {process.returncode}: {words or 'it said nothing'}.", is_lasting=True)
    answer = said.decode("utf-8", "replace").strip()
    return [answer] if answer else []


def _heard(process: subprocess.Popen[bytes], text: str, named: str) -> tuple[bytes, bytes]:
    """Return what a command says of `text` and what it complains of; end one that takes too long or says too much."""
    assert process.stdin
    assert process.stdout
    assert process.stderr
    given, answers, complaints = process.stdin, process.stdout.fileno(), process.stderr.fileno()
    out, err, late = bytearray(), bytearray(), Event()

    def end_late() -> None:
        late.set()
        _end(process)

    def hand_over() -> None:
        with suppress(OSError), given:  # it may end without reading
            given.write(text.encode("utf-8", "replace"))

    def listen() -> None:
        while data := os.read(complaints, _CHUNK):  # all of it, or the command would wait
            err.extend(data[: _CHUNK - len(err)])

    timer = Timer(DEADLINE, end_late)
    beside = [Thread(target=work, daemon=True) for work in (hand_over, listen)]
    try:
        with process:
            timer.start()
            for thread in beside:
                thread.start()
            while len(out) <= LONGEST_ANSWER and (data := os.read(answers, _CHUNK)):
                out.extend(data)
            if len(out) > LONGEST_ANSWER:
                _end(process)
            for thread in beside:
                thread.join()
            process.wait()
    except BaseException:
        _end(process)
        raise
    finally:
        timer.cancel()
    if late.is_set():
        raise ExtractError(f"{named} took longer than {DEADLINE:.0f} seconds, and was ended.")
    if len(out) > LONGEST_ANSWER:
        raise ExtractError(f"{named} said more than {LONGEST_ANSWER:,} bytes, and was ended.", is_lasting=True)
    return bytes(out), bytes(err)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a command, and what it started."""
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _by_plugin(name: str, text: str) -> list[str]:
    try:
        made = _function(name)(text)
    except ExtractError:
        raise
    except Exception as error:
        raise ExtractError(f'The step "{name}" of a package failed: {error!r}'[: 4 * _TOLD], is_lasting=True) from error
    if made is None:
        return []
    texts = [made] if isinstance(made, str) else list(made)
    if not all(isinstance(one, str) for one in texts):
        raise ExtractError(f'The step "{name}" of a package gave something else than texts.', is_lasting=True)
    return texts


@lru_cache(maxsize=64)
def _function(name: str) -> Callable[[str], Any]:
    found = sorted(entry_points(group=GROUP), key=lambda one: one.name)
    for one in found:
        if one.name == name:
            loaded: Callable[[str], Any] = one.load()
            return loaded
    there = ", ".join(one.name for one in found) or "none"
    raise ExtractError(
        f'No installed package has a step "{name}" (entry point {GROUP}); there are: {there}.', is_lasting=True
    )
