"""The workflows of `init --pages`, played on this machine: a new clone for each run, and a repository beside it.

What is played are the lines of the workflow itself, as the services run them; only pip is another one.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from feedbuilder.config import starting_config
from feedbuilder.config.pages_workflow import MEMORY, PUBLISHED, SERVICES, pages_workflow
from tests.acceptance.place import Place, feedbuilder, story, with_sources
from tests.patience import PATIENCE

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the machines of these services run Linux"),
    pytest.mark.skipif(not shutil.which("git") or not shutil.which("bash"), reason="git and bash are not here"),
]
LIST = "/tags/world-news"


def workflow(service: str) -> Any:
    [text] = pages_workflow(service, 7).values()
    return yaml.safe_load(text)


def scripts(service: str) -> list[str]:
    """Return what the service runs, each in a shell of its own."""
    if service == "github":
        return [step["run"] for step in workflow(service)["jobs"]["feeds"]["steps"] if "run" in step]
    return ["\n".join(workflow(service)[job]["script"]) for job in ("pages", "health")]


REAL = """
mkfifo "$HOME/answer-$$"
echo "$PWD|answer-$$|$*" > "$HOME/asked"
read -r code < "$HOME/answer-$$"
exit "$code"
"""
"""Has this process do it, which has everything loaded."""
PLAYED = """
case "$*" in
  *build*)
    test ! -e config/broken || exit 2
    date +%s%N > output/index.html
    cat var/feedbuilder.db 2>/dev/null > var/before || true
    echo one more >> var/feedbuilder.db ;;
