#!/usr/bin/env python3
"""Make a release: `make release VERSION=x.y.z`, or with `DRY=1` only say what would happen.

Owns the order: a clean tree, all tests, the changelog and the version, wheel and sdist, a commit, a tag. Nothing is
pushed or uploaded. What goes wrong before the commit leaves the tree as it was.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

CHANGELOG = Path("CHANGELOG.md")
VERSION_FILE = Path("feedbuilder/__init__.py")
UNRELEASED = "## Unreleased\n"

_VERSION = re.compile(r"(\d{1,6})\.(\d{1,6})\.(\d{1,6})")
_ASSIGNED = re.compile(r'^__version__ = "([^"\n]*)"$', re.MULTILINE)

Run = Callable[[Sequence[str]], str]
"""Runs a command in the tree and returns what it wrote. Raises ReleaseError where it fails."""


class ReleaseError(Exception):
    """This cannot be released; the text says why and what to do."""


def version_of(text: str) -> tuple[int, ...]:
    """Return the numbers of the version `text`. Raises ReleaseError unless it is "x.y.z"."""
    match = _VERSION.fullmatch(text)
    if match is None:
        raise ReleaseError(f'"{text}" is no version: expected three numbers, such as 0.2.0')
    return tuple(map(int, match.groups()))


def set_version(text: str, version: str) -> str:
    """Return the module `text` with `version` assigned. Raises ReleaseError unless that is later than what it has."""
    found = _ASSIGNED.findall(text)
    if len(found) != 1:
        raise ReleaseError(f"{VERSION_FILE} must assign __version__ once")
    if version_of(version) <= version_of(found[0]):
        raise ReleaseError(f"{version} is not later than {found[0]}")
    return _ASSIGNED.sub(f'__version__ = "{version}"', text)


def date_changes(text: str, version: str, day: date) -> str:
    """Return the changelog with what is unreleased under `version`, and an empty "Unreleased" above it.

    Raises ReleaseError where nothing is unreleased, or the version stands there already.
    """
    if re.search(rf"^## {re.escape(version)}\b", text, re.MULTILINE):
        raise ReleaseError(f"{CHANGELOG} tells of {version} already")
    before, heading, after = text.partition(UNRELEASED)
    changes, mark, older = after.partition("\n## ")
    if not heading or not changes.strip():
        raise ReleaseError(f'{CHANGELOG} has nothing under "{UNRELEASED.strip()}"')
    return f"{before}{UNRELEASED}\n## {version} - {day.isoformat()}\n\n{changes.strip()}\n{mark}{older}"


def release(version: str, *, dry: bool, day: date, tree: Path, run: Run, say: Callable[[str], object]) -> None:
    """Release `version` from the git work tree `tree`; with `dry`, change nothing and say what would be done."""
    if run(["git", "status", "--porcelain"]).strip():
        raise ReleaseError("the tree is not clean: commit or stash what `git status` shows")
    tag = f"v{version}"
    if run(["git", "tag", "--list", tag]).strip():
        raise ReleaseError(f"the tag {tag} is there already")
    written = {
        CHANGELOG: date_changes((tree / CHANGELOG).read_text("utf-8"), version, day),
        VERSION_FILE: set_version((tree / VERSION_FILE).read_text("utf-8"), version),
    }
    names = [str(path) for path in written]
    steps: list[tuple[str, list[str]]] = [
        ("all tests", ["make", "test"]),
        ("wheel and sdist in dist/", [sys.executable, "-m", "hatchling", "build", "--directory", "dist"]),
        ("a commit", ["git", "commit", "--quiet", "--message", f"Version {version}", "--", *names]),
        (f"the tag {tag}", ["git", "tag", "--annotate", tag, "--message", f"feedbuilder {version}"]),
    ]
    if dry:
        say(f"feedbuilder {version} would be released. In order:")
        for what, command in [steps[0], (f"changes in {' and '.join(names)}", []), *steps[1:]]:
            say(f"  {what}{': ' + ' '.join(command) if command else ''}")
        say(written[CHANGELOG].partition(UNRELEASED)[2].partition("\n## ")[2].partition("\n## ")[0].strip())
        return
    (test, *others) = steps
    _step(test, run, say)
    try:
        for path, text in written.items():
            (tree / path).write_text(text, "utf-8")
        for step in others[:-1]:
            _step(step, run, say)
    except BaseException:
        run(["git", "checkout", "--quiet", "--", *names])
        raise
    _step(others[-1], run, say)
    say(f"feedbuilder {version} is released here. Push it: git push --follow-tags")


def _step(step: tuple[str, list[str]], run: Run, say: Callable[[str], object]) -> None:
    what, command = step
    say(f"{what}: {' '.join(command)}")
    run(command)


def run_in(tree: Path) -> Run:
    """Return what runs commands in `tree`; what they say of errors goes where ours does."""

    def run(command: Sequence[str]) -> str:
        try:
            done = subprocess.run(command, cwd=tree, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603 - ours
        except subprocess.CalledProcessError as error:
            raise ReleaseError(f"{' '.join(command)} failed:\n{error.stdout}") from error
        return done.stdout

    return run


def main(arguments: Sequence[str] | None = None, tree: Path = Path(__file__).parents[1]) -> int:
    """Release as the command line asks; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("version", help="x.y.z, later than the present one")
    parser.add_argument("--dry-run", action="store_true", help="change nothing, say what would happen")
    asked = parser.parse_args(arguments)

    def say(text: str) -> None:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()

    day = datetime.now(UTC).date()
    try:
        release(asked.version, dry=asked.dry_run, day=day, tree=tree, run=run_in(tree), say=say)
    except ReleaseError as error:
        sys.stderr.write(f"not released: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
