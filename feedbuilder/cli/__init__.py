"""The command line: argv -> the object graph -> exit codes. A module per kind of command.

Exit codes: 0 all well; 1 some source failed (the others are published), or the output could not be written; 2 wrong
usage, configuration or store: nothing was touched.
"""

from feedbuilder.cli.app import app

# Imported for what they register on `app`, in the order in which `--help` shows them.
from feedbuilder.cli import (  # noqa: F401 isort:skip
    setup_commands,
    add_command,
    detect_commands,
    article_command,
    build_commands,
    show_commands,
    demo_command,
)

__all__ = ["app", "main"]


def main() -> None:
    """Run the command line and exit with its code."""
    app()
