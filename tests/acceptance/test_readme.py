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
from tests.acceptance.place import Place

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
FOR_EVER = {"run", "serve", "demo"}
"""Commands that go on until they are stopped, or have a test of their own."""


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


def commands(*, ending: bool = True) -> list[Example]:
    found = [one for one in examples() if one.words[0] == "feedbuilder"]
    return [one for one in found if (one.words[1] not in FOR_EVER) == ending]


def test_the_commands_of_the_readme_work_from_an_empty_folder(
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
        result = CliRunner().invoke(app, words)
        assert result.exit_code == 0, (example.line, result.output)
        for line in example.answer:
            assert line in result.output.splitlines(), example.line
        ran.append(words[0])
    assert {"add", "why", "detect", "preview", "check", "build"} <= set(ran)
    assert (folder / "output/world-news/atom.xml").exists()


def test_its_other_commands_are_there() -> None:
    for example in commands(ending=False):
        options = [word for word in example.words[2:] if word.startswith("-")]
        told = CliRunner().invoke(app, [example.words[1], "--help"])
        assert told.exit_code == 0
        assert all(option in told.output for option in options), example.line


def test_it_names_every_command() -> None:
    table = README.partition("## Commands")[2].partition("\n## ")[0]
    named = {name for row in re.findall(r"^\| (.+?) \|", table, re.MULTILINE) for name in re.findall(r"`(\w+)", row)}
    assert named == {one.name or one.callback.__name__ for one in app.registered_commands if one.callback}
