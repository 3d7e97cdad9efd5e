"""Change each number of detection, and see whether a test notices: benchmarks/mutate_detection.py [--only NAME ...].

Each weight of the rules is set to 0, each threshold (a number that a module of `feedbuilder/detect` names at its top)
is halved and doubled; then the quick tests of detection run. A change that no test notices is a survivor: the number
has no reason, or its test is missing. Names that begin with MOST, LARGEST, LONGEST, HIGHEST or DEEPEST bound the work
on hostile pages and are left alone. Exit code 1 if there are survivors that `KNOWN` gives no reason for.
"""
# ruff: noqa: INP001, T201 - a script, not a package; it prints a table

from __future__ import annotations

import argparse
import ast
import importlib
import io
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from feedbuilder.detect import judge
from feedbuilder.detect.rules.table import RULES

ROOT = Path(__file__).resolve().parents[1]
DETECT = ROOT / "feedbuilder" / "detect"
BOUNDS = ("MOST", "LARGEST", "LONGEST", "HIGHEST", "DEEPEST", "LIMIT", "MANY")
WORK = frozenset(
    """
    _TRIED _TRIED_FOR_EXAMPLE _DATA_TRIED _CHEAP _HOPELESS _SAME_CARDS _AS_GOOD _NEARLY_EQUAL _LISTS _WAYS _STATES
    _SAMPLE _TESTED _PER_PLACE _SMALLEST _KEPT _SIMPLE _SCOPED _SCOPES _WITHIN _NEAR _NEAR_THE_START
    """.split()  # noqa: SIM905 - a table of names reads better without quotes
)
"""How much is tried before detection is content: more takes longer. Their measure is `bench_detect.py`."""
QUICK = (
    "tests/detect/test_thresholds.py",
    "tests/detect/test_rules_earn_their_place.py",
    "tests/detect/test_names_and_records.py",
    "tests/detect/test_part_or_whole.py",
    "tests/detect/test_finding_the_list.py",
    "tests/detect/test_runs_and_layouts.py",
)
MORE = (
    "tests/detect/test_flat_records.py",
    "tests/detect/test_records_over_rows.py",
    "tests/detect/test_found_dates.py",
    "tests/detect/test_one_page.py",
    "tests/detect/test_title_rules.py",
    "tests/detect/test_author_and_tag_rules.py",
    "tests/detect/test_existing_feeds.py",
    "tests/detect/test_detect_kinds.py",
    "tests/detect/test_not_the_list.py",
    "tests/detect/test_list_shapes.py",
    "tests/heal/test_finding_again.py",
)
KNOWN: dict[str, str] = {}
"""Survivors, and why their number stays."""


@dataclass(frozen=True)
class Mutant:
    """One change of one number."""

    name: str
    """Of the module and the number, such as "boxes._HEADLINE x2"."""
    apply: Callable[[], None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what each change leads to, and the survivors; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", nargs="+", default=(), metavar="NAME", help="only numbers whose name holds this")
    parser.add_argument("--fields", action="store_true", help="the numbers of choose_fields too")
    chosen = parser.parse_args(arguments)
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))  # for the tests, which are no package
    mutants = [
        one for one in (*_weights(), *_thresholds(fields=chosen.fields))
        if not chosen.only or any(part in one.name for part in chosen.only)
    ]  # fmt: skip
    if _notices(lambda: None, (*QUICK, *MORE)):
        print("The tests fail without any change: mend them first.")
        return 2
    survivors = []
    for mutant in mutants:
        start = time.monotonic()
        noticed = _notices(mutant.apply, QUICK) or _notices(mutant.apply, MORE)
        known = "" if noticed else f" (known: {KNOWN[mutant.name]})" if mutant.name in KNOWN else " SURVIVES"
        print(f"{mutant.name:60} {time.monotonic() - start:5.1f} s {'noticed' if noticed else known}", flush=True)
        if not noticed and mutant.name not in KNOWN:
            survivors.append(mutant.name)
    print(f"{len(mutants)} changes, {len(survivors)} that no test notices.", *survivors, sep="\n  ")
    return 1 if survivors else 0


def _weights() -> Iterator[Mutant]:
    for rule in RULES:
        changed = tuple(replace(one, weight=0.0) if one is rule else one for one in RULES)
        yield Mutant(f"weight {rule.name} x0", lambda changed=changed: setattr(judge, "RULES", changed))


def _thresholds(*, fields: bool) -> Iterator[Mutant]:
    for path in sorted(DETECT.rglob("*.py")):
        if "choose_fields" in path.parts and not fields:
            continue
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for name, value in _numbers(path):
            for factor in (0.5, 2):
                mutated = value * factor
                changed = round(mutated) if isinstance(value, int) else mutated
                if changed != value:
                    short = module.removeprefix("feedbuilder.detect.")
                    yield Mutant(f"{short}.{name} x{factor}", lambda m=module, n=name, c=changed: _set(m, n, c))


def _numbers(path: Path) -> Iterator[tuple[str, float]]:
    """Yield the numbers that a module names at its top, but for bounds."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if not isinstance(node, ast.Assign) or len(node.targets) != 1:
            continue
        target, value = node.targets[0], node.value
        names = target.elts if isinstance(target, ast.Tuple) else [target]
        values = value.elts if isinstance(value, ast.Tuple) and isinstance(target, ast.Tuple) else [value]
        for one, constant in zip(names, values, strict=True):
            if not (isinstance(one, ast.Name) and isinstance(constant, ast.Constant)):
                continue
            is_bound = one.id.lstrip("_").split("_")[0] in BOUNDS or one.id in WORK
            if type(constant.value) in (int, float) and not is_bound:
                yield one.id, constant.value


def _set(module: str, name: str, value: float) -> None:
    """Give the number another value, in its module and in those that took it over from there."""
    before = getattr(importlib.import_module(module), name)
    for other in list(sys.modules.values()):
        own = getattr(other, "__name__", "")
        took_it_over = own.startswith("feedbuilder.detect") and not name.startswith("_")
        if own == module or (took_it_over and getattr(other, name, None) is before):
            setattr(other, name, value)


def _notices(change: Callable[[], None], tests: Sequence[str]) -> bool:
    """Return whether one of `tests` fails after `change`, which is made in a process of its own."""
    child = os.fork()
    if child == 0:
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            change()
            code = pytest.main(["-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", "--tb=native", *tests])
        os._exit(int(code))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0


if __name__ == "__main__":
    raise SystemExit(main())
