"""The benchmark of article pages: its table over a collection, and its sentence where there is none."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

PROJECT = Path(__file__).resolve().parents[1]
SCORER = """
KEYS = ["title", "tags"]
def score_page(truth, answer):
    return {"title": answer.get("title") == truth["title"], "tags": float(answer.get("tags") == truth["tags"])}
"""


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_articles", PROJECT / "benchmarks" / "bench_articles.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_without_a_collection_it_says_so_and_ends_well(
    bench: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench.main([str(tmp_path)]) == 0
    assert "No article pages at" in capsys.readouterr().out


def test_it_prints_the_table_beside_trafilaturas_and_keeps_the_answers(
    bench: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "score.py").write_text(SCORER, "utf-8")
    for number in range(2):
        folder = tmp_path / f"page-{number}"
        folder.mkdir()
        truth = {"url": f"https://strait.example/{number}", "title": f"Bridge {number}", "tags": ["World"]}
        (folder / "truth.json").write_text(json.dumps(truth), "utf-8")
        html = f'<main><h1>Bridge {number}</h1><p>Text.</p><a href="/tags/w">#World</a></main>'
        (folder / "page.html").write_text(html, "utf-8")
    assert bench.main([str(tmp_path), "--part", "all", "--keep", str(tmp_path / "kept")]) == 0
    out = capsys.readouterr().out
    assert "all: 2 pages" in out
    assert "feedbuilder" in out
    assert "trafilatura" in out
    assert "100.0 (  2)" in out
    assert json.loads((tmp_path / "kept" / "page-0.json").read_text("utf-8"))["title"] == "Bridge 0"
