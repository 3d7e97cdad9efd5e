"""Score noticing and repairing on pairs of real pages: python benchmarks/bench_heal.py [REDESIGNS_DIR] [--list].

The folder holds, for each pair, an older and a later page of one address with the truth of both, and its own scorer; it
is no part of this project. Without one, this says so and ends well. Beside what feedbuilder reads are printed: the
selectors that were learnt on the older page, unchanged; and the best list that detection finds on the later one.
"""
# ruff: noqa: INP001, T201 - a script, not a package; it prints a table

from __future__ import annotations

import argparse
import importlib.util
import json
import statistics
import sys
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from redesigns import Redesign, evolutions_of, gone_pages, redesigns_of

from feedbuilder.detect import detect
from feedbuilder.extract import extract, settings_mark
from feedbuilder.heal import KnownList, KnownStory
from feedbuilder.model import ExtractError, Item, KnownNames, ListMemory, ListProfile, Page, Selectors, Source
from feedbuilder.newsroom.demo_clock import DEMO_START
from feedbuilder.newsroom.site import Newsroom
from feedbuilder.parse.decode import decode
from feedbuilder.parse.identity import canonical_url
from feedbuilder.parse.page_says import page_says
from feedbuilder.pipeline.local_reader import LocalReader
from feedbuilder.pipeline.second_look import Listed, SecondLook, look_again, needs_second_look, read_list

_SHARED = Path(__file__).resolve().parents[2] / "shared"
_DEMO = Path(__file__).resolve().parents[1] / "config" / "feedbuilder.toml"
_GOOD = 0.95
_NOW = datetime.now(UTC)


@dataclass(frozen=True)
class Learnt:
    """What was learnt of a page, and remembered."""

    source: Source
    known: KnownList
    memory: ListMemory


@dataclass(frozen=True)
class Row:
    """What one later page gave."""

    name: str
    kind: str
    predicted: tuple[Item, ...]
    unchanged: tuple[Item, ...]
    anew: tuple[Item, ...]
    seen: SecondLook | None
    """None where the reading was as usual."""
    seconds: float

    @property
    def is_told(self) -> bool:
        """Whether a person hears of this reading."""
        return self.seen is not None and bool(self.seen.refused or self.seen.notes or self.seen.repair)


def learn(page: Page, wanted: Sequence[str] = ()) -> Learnt | None:
    """Return what `add` would learn of `page`: the first list, or the one with the `wanted` addresses; None without."""
    detection = detect(page)
    if not detection.candidates:
        return None
    best = (
        max(detection.candidates, key=lambda one: f1(one.items, wanted, set())) if wanted else detection.candidates[0]
    )
    source = Source(
        id="learnt",
        url=page.url,
        language=detection.language,
        timezone="UTC",
        selectors=best.selectors,
        **best.settings,
    )
    stories = (
        KnownStory(item.canonical, (item.title,) if item.title else (), item.published.at if item.published else None)
        for item in best.items
    )
    names = page_says(page, [item.title for item in best.items if item.title]).names
    memory = ListMemory(settings_mark(source), ListProfile.of(best.items), names=KnownNames(names, _NOW))
    return Learnt(source, KnownList(tuple(stories)), memory)


def read_later(learnt: Learnt, page: Page, name: str, kind: str, *, anew: bool) -> Row:
    """Return what comes of reading the later page by what was learnt, and of detection `anew` beside it."""
    reader, listed = LocalReader(), Listed(())
    try:
        listed = read_list(reader, page, learnt.source)
    except ExtractError as error:
        listed = Listed((), error)
    begin = time.process_time()
    seen = None
    if needs_second_look(listed, learnt.memory, learnt.source, len(learnt.known.matches(listed.items))):
        try:
            seen = look_again(page, learnt.source, listed, learnt.known, learnt.memory, reader, _NOW, learnt.source.url)
        except ExtractError as error:
            seen = SecondLook((), learnt.memory, refused=str(error))
    seconds = time.process_time() - begin
    predicted = listed.items if seen is None else () if seen.refused is not None else seen.items
    try:
        candidates = detect(page).candidates if anew else ()
    except ExtractError:
        candidates = ()
    return Row(name, kind, predicted, listed.items, candidates[0].items if candidates else (), seen, seconds)


