"""Find the weights of detection's rules on saved pages: python benchmarks/fit_weights.py [CORPUS_DIR].

The lists of each page are tried once, and what each rule finds of them is written down. Then weights are sought, from
equal ones on, that put the better of any two lists of a page first (logistic regression on the pairs, held near equal
weights). Sites are parted in two by a hash of their names. Only the pages of one half are looked at while weights are
sought; the other half, held back, says what they are worth on sites that nobody fitted them to. What is found is
printed beside the weights of `detect/rules/table.py`, and changes nothing.

The lists that are compared are those that the present weights found promising, more of them than `detect` tries.
"""
# ruff: noqa: INP001, T201 - a script, not a package; it prints a table

from __future__ import annotations

import argparse
import hashlib
import json
import math
import statistics
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import bench_detect

from feedbuilder.detect import detect, detection, tried_list
from feedbuilder.detect.candidates import Reason
from feedbuilder.detect.judge import judge
from feedbuilder.detect.list_facts import ListFacts
from feedbuilder.detect.rules.table import RULES
from feedbuilder.model import ExtractError, Page

_TRIED = 10
"""Lists of a page that are compared; `detect` itself is content with fewer."""
_STEPS, _STEP = 600, 0.5
_EQUALITY = 0.02
"""What it costs that a weight differs from the others: a few pages cannot tell that a rule is worth nothing."""
_CLEARLY_BETTER = 0.05
"""The F1 by which one list must be better than another for their order to matter."""

Weights = Mapping[str, float]
Pair = tuple[Mapping[str, float], float]


@dataclass(frozen=True, slots=True)
class JudgedList:
    """A list that was tried."""

    findings: Mapping[str, float]
    """By the name of each rule, what it found, -1 to 1; rules that had nothing to say are absent."""
    f1: float
    """How well its items are the page's articles."""

    def score(self, weights: Weights) -> float:
        """Return its points."""
        return sum(weights[name] * found for name, found in self.findings.items())


@dataclass(frozen=True, slots=True)
class JudgedPage:
    """A page of the corpus with its lists."""

    site: str
    lists: tuple[JudgedList, ...]

    def f1(self, weights: Weights) -> float:
        """Return the F1 of the list that comes first."""
        return max(self.lists, key=lambda one: one.score(weights)).f1

    def pairs(self) -> Iterator[Pair]:
        """Yield what the better list of each two has more, or less, by the names of the rules, and how much it is."""
        for one, other in permutations(self.lists, 2):
            if one.f1 >= other.f1 + _CLEARLY_BETTER:
                names = {**one.findings, **other.findings}
                more = {name: one.findings.get(name, 0.0) - other.findings.get(name, 0.0) for name in names}
                yield more, one.f1 - other.f1


def _halves(pages: Sequence[JudgedPage]) -> tuple[list[JudgedPage], list[JudgedPage]]:
    """Return the pages of one half of the sites, and those of the other."""
    sites = sorted({page.site for page in pages}, key=lambda site: hashlib.sha256(site.encode()).digest())
    first = set(sites[: len(sites) // 2])
    return [page for page in pages if page.site in first], [page for page in pages if page.site not in first]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the weights and what they are worth on both halves; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpus", nargs="?", type=Path, default=bench_detect.NEARBY, help="the folder of the corpus")
    corpus = parser.parse_args(arguments).corpus
    if not (corpus / "score.py").is_file():
        print(f"No corpus at {corpus}: nothing to fit. Name its folder: fit_weights.py CORPUS_DIR")
        return 0
    scorer = bench_detect.scorer_of(corpus / "score.py")
    judged = (_judged(path.parent, scorer) for path in sorted(corpus.glob("*/truth.json")))
    pages = [page for page in judged if page.lists]
    fitted, held_back = _halves(pages)
    by_hand = {rule.name: rule.weight for rule in RULES}
    equal = dict.fromkeys(by_hand, sum(by_hand.values()) / len(by_hand))
    found = _fit(equal, fitted)
    print(f"{'rule':20} {'table':>6} {'found':>6}")
    for name, weight in by_hand.items():
        print(f"{name:20} {weight:6.2f} {found[name]:6.2f}")
    print(f"\n{'':22}" + "".join(f"{name}: F1  pairs in order".rjust(30) for name in ("fitted", "held back")))
    for title, weights in (("equal weights", equal), ("weights found", found), ("weights of the table", by_hand)):
        cells = (f"{_mean(page.f1(weights) for page in half):.3f}  {_in_order(half, weights):15.1%}".rjust(30)
                 for half in (fitted, held_back))  # fmt: skip
        print(f"{title:22}" + "".join(cells))
    best = (f"{_mean(max(one.f1 for one in page.lists) for page in half):.3f}{'':17}".rjust(30)
            for half in (fitted, held_back))  # fmt: skip
    print(f"{'the best of all tried':22}" + "".join(best))
    print(f"{len(fitted)} pages fitted, {len(held_back)} held back.")
    return 0


def _judged(folder: Path, scorer: Any) -> JudgedPage:
    """Return the page in `folder` with all lists that detection tries on it."""
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    page = Page(truth["base_url"], (folder / "page.html").read_bytes(), datetime.now(UTC))
    lists: list[JudgedList] = []

    def recorded(facts: ListFacts) -> tuple[float, tuple[Reason, ...]]:
        findings = {rule.name: found[0] for rule in RULES if (found := rule.test(facts)) is not None}
        predicted = [bench_detect.row_of(item) for item in facts.items]
        lists.append(JudgedList(findings, scorer.score_page(truth, predicted)["f1"]))
        return judge(facts)

    setattr(tried_list, "judge", recorded)  # noqa: B010 - for this script alone
    setattr(detection, "_TRIED", _TRIED)  # noqa: B010
    try:
        detect(page, zone=ZoneInfo("UTC"))
    except ExtractError as error:
        print(f"{folder.name}: {error}", file=sys.stderr)
    return JudgedPage(urlsplit(page.url).hostname or "", tuple(lists))


def _fit(start: Weights, pages: Sequence[JudgedPage]) -> Weights:
    """Return weights that order the lists of `pages` well, none below 0, with the sum of those at `start`."""
    pairs = [
        (more, by / len(of_page)) for page in pages if (of_page := list(page.pairs())) for more, by in of_page
    ]  # fmt: skip
    weights = dict.fromkeys(start, 1.0)
    for _ in range(_STEPS):
        slope = {name: _EQUALITY * len(pages) * (1.0 - weight) for name, weight in weights.items()}
        for more, count in pairs:
            lead = sum(weights[name] * value for name, value in more.items())
            pull = count / (1 + math.exp(min(lead, 50.0)))
            for name, value in more.items():
                slope[name] += pull * value
        weights = {name: max(0.0, weight + _STEP * slope[name] / len(pages)) for name, weight in weights.items()}
    scale = sum(start.values()) / max(sum(weights.values()), 1e-9)
    return {name: weight * scale for name, weight in weights.items()}


def _in_order(pages: Sequence[JudgedPage], weights: Weights) -> float:
    """Return the share of pairs whose better list has more points, on the mean of the pages."""
    shares = []
    for page in pages:
        leads = [sum(weights[name] * value for name, value in more.items()) for more, _ in page.pairs()]
        if leads:
            shares.append(sum(lead > 0 for lead in leads) / len(leads))
    return _mean(shares)


def _mean(values: Iterable[float]) -> float:
    return statistics.fmean([*values] or [0.0])


if __name__ == "__main__":
    raise SystemExit(main())
