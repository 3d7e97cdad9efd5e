"""The command line: argv -> the object graph -> exit codes. A module for each command, loaded when it is called.

Exit codes: 0 all well; 1 some source failed (the others are published), or the output could not be written; 2 wrong
usage, configuration or store: nothing was touched.
"""

import sys
import threading
import traceback
from types import TracebackType

from feedbuilder.cli.app import app

__all__ = ["app", "main"]


def main() -> None:
    """Run the command line and exit with its code."""
    sys.excepthook = _told
    threading.excepthook = lambda failed: _told(failed.exc_type, failed.exc_value, failed.exc_traceback)
    app()


def _told(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    """Print the traceback of a bug of ours without secrets: what failed may have been an address."""
    from feedbuilder.masking import mask_text  # noqa: PLC0415 - only bugs need it

    sys.stderr.write(mask_text("".join(traceback.format_exception(kind, error, trace))))
