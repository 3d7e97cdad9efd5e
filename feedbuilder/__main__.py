"""`python -m feedbuilder`, and the console script of the same name.

Owns the first moment, in which the command line is loaded; knows no command.
"""

from __future__ import annotations

from feedbuilder.loading import loading

__all__ = ["main"]


def main() -> None:
    """Run the command line and exit with its code. Ctrl-C while it is loaded ends the process at once, quietly."""
    with loading():
        from feedbuilder.cli import main as run  # noqa: PLC0415 - under the protection of `loading`

    run()


if __name__ == "__main__":
    main()
