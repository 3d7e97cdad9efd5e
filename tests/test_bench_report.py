"""The report of the benchmarks: what is asked of each work is found in what they printed, and told beside its aim."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

PROJECT = Path(__file__).resolve().parents[1]
BLOCK = """
`bench_poll.py`, 2026-01-02, Python 3.11.7, 2 cores, load average 0.1 at the beginning, 0.9 at the end

```
page: 229 KB, 40 cards
floor: requests.get                                            2.00 ms    1.00 x
2 new stories                                                  3.00 ms    1.50 x   at most 1.7
nothing new                                                    5.00 ms    2.50 x   at most 1.3
```
"""


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the report, which writes a page of its own here."""
    monkeypatch.syspath_prepend(str(PROJECT / "benchmarks"))
    for name in ("report", "asked_figures"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    import report  # type: ignore[import-not-found]  # noqa: PLC0415 - a script

    (tmp_path / "performance.md").write_text(f"Words\n\n{report._BEGIN}\n{BLOCK}\n{report._END}\n", "utf-8")
    monkeypatch.setattr(report, "_DOCS", tmp_path)
    made: ModuleType = report
    return made


def page(report: ModuleType) -> str:
    return str((report._DOCS / "performance.md").read_text("utf-8"))


def test_each_work_is_told_beside_its_aim(report: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "_run", lambda _: "build                 300 ms    2.00 x   at most 1.6")
    assert report.main(["bench_start.py"]) == 0
    rows = [line.split(" | ") for line in page(report).splitlines() if line.startswith("| ")]
    told = {row[0].removeprefix("| "): (row[2], row[3], row[4].removesuffix(" |")) for row in rows}
    assert told["steady poll, two new stories, store included"] == ("1.7 ×", "1.5 ×", "yes")
    assert told["the same, nothing new"] == ("1.3 ×", "2.5 ×", "no")
    assert told["one-shot `build` of one source, two new stories"] == ("1.6 ×", "2 ×", "no")
    assert told["article page with its text"] == ("2.5 ×", "not measured", "")
    assert page(report).startswith("Words\n")
    assert BLOCK.strip() in page(report)


def test_what_is_skipped_or_fails_leaves_the_figures_of_before(
    report: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "_run", lambda _: "skipped: nothing there")
    assert report.main(["bench_poll.py"]) == 0
    monkeypatch.setattr(report, "_run", lambda _: None)
    assert report.main(["bench_poll.py"]) == 1
    assert BLOCK.strip() in page(report)


def test_a_search_and_a_run_stand_beside_each_other(report: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "_run", lambda asked: f"this is {asked}")
    assert report.main(["bench_run.py --minutes 1", "bench_run.py --search --hosts 9"]) == 0
    assert report.main(["bench_run.py --minutes 2"]) == 0
    assert "this is bench_run.py --minutes 1\n" not in page(report)
    assert "`bench_run.py`, with --minutes 2, " in page(report)
    assert "`bench_run.py --search`, with --hosts 9, " in page(report)


def test_every_figure_that_is_asked_for_is_of_a_benchmark_that_runs(report: ModuleType) -> None:
    from asked_figures import ASKED  # type: ignore[import-not-found]  # noqa: PLC0415 - as above

    assert {one.script for one in ASKED} <= set(report._SCRIPTS)
