"""From the wheel alone to a served feed: the container's own steps, in a new virtual environment, without a network.

The same environment is what pipx makes. It finds what the wheel requires, and nothing else of this machine.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tomllib
import urllib.request
from pathlib import Path

import pytest

from tests.acceptance.place import placed
from tests.deploy.containerfile import Played, Stage, stages
from tests.deploy.installed import closure, show
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
BUILD, FINAL = stages((ROOT / "deploy/Containerfile").read_text("utf-8"))
HOME = "/opt/feedbuilder"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the container's steps are those of Linux")


def required() -> list[str]:
    extras = {**PROJECT["project"]["optional-dependencies"], "all": []}  # which names the others
    return [*PROJECT["project"]["dependencies"], *(one for some in extras.values() for one in some)]


class Machine:
    """A folder in which the container's root stands, with its environment made by its own steps."""

    def __init__(self, root: Path) -> None:
        self.root, self.work = root, root / "work"
        self.work.mkdir(parents=True)
        building, running = root / "building", root / "running"
        show(closure(["hatchling", "editables"]).values(), building)
        show(closure(required()).values(), running)
        environ = {
            "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
            "HOME": str(root),
            "PYTHONPATH": str(building),
            # What pip would fetch is there already.
            **dict.fromkeys(("PIP_NO_DEPS", "PIP_NO_INDEX", "PIP_DISABLE_PIP_VERSION_CHECK"), "1"),
            "PIP_NO_BUILD_ISOLATION": "0",  # which is how pip spells yes
            "PIP_CONFIG_FILE": os.devnull,
        }
        played = Played(root, ROOT, (HOME, "/src"), environ)
        for instruction, value in BUILD.steps:
            played.play(instruction, value)
        [packages] = (root / HOME.strip("/") / "lib").glob("python*/site-packages")
        (packages / "required.pth").write_text(f"{running}\n", "utf-8")
        self.program = root / HOME.strip("/") / "bin" / "feedbuilder"
        path = f"{self.program.parent}:/usr/bin:/bin"
        self._environ = {"PATH": path, "HOME": str(root)}

    def start(self, *arguments: str, **environ: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [str(self.program), *arguments],
            cwd=self.work,
            env=self._environ | environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def call(self, *arguments: str, **environ: str) -> str:
        with self.start(*arguments, **environ) as process:
            said, _ = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, (arguments, said)
        return said


@pytest.mark.slow(27)
def test_a_bare_machine_goes_from_the_wheel_to_a_served_feed(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "machine")
    assert re.fullmatch(r"feedbuilder \d+\.\d+\.\d+\n", machine.call("--version"))
    words = {"_FEEDBUILDER_COMPLETE": "complete_bash", "COMP_WORDS": "feedbuilder heal", "COMP_CWORD": "1"}
    assert set(machine.call(**words).split()) == {"heal", "healthcheck"}
    assert (machine.root / HOME.strip("/") / "share/man/man1/feedbuilder.1").exists()
    machine.call("init")
    with placed(tmp_path) as newsroom:
        page = f"{newsroom.url}/tags/world-news"
        added = machine.call("add", page, "--allow-host", "127.0.0.1", "--timezone", "Asia/Dubai", "--yes")
        assert "Added the source world-news" in added
        machine.call("build", "--force")
        made = sorted(path.parent.name for path in machine.work.glob("output/*/rss.xml"))
        assert made, added
        machine.call("healthcheck")
        serve(machine, made[0])
        open_studio(machine)
    root = tmp_path / "machine"
    written = {path.relative_to(root).parts[0] for path in root.rglob("*") if path.is_file()}
    assert written <= {"work", "opt", "src", "building", "running"}  # nothing at home, nothing elsewhere


def serve(machine: Machine, feed: str) -> None:
    with machine.start("run", "--serve", "--port", "0") as running:
        assert running.stdout is not None
        for line in running.stdout:
            if served := re.search(r"at (http://\S+/)", line):
                break
        else:
            pytest.fail("it ended without serving anything")
        with urllib.request.urlopen(f"{served[1]}{feed}/rss.xml", timeout=PATIENCE) as answer:
            assert answer.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
            assert b"<rss" in answer.read()
        running.send_signal(signal.SIGTERM)  # what the container is told to stop by
        running.communicate(timeout=PATIENCE)
        assert running.returncode == 0


def open_studio(machine: Machine) -> None:
    with machine.start("studio", "--no-browser", "--port", "0") as running:
        assert running.stdout is not None
        address = next(filter(None, (re.search(r"http://127\S+", line) for line in running.stdout)), None)
        assert address, "it ended without an address"
        with urllib.request.urlopen(address[0], timeout=PATIENCE) as answer:
            assert answer.status == 200
        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=PATIENCE)
        assert running.returncode == 0


def test_the_container_runs_as_nobody_in_particular_and_keeps_its_state_in_one_place() -> None:
    assert BUILD.base == FINAL.base
    assert FINAL.base.endswith("-slim")
    assert FINAL.values("USER") == ["10001:10001"]
    assert FINAL.values("VOLUME") == FINAL.values("WORKDIR") == ["/var/lib/feedbuilder"]
    assert FINAL.environment["FEEDBUILDER_CONFIG"].startswith("/var/lib/feedbuilder/")
    assert FINAL.environment["PATH"].startswith(f"{HOME}/bin:")
    assert FINAL.values("STOPSIGNAL") == ["SIGTERM"]
    assert FINAL.steps.index(("USER", "10001:10001")) > max(
        place for place, (instruction, _) in enumerate(FINAL.steps) if instruction == "RUN"
    )


@pytest.mark.parametrize("words", [FINAL.command("CMD"), FINAL.command("HEALTHCHECK")[1:]], ids=lambda words: words[0])
def test_what_the_container_calls_are_our_commands(words: list[str]) -> None:
    from typer.testing import CliRunner  # noqa: PLC0415 - only here

    from feedbuilder.cli import app  # noqa: PLC0415

    assert FINAL.command("ENTRYPOINT") == ["feedbuilder"]
    assert CliRunner().invoke(app, [*words, "--help"]).exit_code == 0


def test_what_is_copied_is_there() -> None:
    for stage in (BUILD, FINAL):
        for value in stage.values("COPY"):
            if not value.startswith("--from"):
                assert all((ROOT / source).exists() for source in value.split()[:-1]), value


def test_an_instruction_that_is_not_known_is_not_passed_over() -> None:
    with pytest.raises(AssertionError, match="ADD"):
        stages("FROM a AS b\nADD c d\n")
    [stage] = stages("# remark\nFROM a AS b\nRUN one \\\n    && two\n")
    assert stage == Stage("a", "b", [("RUN", "one && two")])
