"""Which processes there are: those of a test carry a mark in their environment."""

from __future__ import annotations

from pathlib import Path

MARK = "FEEDBUILDER_TEST"
"""The variable that marks the processes of one test, and what they start."""


def is_there(pid: int) -> bool:
    """Return whether a process is alive; one that has ended and was not waited for is not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def marked(mark: str) -> list[int]:
    """Return the processes whose `MARK` is `mark`; none where the system does not tell."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        if is_there(int(entry.name)):
            try:
                if f"{MARK}={mark}\0".encode() in (entry / "environ").read_bytes():
                    found.append(int(entry.name))
            except OSError:
                continue
    return found
