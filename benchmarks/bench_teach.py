"""Score learning from examples on a corpus of real pages: python benchmarks/bench_teach.py [CORPUS_DIR] [--list].

The corpus holds a folder per page (page.html, truth.json); it is no part of this project. Without one, this says so and
ends well. A person is played: detection reads the page, one thing is made wrong, one example is shown of what is right,
and all cards must then be as they were. Titles and dates are clicked where the truth says what they are; other fields
where detection reads them. Times are processor time of one core, of learning alone.
"""
# ruff: noqa: INP001, T201 - a script, not a package; it prints a table

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench_detect import NEARBY, row_of, scorer_of
from teach_breaks import Broken, broken_fields, broken_lists

from feedbuilder.detect import detect
from feedbuilder.model import ExtractError, Page
from feedbuilder.teach import TaughtPage, Unteachable, learn_field, learn_list

_NOW = datetime.now(UTC)


@dataclass(frozen=True)
class Trial:
    """What came of one example."""

    page: str
    kind: str
    right: bool
    told: bool
    """Whether it was said that nothing could be learnt."""
    seconds: float
    size: int
    note: str


def trials(folder: Path, scorer: Any) -> Iterator[Trial]:
    """Yield what comes of each mistake that can be made on one page."""
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    page = Page(truth["base_url"], (folder / "page.html").read_bytes(), _NOW)
    try:
        candidates = detect(page).candidates
    except ExtractError:
        return
    if not candidates:
        return
    best = candidates[0]
    if scorer.score_page(truth, [row_of(item) for item in best.items])["f1"] < 0.95 or best.selectors.place:
        return
    where = TaughtPage.of(page)
    for broken in (*broken_fields(where, best, truth, scorer), *broken_lists(page, best)):
        yield _tried(folder.name, broken, len(page.body))


def _tried(name: str, broken: Broken, size: int) -> Trial:
    page = broken.page
    page.read(broken.selectors)  # it stands on the screen when somebody clicks
    _ = page.outline
    start = time.process_time()
    if broken.field:
        outcome = learn_field(page, broken.selectors, broken.field, broken.examples)
    else:
        outcome = learn_list(page, broken.selectors, broken.wanted, broken.unwanted)
    seconds = time.process_time() - start
    if isinstance(outcome, Unteachable):
        return Trial(name, broken.kind, False, True, seconds, size, outcome.reason)
    right = broken.is_right(page.items(page.source(outcome.selectors, outcome.settings)))
    note = f"{'; '.join(outcome.changes)} | {'; '.join(outcome.doubts)}"
    return Trial(name, broken.kind, right, False, seconds, size, note)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table per kind; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpus", nargs="?", type=Path, default=NEARBY, help="the folder that holds the corpus")
    parser.add_argument("--only", nargs="+", default=(), metavar="SLUG", help="only these pages")
    parser.add_argument("--list", action="store_true", help="name each example that was not learnt")
    given = parser.parse_args(arguments)
    if not (given.corpus / "score.py").is_file():
        print(f"No corpus at {given.corpus}: nothing to score. Name its folder: bench_teach.py CORPUS_DIR")
        return 0
    scorer = scorer_of(given.corpus / "score.py")
    folders = sorted(path.parent for path in given.corpus.glob("*/truth.json"))
    rows = [row for folder in folders if not given.only or folder.name in given.only for row in trials(folder, scorer)]
    _print(rows, each=given.list)
    return 0


def _print(rows: Sequence[Trial], *, each: bool) -> None:
    print(f"{'what was wrong':34} {'pages':>5} {'tried':>5} {'right':>6} {'told':>5} {'wrong':>5}  median   worst")
    for kind in dict.fromkeys(row.kind for row in rows):
        mine = [row for row in rows if row.kind == kind]
        wrong = [row for row in mine if not row.right and not row.told]
        pages, right = len({row.page for row in mine}), sum(row.right for row in mine) / len(mine)
        told = sum(row.told for row in mine)
        print(f"{kind:34} {pages:5} {len(mine):5} {right:6.1%} {told:5} {len(wrong):5} {_times(mine)}")
        for row in mine if each else ():
            if not row.right:
                print(f"      {row.page:28} {'TOLD ' if row.told else 'WRONG'} {row.note}")
    usual = [row for row in rows if row.size <= 250_000]
    print(f"all: {len(rows)} tried, {sum(row.right for row in rows) / max(len(rows), 1):.1%} right {_times(rows)}")
    print(f"pages up to 250 KB: {_times(usual)}")


def _times(rows: Sequence[Trial]) -> str:
    times = [row.seconds for row in rows] or [0.0]
    return f"{1000 * statistics.median(times):5.0f} ms {1000 * max(times):5.0f} ms"


if __name__ == "__main__":
    raise SystemExit(main())
