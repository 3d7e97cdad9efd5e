"""A release moves the changelog, the version and a tag, in a work tree of its own; a dry run moves nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from scripts.release import ReleaseError, date_changes, main, release, run_in, set_version

DAY = date(2026, 12, 1)
needs_tools = pytest.mark.skipif(
    not (shutil.which("git") and shutil.which("make")), reason="releases are made with git and make"
)
CHANGES = (
    "# Changelog\n\nWhat users notice.\n\n## Unreleased\n\n- `new`: it is there.\n\n## 0.1.0 - 2026-11-27\n\n- Old.\n"
)
MODULE = '"""A package."""\n\n__version__ = "0.1.0"\n'
PROJECT = """[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "feedbuilder"
dynamic = ["version"]
requires-python = ">=3.11"
[tool.hatch.version]
path = "feedbuilder/__init__.py"
"""


def git(tree: Path, *arguments: str) -> str:
    own = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main")
    done = subprocess.run(["git", *own, *arguments], cwd=tree, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a small project under git, whose tests always succeed."""
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "T")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "t@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)  # nobody's signatures and hooks
    (tmp_path / "feedbuilder").mkdir()
    files = {"CHANGELOG.md": CHANGES, "feedbuilder/__init__.py": MODULE, "pyproject.toml": PROJECT}
    for name, text in {**files, ".gitignore": "dist/\n", "Makefile": "test:\n\ttrue\n"}.items():
        (tmp_path / name).write_text(text, "utf-8")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "A start")
    return tmp_path


def state(tree: Path) -> tuple[str, ...]:
    return (
        git(tree, "rev-parse", "HEAD"),
        git(tree, "status", "--porcelain"),
        git(tree, "tag"),
        str((tree / "dist").exists()),
    )


@needs_tools
def test_a_dry_run_says_what_would_happen_and_changes_nothing(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = state(tree)
    assert main(["0.2.0", "--dry-run"], tree) == 0
    assert state(tree) == before
    told = capsys.readouterr().out
    for word in (
        "make test",
        "CHANGELOG.md and feedbuilder/__init__.py",
        "hatchling build",
        "the tag v0.2.0",
        "it is there",
    ):
        assert word in told
    assert "Old" not in told


@needs_tools
def test_a_release_is_dated_built_committed_and_tagged(tree: Path) -> None:
    assert main(["0.2.0"], tree) == 0
    assert git(tree, "status", "--porcelain") == ""
    assert git(tree, "log", "-1", "--format=%s %D") == "Version 0.2.0 HEAD -> main, tag: v0.2.0"
    assert '__version__ = "0.2.0"' in (tree / "feedbuilder/__init__.py").read_text("utf-8")
    names = sorted(path.name for path in (tree / "dist").iterdir())
    assert names == ["feedbuilder-0.2.0-py3-none-any.whl", "feedbuilder-0.2.0.tar.gz"]


@needs_tools
def test_a_dirty_tree_is_refused(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tree / "new.txt").write_text("x", "utf-8")
    assert main(["0.2.0"], tree) == 1
    assert "not clean" in capsys.readouterr().err


@needs_tools
@pytest.mark.parametrize("failing", ["make", "hatchling"])
def test_what_fails_before_the_commit_leaves_the_tree_as_it_was(tree: Path, failing: str) -> None:
    before, real = state(tree), run_in(tree)

    def run(command: Sequence[str]) -> str:
        if failing in command:
            raise ReleaseError(failing)
        return real(command)

    with pytest.raises(ReleaseError, match=failing):
        release("0.2.0", dry=False, day=DAY, tree=tree, run=run, say=lambda _: None)
    assert state(tree) == before


def test_the_changes_get_their_version_and_day_under_an_empty_unreleased() -> None:
    assert date_changes(CHANGES, "0.2.0", DAY) == CHANGES.replace(
        "## Unreleased\n", "## Unreleased\n\n## 0.2.0 - 2026-12-01\n"
    )
    first = "# Changelog\n\n## Unreleased\n\n- All of it.\n"
    assert date_changes(first, "0.1.0", DAY).endswith("## Unreleased\n\n## 0.1.0 - 2026-12-01\n\n- All of it.\n")


@pytest.mark.parametrize(
    ("text", "version", "reason"),
    [
        (CHANGES, "0.1.0", "already"),
        (CHANGES.replace("- `new`: it is there.\n", ""), "0.2.0", "nothing"),
        ("# Changelog\n", "0.2.0", "nothing"),
    ],
)
def test_there_must_be_something_new_to_tell(text: str, version: str, reason: str) -> None:
    with pytest.raises(ReleaseError, match=reason):
        date_changes(text, version, DAY)


@pytest.mark.parametrize("version", ["0.1.0", "0.0.9", "1", "1.0.0rc1", "v1.0.0", ""])
def test_versions_are_three_numbers_and_go_up(version: str) -> None:
    with pytest.raises(ReleaseError):
        set_version(MODULE, version)


def test_the_projects_own_files_can_be_released() -> None:
    root = Path(__file__).parents[1]
    text = (root / "CHANGELOG.md").read_text("utf-8")
    assert "## 99.0.0 - 2026-12-01\n\n- " in date_changes(
        text.replace("## Unreleased\n", "## Unreleased\n\n- x\n"), "99.0.0", DAY
    )
    assert "99.0.0" in set_version((root / "feedbuilder/__init__.py").read_text("utf-8"), "99.0.0")
