"""The command line: argv -> the object graph -> exit codes. A module for each command, loaded when it is called.

Exit codes: 0 all well; 1 some source failed (the others are published), or the output could not be written; 2 wrong
usage, configuration or store: nothing was touched.
"""

from feedbuilder.cli.app import app

__all__ = ["app", "main"]


def main() -> None:
    """Run the command line and exit with its code."""
    app()
