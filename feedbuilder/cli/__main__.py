"""`python -m feedbuilder.cli > docs/commands.md` writes the commands anew, with `man` docs/man/feedbuilder.1."""

import sys

from feedbuilder.cli.commands_document import manual, markdown

sys.stdout.write(manual() if sys.argv[1:] == ["man"] else markdown())
