"""What makes validators and remembered cards void: other settings, another program that reads pages."""

from __future__ import annotations

import compileall
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import feedbuilder
from feedbuilder.extract import fingerprint
from feedbuilder.extract.source_fingerprint import reading_version
from feedbuilder.model import Source

LIBRARIES = {"dateparser": "1.2.0", "lxml": "5.3.0"}


def test_the_fingerprint_changes_with_what_changes_the_items(source: Callable[..., Source]) -> None:
    plain = source()
    other = [
        source(summary="p"), source("p"), source(timezone="UTC"), source(language="de"), source(day_first=True),
        source(drop_parameters=["x"]), source(keep_fragment=True), source(url="https://example.org/x"),
        source(headers={"Accept-Language": "de"}), source(title={"select": "h2", "match": "x"}),
    ]  # fmt: skip
    marks = {fingerprint(one) for one in (plain, *other)}
    assert len(marks) == len(other) + 1


def test_the_fingerprint_does_not_change_with_the_rest(source: Callable[..., Source]) -> None:
    assert fingerprint(source()) == fingerprint(source(interval="2h", id="other"))


def test_a_source_that_is_made_where_another_was_in_memory_has_a_fingerprint_of_its_own(
    source: Callable[..., Source],
) -> None:
    assert len({fingerprint(source(summary=f".part-{number}")) for number in range(50)}) == 50
    kept = source()
    assert fingerprint(kept) == fingerprint(kept) == fingerprint(source())
    assert fingerprint(kept.model_copy(update={"language": "de"})) != fingerprint(kept)


def test_the_fingerprint_keeps_headers_secret(source: Callable[..., Source]) -> None:
    assert "hunter2" not in fingerprint(source(headers={"Cookie": "hunter2"}))


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Return a copy of the program that a test may change."""
    here = Path(feedbuilder.__file__).parent
    return shutil.copytree(here, tmp_path / "feedbuilder", ignore=shutil.ignore_patterns("__pycache__"))


@pytest.mark.parametrize(
    "module", ["parse/dates/__init__.py", "model/future_dates.py", "extract/fields.py", "parse/data/json_ld.py"]
)
def test_a_program_that_reads_otherwise_has_another_version(program: Path, module: str) -> None:
    known = reading_version(program, LIBRARIES)
    with (program / module).open("a", encoding="utf-8") as file:
        file.write("_LIMIT = 5\n")
    assert reading_version(program, LIBRARIES) != known


def test_a_module_more_or_a_module_renamed_is_another_version(program: Path) -> None:
    known = reading_version(program, LIBRARIES)
    (program / "parse/dates/new_calendar.py").write_text("", encoding="utf-8")
    more = reading_version(program, LIBRARIES)
    (program / "parse/dates/new_calendar.py").rename(program / "parse/dates/old_calendar.py")
    assert len({known, more, reading_version(program, LIBRARIES)}) == 3


def test_what_reads_no_page_does_not_count(program: Path) -> None:
    known = reading_version(program, LIBRARIES)
    (program / "cli/app.py").write_text("", encoding="utf-8")
    compileall.compile_dir(program, quiet=1)
    assert reading_version(program, LIBRARIES) == known


def test_another_version_of_a_library_that_reads_dates_counts(program: Path) -> None:
    assert reading_version(program, LIBRARIES) != reading_version(program, {**LIBRARIES, "dateparser": "1.3.0"})


def test_a_program_without_its_sources_has_a_version_of_its_compiled_modules(program: Path) -> None:
    compileall.compile_dir(program, quiet=1, legacy=True)
    for source in program.rglob("*.py"):
        source.unlink()
    known = reading_version(program, LIBRARIES)
    (program / "parse/dates/__init__.pyc").write_bytes(b"other code")
    assert reading_version(program, LIBRARIES) != known


def test_the_fingerprint_holds_the_version_of_the_program(
    source: Callable[..., Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    known = fingerprint(source())
    monkeypatch.setattr("feedbuilder.extract.source_fingerprint.own_version", lambda: "another")
    assert fingerprint(source()) != known
