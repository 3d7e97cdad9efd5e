"""The site's name behind a title: "Harbour bridge reopens | Town News". Owns how builders part the two."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from feedbuilder.parse.plain_text import letters

_PARTS = re.compile(r"\s[-–—:/~•·*]\s|\s?[|｜»«›‹⋅]\s?|：|\s::\s")
_SHORTEST = 4
"""Letters of a label of the host that is a site's name when it stands behind a title."""


@dataclass(frozen=True, slots=True)
class SiteName:
    """What a site calls itself, as far as one of its list pages tells."""

    spellings: frozenset[str]
    """The letters alone, in lower case."""

    @classmethod
    def of(cls, page_title: str, host: str) -> Self:
        """Return the names in the title of a list page, each of its parts being one, and in the page's host."""
        labels = [label for label in host.removeprefix("www.").split(".")[:-1] if len(label) >= _SHORTEST]
        found = {letters(part) for part in (page_title, *_PARTS.split(page_title), host, *labels)}
        return cls(frozenset(found - {""}))

    def without(self, title: str) -> str:
        """Return `title` without the site's name behind it; as it is where it says nothing else."""
        marks = list(_PARTS.finditer(title[-200:]))
        if not marks or letters(title[-200:][marks[-1].end() :]) not in self.spellings:
            return title
        return title[: len(title) - len(title[-200:]) + marks[-1].start()].rstrip() or title
