"""The table of commands, which stands for commands that are not loaded."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest
from typer.testing import CliRunner

import feedbuilder.cli
from feedbuilder.cli import app
from feedbuilder.cli.command_table import COMMANDS, loaded


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_says_of_a_command_what_the_command_says_of_itself(name: str) -> None:
    command = loaded(name)
    assert command.name == name
    assert inspect.cleandoc(command.help or "").partition("\n\n")[0] == COMMANDS[name]


def test_every_command_is_in_the_table() -> None:
    modules = Path(inspect.getfile(feedbuilder.cli)).parent.glob("*_command.py")
    assert {module.stem.removesuffix("_command") for module in modules} == COMMANDS.keys()


def test_a_mistyped_command_is_told_the_nearest() -> None:
    told = CliRunner().invoke(app, ["statsu"])
    assert told.exit_code == 2
    assert "Did you mean 'status'?" in told.output


@pytest.mark.parametrize("name", COMMANDS)
def test_help_shows_what_stands_in_brackets(name: str) -> None:
    said = " ".join(CliRunner(env={"COLUMNS": "1000"}).invoke(app, [name, "--help"]).output.split())
    told = [getattr(parameter, "help", None) or "" for parameter in loaded(name).params]
    assert all(" ".join(text.split()) in said for text in told)
