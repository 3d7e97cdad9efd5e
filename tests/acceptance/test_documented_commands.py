"""The documents' commands, page by page and in their order: those that need this machine alone are carried out."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from feedbuilder.cli import app
from feedbuilder.cli.command_table import COMMANDS, loaded
from feedbuilder.config import load
from tests.acceptance.documented import PAGES, ROOT, blocks, commands, examples, named
from tests.acceptance.place import Place

DOCS = ROOT / "docs"
WITH_COMMANDS = [page for page in PAGES if any(one.words[0] == "feedbuilder" for one in examples(page))]
pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


@pytest.mark.usefixtures("stopped_at_once")
@pytest.mark.parametrize("page", WITH_COMMANDS, ids=lambda page: page.name)
def test_the_commands_of_a_page_work_in_their_order(
    page: Path, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    monkeypatch.chdir(folder)
    shown = place.newsroom.respond("/tags/world-news", {"Host": "news.example"}).body
    if page.name == "anywhere.md":  # which begins where the first feed is there
        words = commands(DOCS / "start.md")[0].words[1:]
        CliRunner().invoke(app, [word.replace("http://127.0.0.1:8765", place.url) for word in words])
    for example in commands(page):
        (folder / "page.html").write_bytes(shown)
        words = [word.replace("http://127.0.0.1:8765", place.url) for word in example.words[1:]]
        if words[0] == "serve":
            words += ["--port", "0"]  # the usual one may be taken here
        result = CliRunner().invoke(app, words)
        assert result.exit_code == 0, (example.line, result.output)
        for line in example.answer:
            assert line in result.output.splitlines(), example.line


def test_the_pages_show_what_matters() -> None:
    ran = {one.words[1] for page in WITH_COMMANDS for one in commands(page)}
    assert {"add", "why", "run", "serve", "detect", "preview", "check", "build", "init", "backup"} <= ran


@pages
def test_every_piece_of_configuration_is_right(page: Path, tmp_path: Path) -> None:
    if page.name == "configuration.md":
        pytest.skip("it is made of parts, which tests/config holds against the models")
    for number, block in enumerate(blocks(page, "toml")):
        file = tmp_path / f"{number}.toml"
        file.write_text(block.replace('output = "/srv', f'output = "{tmp_path}'), "utf-8")
        variables = dict.fromkeys(re.findall(r"\$\{(\w+)\}", block), "a-value-of-some-length")
        (tmp_path / "authority.pem").touch()
        load(file, os.environ | variables)


@pages
def test_what_is_named_in_passing_is_there(page: Path) -> None:
    for words in named(page):
        if words[0].startswith("-"):
            continue
        assert words[0] in COMMANDS, words
        known = {option for one in loaded(words[0]).params for option in (*one.opts, *one.secondary_opts)}
        assert {word for word in words[1:] if word.startswith("-")} <= known | {"-h", "--help"}, words


def test_make_knows_the_targets_that_the_documents_name() -> None:
    text = "".join(page.read_text("utf-8") for page in (*PAGES, ROOT / "CONTRIBUTING.md"))
    targets = set(re.findall(r"(?:^\$ |`)make ([\w-]+)", text, re.MULTILINE))
    known = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert {"demo", "test", "docs"} <= targets <= known


def test_it_is_shorter_than_a_person_reads() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) < 120