esac
"""
"""In place of feedbuilder, where only what stands around it is looked at: remembers how often it was called."""


@contextmanager
def answering(folder: Path) -> Iterator[None]:
    """Carry out, within the block, what `REAL` asks for."""
    asked = folder / "asked"
    os.mkfifo(asked)

    def answer() -> None:
        descriptor = os.open(asked, os.O_RDWR)  # to write too: it has no end, then
        with open(descriptor, encoding="utf-8") as questions:  # noqa: PTH123 - by its descriptor
            while (question := questions.readline().strip()) != "enough":
                where, answered, words = question.split("|")
                code = feedbuilder(Path(where), *words.split()).exit_code
                (folder / answered).write_text(f"{code}\n", "utf-8")

    answerer = threading.Thread(target=answer)
    answerer.start()
    try:
        yield
    finally:
        asked.write_text("enough\n", "utf-8")
        answerer.join()


class Service:
    """A repository, and machines that are new for each run of the workflow in it."""

    def __init__(self, name: str, folder: Path, feedbuilder: str = PLAYED, config: str = "") -> None:
        self.name, self.folder = name, folder
        self.repository, self.work, tools = folder / "repository.git", folder / "work", folder / "tools"
        tools.mkdir()
        for tool, does in {"python": 'echo "$*" >> "$HOME/installed"', "feedbuilder": feedbuilder}.items():
            (tools / tool).write_text(f"#!/bin/sh\n{does}\n", "utf-8")
            (tools / tool).chmod(0o755)
        self._environ = {
            "PATH": f"{tools}:{os.environ['PATH']}",
            "HOME": str(folder),
            "GIT_CONFIG_NOSYSTEM": "1",
            "FEEDBUILDER": "feedbuilder",
            **({"PUSH_TO": str(self.repository)} if name == "gitlab" else {}),
        }
        self._runs = 0
        self.git("init", "--quiet", "--bare", "--initial-branch=main", str(self.repository))
        self.git("clone", "--quiet", str(self.repository), str(self.work))
        self.commit(
            {**starting_config(), **pages_workflow(name, 7), **({"config/feedbuilder.toml": config} if config else {})}
        )

    def commit(self, files: Mapping[str, str]) -> None:
        """Have somebody push these files."""
        for path, text in files.items():
            (self.work / path).parent.mkdir(parents=True, exist_ok=True)
            (self.work / path).write_text(text, "utf-8")
        self.git("-C", str(self.work), "add", ".")
        self.git("-C", str(self.work), "commit", "--quiet", "-m", "Feeds")
        self.git("-C", str(self.work), "push", "--quiet", "origin", "HEAD:main")

    def git(self, *arguments: str) -> str:
        who = ("-c", "user.name=somebody", "-c", "user.email=somebody@example.org")
        ended = subprocess.run(
            ["git", *who, *arguments], env=self._environ, capture_output=True, text=True, check=False, timeout=PATIENCE
        )
        assert ended.returncode == 0, (arguments, ended.stderr)
        return ended.stdout

    def steps(self) -> list[str]:
        """Return the parts of the workflow that take up, read and keep."""
        if self.name == "github":
            return scripts("github")[1:4]
        return [part for part in workflow("gitlab")["pages"]["script"] if "\n" in part]

    def clone(self) -> Path:
        self._runs += 1
        clone = self.folder / f"machine-{self._runs}"
        self.git("clone", "--quiet", "--depth=1", "--branch=main", self.repository.as_uri(), str(clone))
        return clone

    def run(self, clone: Path | None = None) -> Path:
        """Run the workflow on a new machine; return its clone."""
        clone = clone or self.clone()
        for script in scripts(self.name):
            ended = self.play(script, clone)
            assert ended.returncode == 0, ended.stdout + ended.stderr
        return clone

    def play(self, script: str, clone: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-eo", "pipefail", "-c", script],
            cwd=clone,
            env=self._environ,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )

    def lose(self, branch: str) -> None:
        self.git("-C", str(self.repository), "update-ref", "-d", f"refs/heads/{branch}")

    def published(self) -> dict[str, tuple[str, str]]:
        """Return id and date of each entry that is published, by its address."""
        feed = json.loads(self.git("-C", str(self.repository), "show", f"{PUBLISHED}:all/feed.json"))
        return {item["url"]: (item["id"], item["date_published"]) for item in feed["items"]}

    def commits(self, branch: str) -> list[str]:
        return self.git("-C", str(self.repository), "rev-list", branch).split()


def test_whichever_branch_is_lost_no_id_and_no_date_is(place: Place) -> None:
    config = with_sources(place.config_path.read_text("utf-8"), "world-news")
    config = re.sub(r"^((?:min_|max_)?interval) = .*", r'\1 = "6h"', config, flags=re.MULTILINE)
    service = Service("github", place.folder, REAL, config)
    with answering(place.folder):
        lose_each(service, place)


def lose_each(service: Service, place: Place) -> None:
    service.run()
    first = service.published()
    assert first
    asked = place.newsroom.requests[LIST]
    place.newsroom.add(story("second-day"))
    service.run()
    assert service.published() == first
    assert place.newsroom.requests[LIST] == asked  # it was not due

    service.lose(MEMORY)
    service.run()
    second = service.published()
    assert first.items() < second.items()

    service.lose(PUBLISHED)
    service.run()
    assert service.published() == second
    assert place.newsroom.requests[LIST] == asked + 1


@pytest.fixture(params=SERVICES)
def service(request: pytest.FixtureRequest, tmp_path: Path) -> Service:
    return Service(request.param, tmp_path)


def test_each_machine_takes_up_what_the_last_one_left(service: Service) -> None:
    for number in range(1, 4):
        clone = service.run()
        assert (clone / "var/feedbuilder.db").read_text().splitlines() == ["one more"] * number
    if service.name == "gitlab":
        assert (clone / "public/index.html").read_bytes() == (clone / "output/index.html").read_bytes()
    for branch in (MEMORY, PUBLISHED):
        assert len(service.commits(branch)) == 1  # the repository does not grow
    installed = (service.folder / "installed").read_text("utf-8").splitlines()
    assert set(installed) == {"-m pip install --quiet feedbuilder"}
    assert service.git("-C", str(service.repository), "branch", "--format=%(refname:short)").split() == [
        MEMORY,
        PUBLISHED,
        "main",
    ]


def test_what_cannot_be_asked_is_not_taken_for_lost(service: Service) -> None:
    service.run()
    was = service.commits(MEMORY), service.commits(PUBLISHED)
    clone = service.clone()
    away = service.repository.rename(service.repository.with_name("away"))
    assert service.play(service.steps()[0], clone).returncode != 0
    away.rename(service.repository)
    assert (service.commits(MEMORY), service.commits(PUBLISHED)) == was


def test_the_work_of_a_quicker_machine_is_not_overwritten(service: Service) -> None:
    service.run()
    slow = service.clone()
    take_up, read, keep = service.steps()
    assert service.play(take_up, slow).returncode == 0
    service.run()
    was = service.commits(MEMORY), service.commits(PUBLISHED)
    assert service.play(read, slow).returncode == 0
    ended = service.play(keep, slow)
    assert ended.returncode != 0
    assert "stale info" in ended.stderr
    assert (service.commits(MEMORY), service.commits(PUBLISHED)) == was


def test_a_run_that_fails_keeps_everything_as_it_was(service: Service) -> None:
    service.run()
    was = service.commits(MEMORY), service.commits(PUBLISHED)
    service.commit({"config/broken": ""})
    clone = service.clone()
    assert [service.play(script, clone).returncode for script in service.steps()[:2]] == [0, 2]
    shutil.rmtree(clone / "var")  # nothing to keep: no branch is pushed, and none removed
    assert service.play(service.steps()[2], clone).returncode != 0
    assert (service.commits(MEMORY), service.commits(PUBLISHED)) == was


@pytest.mark.parametrize("name", SERVICES)
def test_one_machine_at_a_time_and_none_is_stopped(name: str) -> None:
    made = workflow(name)
    if name == "github":
        assert made["concurrency"] == {"group": "feeds", "cancel-in-progress": False}
        assert made[True]["schedule"] == [{"cron": "7 * * * *"}]  # YAML 1.1 takes "on" for true
        uses = [step["uses"] for step in made["jobs"]["feeds"]["steps"] if "uses" in step]
        assert uses
        assert all(use.rpartition("@v")[2].isdigit() for use in uses)
        assert made["permissions"] == {"contents": "write", "pages": "write", "id-token": "write"}
    else:
        assert made["pages"]["resource_group"] == "feeds"
        assert made["default"]["interruptible"] is False


def test_a_configuration_that_is_there_is_kept(tmp_path: Path) -> None:
    assert feedbuilder(tmp_path, "init").exit_code == 0
    config = tmp_path / "config/feedbuilder.toml"
    config.write_text("# mine\n" + config.read_text("utf-8"), "utf-8")
    refused = feedbuilder(tmp_path, "init")
    assert refused.exit_code == 2
    added = feedbuilder(tmp_path, "init", "--pages")
    assert added.exit_code == 0, added.output
    assert (tmp_path / ".github/workflows/feeds.yml").exists()
    assert config.read_text("utf-8").startswith("# mine\n")
    again = feedbuilder(tmp_path, "init", "--pages")
    assert again.exit_code == 2
    assert "feeds.yml is there already" in again.output.replace("\n", "")
    assert feedbuilder(tmp_path, "init", "elsewhere", "--pages", "gitlab").exit_code == 0
    assert (tmp_path / "elsewhere/.gitlab-ci.yml").exists()
