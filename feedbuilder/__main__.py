"""`python -m feedbuilder`, and the console script of the same name.

Owns the first moment, in which the command line is loaded; knows no command.
"""

from __future__ import annotations

import gc
import os

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
    finally:
        gc.freeze()  # nothing that lives now is looked through once more before the process ends


if __name__ == "__main__":
    main()
