"""The unit for systemd and the line for cron, as their own programs and ours understand them."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from feedbuilder.cli import app
from tests.patience import PATIENCE

DEPLOY = Path(__file__).parents[2] / "deploy"
UNIT = DEPLOY / "feedbuilder.service"
PROGRAM = "/opt/feedbuilder/bin/feedbuilder"
needs_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")


def analyze(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["systemd-analyze", "--no-pager", *arguments], capture_output=True, text=True, check=False, timeout=PATIENCE
    )


def complaints(unit: Path) -> list[str]:
    return analyze("verify", "--man=no", str(unit)).stderr.splitlines()


@needs_systemd
def test_systemd_understands_every_line(tmp_path: Path) -> None:
    unit = tmp_path / UNIT.name
    # It looks whether the program is there, which it is where somebody has installed it.
    unit.write_text(UNIT.read_text("utf-8").replace(PROGRAM, "/bin/sh"), "utf-8")
    text = unit.read_text("utf-8")
    unit.write_text(text + "\n[Service]\nProtectEverything=yes\n", "utf-8")
    if not any("ProtectEverything" in line for line in complaints(unit)):
        pytest.skip(f"systemd-analyze judges nothing here: {complaints(unit)}")
    unit.write_text(text, "utf-8")
    assert not [line for line in complaints(unit) if unit.name in line]  # others of this machine are not ours


@needs_systemd
def test_it_may_do_little(tmp_path: Path) -> None:
    secured = analyze("security", "--offline=true", "--threshold=20", str(UNIT))
    if "nrecognized option" in secured.stderr:
        pytest.skip("this systemd-analyze judges only units that are installed")
    assert secured.returncode == 0, secured.stdout[-300:]
    bare = tmp_path / "bare.service"
    bare.write_text("[Service]\nExecStart=/bin/true\n", "utf-8")
    assert analyze("security", "--offline=true", "--threshold=20", str(bare)).returncode != 0


def commands() -> list[list[str]]:
    """Return the calls of our program in the files: what follows its path."""
    lines = UNIT.read_text("utf-8") + (DEPLOY / "feedbuilder.cron").read_text("utf-8")
    return [shlex.split(found.strip("'…")) for found in re.findall(rf"{PROGRAM} ([^'\n]+)", lines)]


def test_its_commands_are_ours() -> None:
    assert {words[0] for words in commands()} == {"run", "build", "add"}
    for words in commands():
        asked = [word for word in words if not word.startswith("http")]
        assert CliRunner().invoke(app, [*asked, "--help"]).exit_code == 0, words


def test_cron_calls_often_and_asks_seldom() -> None:
    [line] = [line for line in (DEPLOY / "feedbuilder.cron").read_text("utf-8").splitlines() if PROGRAM in line]
    minute, hour, day, month, weekday, user, *_ = line.split()
    assert (minute, hour, day, month, weekday, user) == ("*/15", "*", "*", "*", "*", "feedbuilder")
    assert line.endswith("build --due")
