"""The commands as documents: made from the help, whole, and such that `man` shows them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from feedbuilder.cli.command_table import COMMANDS, loaded
from feedbuilder.cli.commands_document import manual, markdown

DOCS = Path(__file__).parents[2] / "docs"


def test_the_documents_say_what_the_commands_say() -> None:
    written = (DOCS / "commands.md").read_text("utf-8")
    assert written == markdown(), "run: python -m feedbuilder.cli > docs/commands.md"
    page = (DOCS / "man" / "feedbuilder.1").read_text("utf-8")
    assert page == manual(), "run: python -m feedbuilder.cli man > docs/man/feedbuilder.1"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_stands_under_it(name: str) -> None:
    section = re.split(r"^## ", markdown(), flags=re.MULTILINE)[[*COMMANDS].index(name) + 1]
    assert section.startswith(f"{name}\n")
    roff = re.split(r"^\.SS ", manual(), flags=re.MULTILINE)[[*COMMANDS].index(name) + 1].replace("\\-", "-")
    shared = {"--config", "--verbose", "--quiet", "-c", "-v", "-q"}
    for parameter in loaded(name).params:
        for option in {*parameter.opts, *parameter.secondary_opts} - shared:
            if option.startswith("-"):
                assert f"`{option}" in section
                assert option in roff


@pytest.mark.skipif(not shutil.which("mandoc"), reason="mandoc is not installed")
def test_man_can_show_it(tmp_path: Path) -> None:
    page = tmp_path / "feedbuilder.1"

    def complaints() -> str:
        return subprocess.run(
            ["mandoc", "-T", "lint", "-W", "warning", str(page)], capture_output=True, text=True, check=False
        ).stdout

    page.write_text(manual(), "utf-8")
    found = [line for line in complaints().splitlines() if "missing date" not in line]
    assert not found
    page.write_text(manual() + ".XX\n.TP\n", "utf-8")
    assert "XX" in complaints()