def f1(items: Sequence[Item], truth: Sequence[str], neutral: set[str]) -> float:
    """Return the F1 of the addresses of `items`; 1 where nothing is to be found and nothing was."""
    found, wanted = {item.canonical for item in items} - (neutral - set(truth)), set(truth)
    if not found and not wanted:
        return 1.0
    return 2 * len(found & wanted) / (len(found) + len(wanted))


def real_rows(folder: Path, *, anew: bool) -> Iterator[tuple[Row, dict[str, Callable[[Sequence[Item]], float]]]]:
    """Yield what each real pair gave, and how its items are scored."""
    scorer = _module(folder / "score.py")
    for pair in json.loads((folder / "MANIFEST.json").read_text(encoding="utf-8")):
        place = folder / pair["slug"]
        old, new = (Page(pair["base_url"], (place / f"{age}.html").read_bytes(), _NOW) for age in ("old", "new"))
        truth = json.loads((place / "truth_new.json").read_text(encoding="utf-8"))
        also = (
            json.loads((place / "also_new.json").read_text(encoding="utf-8"))
            if (place / "also_new.json").exists()
            else []
        )

        def score(items: Sequence[Item], truth: Any = truth, also: Any = also) -> float:
            rows = [{"url": item.link, "title": item.title} for item in items]
            return float(scorer.score(rows, truth, also)["f1"])

        kind = f"real: {pair['kind']}" + (", made" if pair.get("list") == "constructed" else "")
        before = json.loads((place / "truth_old.json").read_text(encoding="utf-8"))
        # Who watches a list beside the main one chooses it among those that `add` offers.
        learnt = learn(old, [canonical_url(one["url"]) for one in before] if pair.get("list") == "secondary" else ())
        if learnt is None:
            yield Row(pair["slug"], kind, (), (), (), None, 0.0), {"score": score}
            continue
        yield read_later(learnt, new, pair["slug"], kind, anew=anew), {"score": score}


@dataclass(frozen=True)
class TruePage:
    """A page of which it is known what it lists."""

    name: str
    page: Page
    truth: frozenset[str]
    """The canonical addresses of its articles."""


def corpus_pages(folder: Path) -> Iterator[TruePage]:
    """Yield the real pages of the corpus."""
    for place in sorted(path.parent for path in folder.glob("*/truth.json")):
        truth = json.loads((place / "truth.json").read_text(encoding="utf-8"))
        page = Page(truth["base_url"], (place / "page.html").read_bytes(), _NOW)
        yield TruePage(place.name, page, frozenset(_canonicals(truth)))


def newsroom_pages(*, redesigned: bool = False) -> Iterator[TruePage]:
    """Yield the lists of the newsroom, whose true articles are those that the demonstration's selectors find."""
    newsroom = Newsroom(lambda: DEMO_START + timedelta(days=2))
    for written in tomllib.loads(_DEMO.read_text(encoding="utf-8"))["source"]:
        source = Source.model_validate({**written, "timezone": "UTC"})
        path = urlsplit(source.url).path
        if source.selectors.from_ is not None:
            continue  # a sitemap
        answer = newsroom.respond(path)
        page = Page(source.url, answer.body, _NOW, answer.headers["Content-Type"])
        truth = frozenset(item.canonical for item in extract(page, source))
        if redesigned:
            newsroom.fail[path] = "redesign"
            page = Page(source.url, newsroom.respond(path).body, _NOW, answer.headers["Content-Type"])
            teasers = source.model_copy(update={"selectors": Selectors(item=".c-teaser")})
            truth = frozenset(item.canonical for item in extract(page, teasers))
        yield TruePage(f"newsroom{path}", page, truth)


def made_rows(
    pages: Iterable[TruePage], wanted: str, *, anew: bool
) -> Iterator[tuple[Row, dict[str, Callable[[Sequence[Item]], float]]]]:
    """Yield what redesigns made by program gave, of every page on which detection finds what is true."""
    for one in pages:
        page, learnt = one.page, learn(one.page)
        if learnt is None:
            continue
        found = extract(page, learnt.source)
        addresses = [item.canonical for item in sorted(found, key=lambda item: item.position)]
        if f1(found, list(one.truth), set()) < _GOOD:
            continue
        makers = (redesigns_of, evolutions_of, gone_pages)
        for made in (each for maker in makers for each in maker(decode(page), page.url, addresses)):
            later = Page(page.url, made.body, _NOW, "text/html; charset=utf-8")

            def score(items: Sequence[Item], made: Redesign = made) -> float:
                return f1(items, made.truth, made.neutral)

            kind = made.kind if ": " in made.kind else f"redesign: {made.kind}"
            if wanted not in kind:
                continue
            yield read_later(learnt, later, one.name, kind, anew=anew), {"score": score}


