"""The README's commands, in its order: those that need nothing but this machine are run, from an empty folder."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from feedbuilder.cli import app
from feedbuilder.cli.command_table import COMMANDS
from tests.acceptance.place import Place

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


@dataclass(frozen=True)
class Example:
    """A command line of the README, and the lines that it shows as the answer."""

    line: str
    answer: tuple[str, ...]

    @property
    def words(self) -> list[str]:
        return shlex.split(self.line, comments=True)


def examples() -> Iterator[Example]:
    for block in re.findall(r"^```console\n(.*?)^```", README, re.DOTALL | re.MULTILINE):
        for part in re.split(r"^\$ ", block.replace("\\\n", ""), flags=re.MULTILINE)[1:]:
            line, *answer = part.splitlines()
            yield Example(line, tuple(one for one in answer if one != "…"))


def commands() -> list[Example]:
    return [one for one in examples() if one.words[0] == "feedbuilder"]


@pytest.mark.usefixtures("stopped_at_once")
def test_the_commands_of_the_readme_work_in_their_order_from_an_empty_folder(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    monkeypatch.chdir(folder)
    page = place.newsroom.respond("/tags/world-news", {"Host": "news.example"}).body
    ran = []
    for example in commands():
        (folder / "page.html").write_bytes(page)
        words = [word.replace("http://127.0.0.1:8765", place.url) for word in example.words[1:]]
        if words[0] == "serve":
            words += ["--port", "0"]  # the README's own may be taken here
        result = CliRunner().invoke(app, words)
        assert result.exit_code == 0, (example.line, result.output)
        for line in example.answer:
            assert line in result.output.splitlines(), example.line
        ran.append(words[0])
    assert {"add", "why", "run", "serve", "detect", "preview", "check", "build"} <= set(ran)
    assert (folder / "output/world-news/atom.xml").exists()


def test_make_knows_the_targets_that_the_documents_name() -> None:
    text = "".join((ROOT / name).read_text("utf-8") for name in ("README.md", "CONTRIBUTING.md"))
    named = set(re.findall(r"(?:^\$ |`)make ([\w-]+)", text, re.MULTILINE))
    assert (
        {"demo", "test"}
        <= named
        <= set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    )


def test_it_names_every_command() -> None:
    table = README.partition("## Commands")[2].partition("\n## ")[0]
    named = {name for row in re.findall(r"^\| (.+?) \|", table, re.MULTILINE) for name in re.findall(r"`(\w+)", row)}
    assert named == COMMANDS.keys()
