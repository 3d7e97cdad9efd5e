"""How much of a collection of html2rss's configurations is taken over: python benchmarks/bench_import.py DIR.

DIR is a checkout of such a collection; it is no part of this project. Without one, this says so and ends well.
"""
# ruff: noqa: INP001, T201 - a script, not a package; it prints

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from feedbuilder.config.checks import faults
from feedbuilder.importing.imported import Fate
from feedbuilder.importing.read_import import read_import
from feedbuilder.model import ConfigError


def main(folders: list[str]) -> int:
    """Print the share that became valid sources, and why others did not; return the exit code."""
    if not folders or not Path(folders[0]).is_dir():
        print("No folder of configurations was named: nothing to take over. Name one: bench_import.py DIR")
        return 0
    fates: Counter[Fate] = Counter()
    well = total = 0
    for path in sorted(Path(folders[0]).rglob("*.yml")):
        try:
            found = read_import(path.name, path.read_bytes())
        except ConfigError:
            continue  # of something else: the collection's own tests
        for number, one in enumerate(found.entries):
            total += 1
            source = one.source(f"source-{number}")
            wrong = [text for _, text in faults("source", source)] if source else []
            well += source is not None and not wrong
            fates.update(finding.fate for finding in one.findings)
            if source is None or wrong:
                lost = [finding.text for finding in one.findings if finding.fate is Fate.LOST]
                print(f"{path.name}: {'; '.join([*wrong, *lost]) or 'no source'}")
    print(f"{well} of {total} became valid sources ({100 * well / max(total, 1):.1f} %)")
    print(", ".join(f"{count} parts {fate}" for fate, count in fates.most_common()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
