"""Score detection on a corpus of real pages: python benchmarks/bench_detect.py [CORPUS_DIR] [--only SLUG ...].

The corpus holds a folder per page (page.html, truth.json) and its own scorer (score.py); it is no part of this project.
Without one, this says so and ends well. Times are processor time of one core, best of `--repeat` runs.
"""
# ruff: noqa: INP001, T201 - a script, not a package; it prints a table

from __future__ import annotations

import argparse
import importlib.util
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from feedbuilder.detect import Detection, detect
from feedbuilder.model import ExtractError, Item, Page

NEARBY = Path(__file__).resolve().parents[2] / "shared" / "corpus"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table per page and the totals; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpus", nargs="?", type=Path, default=NEARBY, help="the folder that holds the corpus")
    parser.add_argument("--only", nargs="+", default=(), metavar="SLUG", help="only these pages")
    parser.add_argument("--keep", type=Path, help="write the predictions into this folder, and keep them")
    parser.add_argument("--repeat", type=int, default=1, help="runs per page, of which the quickest counts")
    given = parser.parse_args(arguments)
    if not (given.corpus / "score.py").is_file():
        print(f"No corpus at {given.corpus}: nothing to score. Name its folder: bench_detect.py CORPUS_DIR")
        return 0
    scorer = scorer_of(given.corpus / "score.py")
    folders = sorted(path.parent for path in given.corpus.glob("*/truth.json"))
    folders = [folder for folder in folders if not given.only or folder.name in given.only]
    rows = []
    detect(Page("https://example.org/", b"<ul><li><a href=/a>Warm</a><li><a href=/b>up</a></ul>", datetime.now(UTC)))
    with tempfile.TemporaryDirectory() as scratch:
        output = given.keep or Path(scratch)
        output.mkdir(parents=True, exist_ok=True)
        for folder in folders:
            truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
            page = Page(truth["base_url"], (folder / "page.html").read_bytes(), datetime.now(UTC))
            found, seconds = _timed(page, given.repeat)
            predicted = [row_of(item) for item in (found.candidates[0].items if found.candidates else ())]
            text = json.dumps(predicted, ensure_ascii=False, indent=1)
            (output / f"{folder.name}.json").write_text(text, encoding="utf-8")
            rows.append((scorer.score_page(truth, predicted), seconds, found))
    _print(rows)
    return 0


def _timed(page: Page, repeat: int) -> tuple[Detection, float]:
    times = []
    for _ in range(repeat):
        start = time.process_time()
        try:
            found = detect(page, zone=ZoneInfo("UTC"))
        except ExtractError as error:
            found = Detection((), str(error))
        times.append(time.process_time() - start)
    return found, min(times)


def row_of(item: Item) -> dict[str, Any]:
    """Return `item` as scorers take it."""
    published = item.published.at.isoformat() if item.published else None
    return {"url": item.link, "title": item.title, "published": published, "summary": item.summary}


def scorer_of(path: Path) -> Any:
    """Return the scorer of a corpus, which stands in its own file."""
    spec = importlib.util.spec_from_file_location("corpus_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True  # the corpus may be read-only
    spec.loader.exec_module(module)
    return module


def _print(rows: list[tuple[dict[str, Any], float, Detection]]) -> None:
    print(f"{'page':26} {'n':>3} {'got':>3} {'hit':>3} {'bad':>3}    F1  titles  given  dates    ms  selectors")
    for score, seconds, found in sorted(rows, key=lambda row: (row[0]["f1"], row[0]["slug"])):
        titles, given = _part(score, "title_exact", "titles"), _part(score, "date_ok", "date_given")
        shown = _part(score, "date_ok_onpage", "dated_onpage")
        best = found.candidates[0].selectors.item if found.candidates else found.reason
        print(
            f"{score['slug']:26} {score['n']:3} {score['pred']:3} {score['hits']:3} {score['fp']:3} {score['f1']:.3f}"
            f"  {titles}  {given}  {shown} {1000 * seconds:5.0f}  {best}"
        )
    scores, times = [row[0] for row in rows], [row[1] for row in rows]

    def total(key: str) -> float:
        return sum(score[key] for score in scores)

    print(
        f"{len(rows)} pages: F1 {total('f1') / len(rows):.3f} (macro), {sum(s['f1'] == 0 for s in scores)} at 0, "
        f"{sum(s['f1'] >= 0.9 for s in scores)} at 0.9 or more; titles exact {_total(total, 'title_exact', 'titles')}; "
        f"dates right {_total(total, 'date_ok_onpage', 'dated_onpage')} of those shown, "
        f"{_total(total, 'date_ok', 'date_given')} of those given; "
        f"{1000 * statistics.median(times):.0f} ms median, {1000 * max(times):.0f} ms worst"
    )


def _part(score: dict[str, Any], count: str, whole: str) -> str:
    return f"{100 * score[count] / score[whole]:4.0f}%" if score[whole] else "    -"


def _total(total: Any, count: str, whole: str) -> str:
    return f"{100 * total(count) / total(whole):.1f} %" if total(whole) else "-"


if __name__ == "__main__":
    raise SystemExit(main())
