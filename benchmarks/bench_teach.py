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
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from bench_detect import NEARBY, row_of, scorer_of
from teach_breaks import Broken, broken_fields, broken_lists, without_names

from feedbuilder.detect import Candidate, detect
from feedbuilder.model import ExtractError, Item, Page
from feedbuilder.teach import TaughtPage, Unteachable, learn_field, learn_list
from feedbuilder.teach.taught_page import number_in

_NOW = datetime.now(UTC)
_GOOD = 0.95
_EXAMPLES = 5
_MUCH = 0.5
"""Of a list that somebody corrects rather than chooses another one: the share that is right, and that is there."""


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


@dataclass(frozen=True)
class Sheet:
    """A page of the corpus and what is true of it."""

    name: str
    page: Page
    truth: Any


def sheets(corpus: Path, redesigns: Path) -> Iterator[Sheet]:
    """Yield the pages of the corpus, and the later one of each pair of real redesigns."""
    for path in sorted(corpus.glob("*/truth.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        yield Sheet(path.parent.name, Page(truth["base_url"], (path.parent / "page.html").read_bytes(), _NOW), truth)
    manifest = redesigns / "MANIFEST.json"
    for pair in json.loads(manifest.read_text(encoding="utf-8")) if manifest.exists() else ():
        place = redesigns / pair["slug"]
        if not (place / "truth_new.json").exists():
            continue
        also = place / "also_new.json"
        truth = {
            "slug": pair["slug"],
            "kind": pair["kind"],
            "base_url": pair["base_url"],
            "items": json.loads((place / "truth_new.json").read_text(encoding="utf-8")),
            "also_articles": json.loads(also.read_text(encoding="utf-8")) if also.exists() else [],
        }
        yield Sheet(pair["slug"], Page(pair["base_url"], (place / "new.html").read_bytes(), _NOW), truth)


def trials(sheet: Sheet, scorer: Any) -> Iterator[Trial]:
    """Yield what comes of each mistake that can be made on one page, as it is and without any names in it."""
    for prefix, page in (("", sheet.page), ("no names: ", without_names(sheet.page))):
        try:
            candidates = detect(page).candidates
        except ExtractError:
            continue
        if not candidates:
            continue
        if not prefix:
            yield from _from_another(sheet, candidates[1:4], scorer)
        best = candidates[0]
        if _f1(sheet, best.items, scorer) < _GOOD or best.selectors.place:
            continue
        where = TaughtPage.of(page)
        for broken in (*broken_fields(where, best, sheet.truth, scorer), *broken_lists(page, best)):
            yield _tried(sheet.name, replace(broken, kind=prefix + broken.kind), len(sheet.page.body))


def _f1(sheet: Sheet, items: Sequence[Item], scorer: Any) -> float:
    return float(scorer.score_page(sheet.truth, [row_of(item) for item in items])["f1"])


def _from_another(sheet: Sheet, others: Sequence[Candidate], scorer: Any) -> Iterator[Trial]:
    """Yield what comes of up to five examples, where somebody begins with another list of the page than the right one.

    Only lists that hold some of the right articles, and are not the whole.
    """
    true = {scorer.norm(one["url"]): one for one in sheet.truth["items"]}
    also = {scorer.norm(one) for one in sheet.truth["also_articles"]} - set(true)
    for candidate in others:
        score = scorer.score_page(sheet.truth, [row_of(item) for item in candidate.items])
        if candidate.selectors.place or score["f1"] >= _GOOD or min(score["p"], score["r"]) < _MUCH:
            continue
        page = TaughtPage.of(sheet.page)
        selectors, seconds, note = candidate.selectors, [], ""
        wanted: set[int] = set()
        unwanted: set[int] = set()
        told = False
        while len(wanted) + len(unwanted) < _EXAMPLES:
            got = {scorer.norm(item.link): place for place, item in enumerate(page.items(selectors))}
            missing = [number for number in (_number(page, scorer, key) for key in true if key not in got) if number]
            wrong = [
                page.numbers_of_cards(selectors)[place][0] for key, place in got.items() if key not in {*true, *also}
            ]
            if not missing and not wrong:
                break
            (wanted if missing else unwanted).add((missing or wrong)[0])
            start = time.process_time()
            outcome = learn_list(page, selectors, wanted, unwanted)
            seconds.append(time.process_time() - start)
            if isinstance(outcome, Unteachable):
                told, note = True, outcome.reason
                break
            note = f"{outcome.changes} {outcome.doubts}"
            selectors = outcome.selectors
        right = _f1(sheet, page.items(selectors), scorer) >= _GOOD
        shown = len(wanted) + len(unwanted)
        size = len(sheet.page.body)
        yield Trial(
            sheet.name,
            "list: another one, <= 5 examples",
            right,
            told,
            max(seconds, default=0.0),
            size,
            f"{shown}: {note}",
        )


def _number(page: TaughtPage, scorer: Any, key: str) -> int | None:
    """Return the longest link to an article, None where the page has none that is seen."""
    links = [one.element for one in page.outline.anchors if scorer.norm(one.url) == key and one.element.text]
    longest = max(links, key=lambda one: len(one.text), default=None)
    return number_in(longest) if longest is not None else None


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
    parser.add_argument("--redesigns", type=Path, default=NEARBY.parent / "redesigns", help="pairs of real pages")
    parser.add_argument("--only", nargs="+", default=(), metavar="SLUG", help="only these pages")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth page")
    parser.add_argument("--list", action="store_true", help="name each example that was not learnt")
    given = parser.parse_args(arguments)
    if not (given.corpus / "score.py").is_file():
        print(f"No corpus at {given.corpus}: nothing to score. Name its folder: bench_teach.py CORPUS_DIR")
        return 0
    scorer = scorer_of(given.corpus / "score.py")
    chosen = (one for one in sheets(given.corpus, given.redesigns) if not given.only or one.name in given.only)
    rows = [row for sheet in islice(chosen, 0, None, given.every) for row in trials(sheet, scorer)]
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
