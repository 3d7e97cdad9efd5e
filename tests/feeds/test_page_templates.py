"""Templates are compiled once and kept beside Python's modules; what is kept never outlives the text it is of."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from feedbuilder.feeds.page_templates import CompiledTemplates


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a template; what is compiled of it is kept there, whatever the tests were told."""
    monkeypatch.setattr(sys, "pycache_prefix", None)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "page.html").write_text("Hello {{ name }}", "utf-8")
    return tmp_path


def said(folder: Path) -> str:
    """Return what the template says in a process that has not seen it."""
    environment = Environment(loader=FileSystemLoader(folder), autoescape=True, bytecode_cache=CompiledTemplates())
    return environment.get_template("page.html").render(name="you")


def kept(folder: Path) -> list[Path]:
    return list((folder / "__pycache__").iterdir())


def test_a_template_is_compiled_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(folder) == "Hello you"
    assert [one.name for one in kept(folder)] == [f"page.html.{sys.implementation.cache_tag}.pyc"]
    monkeypatch.setattr(Environment, "compile", lambda *_: pytest.fail("compiled again"))
    assert said(folder) == "Hello you"


def test_another_text_is_compiled_anew(folder: Path) -> None:
    said(folder)
    (folder / "page.html").write_text("Goodbye {{ name }}", "utf-8")
    assert said(folder) == "Goodbye you"


@pytest.mark.parametrize("length", [0, 10, 64, 80, 200])
def test_what_was_cut_off_is_compiled_anew(folder: Path, length: int) -> None:
    said(folder)
    (file,) = kept(folder)
    file.write_bytes(file.read_bytes()[:length])
    assert said(folder) == "Hello you"
    assert len(file.read_bytes()) > length


def test_another_version_of_jinja_compiles_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said(folder)
    (file,) = kept(folder)
    before = file.read_bytes()
    monkeypatch.setattr("feedbuilder.feeds.page_templates.installed", lambda _: "9.9")
    assert said(folder) == "Hello you"
    assert file.read_bytes() != before


def test_nothing_is_kept_where_python_keeps_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert said(folder) == "Hello you"
    (folder / "__pycache__").write_text("a file is in the way", "utf-8")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    assert said(folder) == "Hello you"
