"""A Containerfile as its steps, to be played on this machine: files copied, commands run, in folders of a test.

Knows the instructions that ours uses; another one is a mistake here, and not passed over.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Stage:
    """What is between two FROM."""

    base: str
    name: str | None = None
    steps: list[tuple[str, str]] = field(default_factory=list)

    def values(self, instruction: str) -> list[str]:
        return [value for name, value in self.steps if name == instruction]

    def command(self, instruction: str) -> list[str]:
        """Return the last such instruction, which is written as a list of words."""
        words: list[str] = json.loads(self.values(instruction)[-1].partition("CMD ")[2] or self.values(instruction)[-1])
        return words

    @property
    def environment(self) -> dict[str, str]:
        return dict(re.findall(r"(\w+)=(\S+)", " ".join(self.values("ENV"))))


PLAYED = {"ARG", "WORKDIR", "COPY", "RUN"}
TOLD = {"ENV", "USER", "VOLUME", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK", "ENTRYPOINT", "CMD"}


def stages(text: str) -> list[Stage]:
    """Return the stages of a Containerfile, in order."""
    found: list[Stage] = []
    joined = re.sub(r"\\\n\s*", "", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE))
    for line in filter(None, map(str.strip, joined.splitlines())):
        instruction, _, value = line.partition(" ")
        if instruction == "FROM":
            base, _, name = value.partition(" AS ")
            found.append(Stage(base, name or None))
        else:
            assert instruction in PLAYED | TOLD, line
            found[-1].steps.append((instruction, value.strip()))
    return found


class Played:
    """A stage, played below a folder that stands for the container's root."""

    def __init__(self, root: Path, context: Path, moved: Sequence[str], environ: Mapping[str, str]) -> None:
        self.root, self._context, self._moved, self._environ = root, context, moved, environ
        self._work = root
        self._arguments: dict[str, str] = {}

    def here(self, text: str) -> str:
        """Return `text` with the paths of the container that were moved where they are here."""
        for path in self._moved:
            text = re.sub(rf"(?<![\w/.]){path}(?=/|\b)", f"{self.root}{path}", text)
        return text

    def play(self, instruction: str, value: str) -> None:
        if instruction == "WORKDIR":
            self._work = Path(self.here(value))
            self._work.mkdir(parents=True, exist_ok=True)
        elif instruction == "COPY":
            *sources, target = value.split()
            for source in sources:
                self._copy(self._context / source, self._work / target)
        elif instruction == "ARG":
            name, _, default = value.partition("=")
            self._arguments[name] = default
        elif instruction == "RUN":
            command = ["sh", "-ec", self.here(value)]
            ended = subprocess.run(
                command,
                cwd=self._work,
                env={**self._environ, **self._arguments},
                capture_output=True,
                text=True,
                check=False,
            )
            assert ended.returncode == 0, (value, ended.stdout, ended.stderr)

    def _copy(self, source: Path, target: Path) -> None:
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target / source.name if target.is_dir() else target)
