"""`python -m feedbuilder`, and the console script of the same name.

Owns the first second, in which the program is loaded; knows no command.
"""

from __future__ import annotations

import os
import signal
from types import FrameType

__all__ = ["main"]

_STOPPED = 130
"""What shells expect of a program that Ctrl-C ended."""


def main() -> None:
    """Run the command line and exit with its code. Ctrl-C while it is loaded ends the process at once, quietly."""
    # Not an exception: one that is raised within an import may be swallowed there, or told as another one.
    replaces = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # not under nohup, where it is ignored
    if replaces:
        signal.signal(signal.SIGINT, _end)
    from feedbuilder.cli import main as run  # noqa: PLC0415 - takes a second, in which people press Ctrl-C

    if replaces:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    run()


def _end(_number: int, _frame: FrameType | None) -> None:
    os._exit(_STOPPED)


if __name__ == "__main__":
    main()
