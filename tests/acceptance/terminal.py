"""A terminal without a person: what a command writes on it, and what stands there in the end."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

_PIECE = re.compile(r"\x1b\[([?\d;]*)([A-Za-z])|\x1b.|[\r\n\b]|[^\x1b\r\n\b]+", re.DOTALL)
_LONGEST = 300.0
"""Seconds until a command that does not end is ended, on a machine that is busy with everything else."""


class Session:
    """A command on a terminal of its own."""

    def __init__(self, *words: str, folder: Path, columns: int) -> None:
        self.columns = columns
        self.written = ""
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        environment = {
            key: value for key, value in os.environ.items() if not key.startswith(("FEEDBUILDER", "NO_COLOR"))
        }
        environment |= {"TERM": "xterm-256color", "COLUMNS": str(columns), "LINES": "40"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "feedbuilder", *words],
            cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def read_until(self, wanted: str | None = None) -> str:
        """Read until `wanted` was written, or to the end for None; return all that was written."""
        until = time.monotonic() + _LONGEST
        while wanted is None or wanted not in self.written:
            assert time.monotonic() < until, self.written
            if not select.select([self._ours], [], [], 1.0)[0]:
                continue
            try:
                content = os.read(self._ours, 65_536)
            except OSError:  # Linux says so of a terminal that nobody has open any more
                content = b""
            if not content:
                assert wanted is None, self.written
                break
            self.written += self._decoder.decode(content)
        return self.written

    def press_control_c(self) -> None:
        """Send what the key sends."""
        os.killpg(self.process.pid, 2)

    def end(self) -> int:
        """Read to the end and return the exit code."""
        self.read_until()
        os.close(self._ours)
        return self.process.wait(_LONGEST)

    def screen(self) -> list[str]:
        """Return the lines as they stand there at last."""
        return screen(self.written, self.columns)


def screen(written: str, columns: int) -> list[str]:
    """Return the lines that a terminal of so many columns shows of `written`, were it high enough."""
    lines, row, column = [""], 0, 0

    def put(text: str) -> None:
        nonlocal row, column
        for sign in text:
            if column == columns:
                row, column = row + 1, 0
            while len(lines) <= row:
                lines.append("")
            line = lines[row].ljust(column)
            lines[row] = line[:column] + sign + line[column + 1 :]
            column += 1

    for found in _PIECE.finditer(written):
        piece, order = found[0], found[2]
        number = int(found[1]) if (found[1] or "").isdigit() else 1
        if piece == "\r":
            column = 0
        elif piece == "\n":
            row += 1
            while len(lines) <= row:
                lines.append("")
        elif order == "A":
            row = max(row - number, 0)
        elif order == "K":
            lines[row] = "" if found[1] == "2" else lines[row][:column]
        elif not piece.startswith("\x1b") and piece != "\b":
            put(piece)
    return [line.rstrip() for line in lines]
