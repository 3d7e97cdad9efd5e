"""Regular expressions on shapes: what forms of dates, times and distances are written in. Knows none of them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cached_property

from feedbuilder.parse.dates.words import WORD, Role, characters_of

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_LABELS = (Role.PUBLISHED, Role.UPDATED, Role.EVENT)
_GROUPS = {
    "half": (Role.FORENOON, Role.AFTERNOON, Role.NIGHT, Role.NOON),
    "label": _LABELS,
    "any_month": (Role.MONTH, Role.JALALI_MONTH),
    "letters": tuple(role for role in Role if role not in (*_LABELS, Role.AT)),
}
_NUMBERS = {"number": "[12]", "any_number": "[123489]"}


class ShapePattern:
    """A pattern on shapes: in its template, "{month}" stands for a word that may be the name of a month.

    So do the names of all roles; "{half}" is any word for a half of the day, "{letters}" any word but labels,
    "{number}" has one or two digits. Compiled when it is first used.
    """

    def __init__(self, template: str) -> None:
        self.template = template

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern as `re` knows it."""
        return re.compile(_PLACEHOLDER.sub(_characters, self.template))

    def search(self, line: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Search as `re.Pattern.search` does."""
        return self.compiled.search(line, start, end)

    def match(self, line: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Match as `re.Pattern.match` does."""
        return self.compiled.match(line, start, end)

    def finditer(self, line: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Find all matches as `re.Pattern.finditer` does."""
        return self.compiled.finditer(line, start, end)


def _characters(placeholder: re.Match[str]) -> str:
    name = placeholder[1]
    if name in _NUMBERS:
        return _NUMBERS[name]
    roles = _GROUPS.get(name) or (Role[name.upper()],)
    return f"[{characters_of(*roles)}{WORD if name == 'letters' else ''}]"
