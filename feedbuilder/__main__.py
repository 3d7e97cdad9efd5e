"""`python -m feedbuilder`, and the console script of the same name.

Owns the first moment, in which the command line is loaded, and the last, in which the process ends; knows no command.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
import threading

from feedbuilder.loading import loading

__all__ = ["main"]


def main() -> None:
    """Run the command line and exit with its code. Ctrl-C while it is loaded ends the process at once, quietly."""
    # No plugin of pydantic's is ours; looking for some would read what is written of every package that is installed.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    with loading():
        from feedbuilder.cli import main as run  # noqa: PLC0415 - under the protection of `loading`

    try:
        run()
    except SystemExit as ending:
        _leave(ending.code)
        raise
    finally:
        gc.freeze()  # nothing that lives now is looked through once more before the process ends


def _leave(code: object) -> None:
    """End the process with `code` as the interpreter would, but let the system take its memory in one piece.

    The interpreter takes it apart object by object. Returns where it has to do so: a thread is to be waited for,
    somebody watches the program until it ends, or what was printed cannot be written.
    """
    if _is_watched() or threading.active_count() > 1 or not isinstance(code, int | None):
        return
    atexit._run_exitfuncs()  # noqa: SLF001 - each once: after a return there are none left
    try:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    except (OSError, ValueError, AttributeError):  # nobody reads it any more, or there is none: the interpreter tells
        return
    os._exit(code or 0)


def _is_watched() -> bool:
    """Return whether a debugger, a profiler or a measurer of coverage is at work."""
    tools = getattr(sys, "monitoring", None)  # how they watch from Python 3.12 on; six may at a time
    return bool(sys.gettrace() or sys.getprofile() or (tools and any(map(tools.get_tool, range(6)))))


# The interpreter keeps the frames of functions in pieces of 16 KB, each given back as soon as its first frame is left:
# a loop that calls across an edge asks for memory at every turn, thousands of times while modules are loaded. A frame
# that would be large, of which nothing is touched, makes the first piece so large that all others find room behind it.
main.__code__ = main.__code__.replace(co_stacksize=2**15)

if __name__ == "__main__":
    main()
