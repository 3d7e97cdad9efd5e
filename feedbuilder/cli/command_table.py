"""Which commands there are, and loading the one that is called.

Owns the table that `--help` prints. The command NAME is what `@command` made of a function of the module NAME_command;
a module is loaded when its command is called, so that each call pays for its own imports only.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from keyword import iskeyword
from typing import Any

from typer.core import TyperCommand, TyperGroup

from feedbuilder.loading import loading

COMMANDS: Mapping[str, str] = {
    "build": "Read the sources once, whether they are due or not, and write the feeds.",
    "run": "Keep the feeds fresh until stopped (Ctrl-C or SIGTERM).",
    "worker": "Read and publish what `run` schedules, beside others on this machine or elsewhere, until stopped.",
    "serve": "Serve the output folder on this machine, for a look or for a reader on the same network.",
    "studio": "Make, correct and keep feeds in the browser, on this machine.",
    "preview": "Show what would be published of a source, newest first. Changes nothing.",
    "status": "Show how each source and feed is doing. Exit code 1 if the last reading of some source failed.",
    "healthcheck": "Say in one line whether sources are read, for containers and monitors. Exit code 1 if too few are.",
    "items": "Show what is remembered, newest first.",
    "init": "Write a commented starting configuration into a folder.",
    "check": "Check the configuration. Needs no network, unless --online.",
    "schema": "Print the JSON Schema of the configuration, for completion in editors.",
    "remove": (
        "Take a source out of the configuration. What was published of it stays; `prune` removes feeds that are gone."
    ),
    "prune": "Remove the files of feeds that are in the configuration no longer, and forget what is too old to keep.",
    "backup": "Write configuration and store into one file, also while `run` works.",
    "restore": "Put an installation back from a backup, here or on another machine. Overwrites nothing unless told to.",
    "store": "Copy all that is remembered into a PostgreSQL database or an SQLite file. The store stays as it is.",
    "detect": "Find the list of articles on a page, without selectors. Changes nothing.",
    "why": (
        "Say which rules chose the list that a source reads, and what was learnt about the addresses of its articles."
    ),
    "diagnose": (
        "Show side by side what each selector of a source found before and finds now, and what to do. Changes nothing."
    ),
    "heal": (
        "Show by which selectors lists were found again after their pages had changed, beside the configured ones."
    ),
    "teach": (
        "Learn a source's selectors again from examples: what is its title, which article is missing, which is none."
    ),
    "add": "Find the articles of a page, write it into the configuration, and build its feed.",
    "import": (
        "Take over sources of html2rss, RSS-Bridge, FreshRSS, OPML and others: what is kept, changed and lost is told."
    ),
    "export": (
        "Write the feeds for readers, or the sources for another tool; what that cannot say is told part by part."
    ),
    "article": "Show what is read from an article's own page, and where each part came from. Changes nothing.",
    "demo": "Build feeds from a sample newsroom on this machine: nothing else is asked for, nobody else is asked.",
}
"""Each command with what it does, in the order in which `--help` shows them: the first paragraph of its docstring."""


class CommandTable(TyperGroup):
    """The commands of the table, none of them loaded."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = {name: TyperCommand(name, help=sentence) for name, sentence in COMMANDS.items()}

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that `args` begin with, loaded, between its name and the rest of them."""
        name, known, rest = super().resolve_command(ctx, args)
        return name, known and loaded(str(known.name)), rest


def loaded(name: str) -> TyperCommand:
    """Return the command `name` of the table as it can be called."""
    module = f"feedbuilder.cli.{name}_command"
    if module not in sys.modules:
        with loading():
            import_module(module)
    command = getattr(sys.modules[module], f"{name}_" if iskeyword(name) else name)
    assert isinstance(command, TyperCommand)
    return command
