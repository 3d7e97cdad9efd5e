"""What the documents show: command lines with their answers, pieces of configuration, and commands named in passing."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
"""What users read."""


@dataclass(frozen=True)
class Example:
    """A command line, and the lines that it shows as the answer."""

    line: str
    answer: tuple[str, ...]

    @property
    def words(self) -> list[str]:
        return shlex.split(self.line, comments=True)


def blocks(page: Path, language: str) -> list[str]:
    """Return the blocks of code of this language."""
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)


def examples(page: Path) -> Iterator[Example]:
    for block in blocks(page, "console"):
        for part in re.split(r"^\$ ", block.replace("\\\n", ""), flags=re.MULTILINE)[1:]:
            line, *answer = part.splitlines()
            yield Example(line, tuple(one for one in answer if one != "…"))


def commands(*pages: Path) -> list[Example]:
    """Return the calls of our program that a shell would carry out, in their order."""
    return [one for page in pages for one in examples(page) if one.words[0] == "feedbuilder"]


def named(page: Path) -> Iterator[list[str]]:
    """Yield the words of each call that stands in running text, or in a block of shell that no test can carry out."""
    text = page.read_text("utf-8")
    shell = "\n".join(blocks(page, "sh"))
    prose = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    for call in (
        *re.findall(r"`feedbuilder ([^`\n]+)`", prose),
        *re.findall(r"^feedbuilder (.+)$", shell, re.MULTILINE),
    ):
        yield shlex.split(call.replace("…", ""))