def newsroom_rows(*, anew: bool) -> Iterator[tuple[Row, dict[str, Callable[[Sequence[Item]], float]]]]:
    """Yield what the newsroom's own redesign gave, of each of its lists."""
    for before, after in zip(newsroom_pages(), newsroom_pages(redesigned=True), strict=True):
        learnt = learn(before.page)
        if learnt is None:
            continue

        def score(items: Sequence[Item], truth: frozenset[str] = after.truth) -> float:
            return f1(items, list(truth), set())

        yield read_later(learnt, after.page, after.name, "redesign: newsroom's own", anew=anew), {"score": score}


def _canonicals(truth: Any) -> Iterator[str]:
    for item in truth["items"]:
        if item.get("on_page", True):
            yield canonical_url(item["url"])


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table per kind; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "redesigns", nargs="?", type=Path, default=_SHARED / "redesigns", help="the pairs of real pages"
    )
    parser.add_argument("--corpus", type=Path, default=_SHARED / "corpus", help="pages that are redesigned by program")
    parser.add_argument("--list", action="store_true", help="name each page that is not read rightly")
    parser.add_argument("--kind", default="", help="only kinds of made pages that hold this, such as gone; real: none")
    parser.add_argument("--quick", action="store_true", help="leave detection without memory out")
    given = parser.parse_args(arguments)
    rows: list[tuple[Row, Callable[[Sequence[Item]], float]]] = []
    if (given.redesigns / "score.py").is_file():
        rows += [(row, how["score"]) for row, how in real_rows(given.redesigns, anew=not given.quick)]
    else:
        print(f"No pairs of real pages at {given.redesigns}: name their folder, bench_heal.py REDESIGNS_DIR")
    pages = [*corpus_pages(given.corpus), *newsroom_pages()]
    rows += [(row, how["score"]) for row, how in made_rows(pages, given.kind, anew=not given.quick)]
    rows += [(row, how["score"]) for row, how in newsroom_rows(anew=not given.quick)]
    _print(rows, each=given.list)
    return 0


def _print(rows: Sequence[tuple[Row, Callable[[Sequence[Item]], float]]], *, each: bool) -> None:
    print(f"{'kind':35} {'n':>4} {'F1':>6} {'≥.95':>5} {'wrong':>5} {'repairs':>7} {'alarms':>6}   unchanged   anew")
    for kind in sorted({row.kind for row, _ in rows}):
        mine = [(row, score) for row, score in rows if row.kind == kind]
        scores = [score(row.predicted) for row, score in mine]
        wrong = sum(bool(row.predicted) and one < 0.5 for (row, _), one in zip(mine, scores, strict=True))
        repairs = sum(row.seen is not None and row.seen.repair is not None for row, _ in mine)
        alarms = sum(row.is_told for row, _ in mine)
        others = [statistics.mean(score(getattr(row, name)) for row, score in mine) for name in ("unchanged", "anew")]
        good = sum(one >= _GOOD for one in scores) / len(mine)
        print(
            f"{kind:35} {len(mine):4} {statistics.mean(scores):6.3f} {good:5.0%} "
            f"{wrong:5} {repairs:7} {alarms:6}   {others[0]:9.3f} {others[1]:6.3f}"
        )
        if each:
            for (row, _), one in zip(mine, scores, strict=True):
                if one < _GOOD or (row.is_told and "redesign" not in kind and "gone" not in kind):
                    seen = row.seen or SecondLook((), ListMemory())
                    print(
                        f"      {row.name:34} F1 {one:.2f} read {len(row.predicted)} unchanged {len(row.unchanged)} "
                        f"anew {len(row.anew)}{' REPAIRED' if seen.repair else ''} {' '.join(seen.memory.strange)}"
                    )
    times = [row.seconds for row, _ in rows if row.seen is not None]
    if times:
        slowest = max((row for row, _ in rows), key=lambda row: row.seconds)
        print(
            f"second looks: {len(times)}, {1000 * statistics.median(times):.0f} ms median, {max(times):.2f} s worst "
            f"({slowest.name}, {slowest.kind})"
        )


def _module(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("redesigns_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True  # the folder may be read-only
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    raise SystemExit(main())
