"""Score the reading of article pages beside trafilatura's own: python benchmarks/bench_articles.py [DIR] [--part N].

DIR holds a folder per page (page.html, truth.json) and its own scorer (score.py, MANIFEST.json); it is no part of this
project. Without one, this says so and ends well. Times are processor time of one core.
"""
# ruff: noqa: INP001, T201 - a script, not a package; it prints

from __future__ import annotations

import argparse
import importlib.util
import json
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from feedbuilder.article.read_article import read_article
from feedbuilder.content.clean_html import plain_text
from feedbuilder.model import ExtractError, Page, Source

NEARBY = Path(__file__).resolve().parents[2] / "shared" / "articles"
_SOURCE = Source.model_validate({"id": "bench", "url": "https://example.org/", "selectors": {"item": "a"}})
_PARTS = {"all": slice(None), "developed": slice(0, None, 2), "held-back": slice(1, None, 2)}
"""The rules were made on every other page, by the names of their folders. Of the rest only scores were looked at, but
more than once, and some rules were chosen by them (docs/design.md says which): new pages may be read a little worse."""

_TEXT_KEYS = ("text", "text first", "text foreign", "text twice")
_LONG_LINE, _SAME, _OWN = 20, 0.9, 0.7

Answer = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("pages", nargs="?", type=Path, default=NEARBY, help="the folder that holds the pages")
    parser.add_argument("--part", choices=_PARTS, help="only this part of the pages; without it, all and each part")
    parser.add_argument("--keep", type=Path, help="write the predictions into this folder, for the scorer itself")
    given = parser.parse_args(arguments)
    if not (given.pages / "score.py").is_file():
        print(f"No article pages at {given.pages}: nothing to score. Name their folder: bench_articles.py DIR")
        return 0
    scorer = _scorer(given.pages / "score.py")
    folders = sorted(path.parent for path in given.pages.glob("*/truth.json"))
    readers: dict[str, Callable[[Page], Answer]] = {"feedbuilder": ours}
    if importlib.util.find_spec("trafilatura"):
        readers["trafilatura"] = trafilaturas
    else:
        print("trafilatura is not installed: no texts are read, and there is nothing to compare with.")
    keep = {"feedbuilder": given.keep}
    scores = {
        name: [_scored(folder, reader, scorer, keep.get(name)) for folder in folders]
        for name, reader in readers.items()
    }
    for part in [given.part] if given.part else _PARTS:
        _print(part, {name: rows[_PARTS[part]] for name, rows in scores.items()}, (*scorer.KEYS, *_TEXT_KEYS))
    return 0


def ours(page: Page) -> Answer:
    """Return what feedbuilder reads on an article page."""
    try:
        article = read_article(page, _SOURCE)
    except ExtractError:
        return {}
    return {
        "title": article.title,
        "published": article.written(),
        "authors": list(article.authors),
        "image": article.image,
        "tags": list(article.tags),
        "body": article.body,
        "content_html": article.content_html,
    }


def trafilaturas(page: Page) -> Answer:
    """Return what trafilatura reads there."""
    import trafilatura  # noqa: PLC0415 - an extra

    found = trafilatura.bare_extraction(page.body, url=page.url, with_metadata=True, include_comments=False)
    if found is None or isinstance(found, dict):
        return {}
    return {
        "title": found.title,
        "published": found.date,
        "authors": found.author,
        "image": found.image,
        "tags": found.tags,
        "body": found.text,
    }


def _scored(
    folder: Path, reader: Callable[[Page], Answer], scorer: Any, keep: Path | None
) -> tuple[Mapping[str, float], float]:
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    page = Page(truth["url"], (folder / "page.html").read_bytes(), datetime.now(UTC))
    start = time.process_time()
    answer = reader(page)
    seconds = time.process_time() - start
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / f"{folder.name}.json").write_text(json.dumps(answer, ensure_ascii=False), encoding="utf-8")
    return {**scorer.score_page(truth, answer), **_text_scores(truth, answer, scorer)}, seconds


def _text_scores(truth: Answer, answer: Answer, scorer: Any) -> dict[str, float]:
    """Score the text that readers get: of `content_html` without captions where there is one, else the body.

    "first": nine tenths of the words of the truth's first paragraph stand in one line. "foreign": some line of 20
    letters or more has less than 70 % of its words from the truth. "twice": such a line comes again.
    """
    if not truth.get("body"):
        return {}
    content = answer.get("content_html")
    lines = (plain_text(content) if content else answer.get("body") or "").splitlines()
    whole = scorer.toks(truth["body"])
    letters = [scorer.alnum(line) for line in lines if len(scorer.alnum(line)) >= _LONG_LINE]
    first = next(line for line in truth["body"].splitlines() if scorer.alnum(line))
    known = scorer.alnum(truth["body"])
    found = scorer.toks("\n".join(lines))
    return {
        "text": scorer.f1(sum(found.values()), sum(whole.values()), sum((found & whole).values())),
        "text first": scorer.alnum(first) in scorer.alnum("".join(lines))
        or any(_share(first, scorer.toks(line), scorer) >= _SAME for line in lines),
        "text foreign": any(
            _share(line, whole, scorer) < _OWN
            for line in lines
            if len(scorer.alnum(line)) >= _LONG_LINE and scorer.alnum(line) not in known
        ),
        "text twice": len(set(letters)) < len(letters),
    }


def _share(line: str, bag: Any, scorer: Any) -> float:
    own = scorer.toks(line)
    return sum((own & bag).values()) / max(1, sum(own.values()))


def _scorer(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("articles_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True  # the collection may be read-only
    spec.loader.exec_module(module)
    return module


def _print(part: str, scores: Mapping[str, Sequence[tuple[Mapping[str, float], float]]], keys: Sequence[str]) -> None:
    pages = len(next(iter(scores.values())))
    print(f"\n{part}: {pages} pages, percent (pages that have a truth)")
    print(f"{'':12}" + "".join(f"{name:>16}" for name in scores))
    for key in keys:
        cells = []
        for rows in scores.values():
            known = [float(score[key]) for score, _ in rows if key in score]
            cells.append(f"{100 * sum(known) / len(known):8.1f} ({len(known):3})" if known else "-")
        print(f"{key:12}" + "".join(f"{cell:>16}" for cell in cells))
    times = [f"{1000 * statistics.median(seconds for _, seconds in rows):.0f} ms" for rows in scores.values()]
    print(f"{'median time':12}" + "".join(f"{cell:>16}" for cell in times))


if __name__ == "__main__":
    raise SystemExit(main())
