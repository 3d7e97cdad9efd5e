"""Several names in one field, with commas between: as people see them, and back. Pure.

A name that has a comma itself stands in quotes, as in a spreadsheet's files.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO


def joined(names: Iterable[str]) -> str:
    """Return `names` as the text of a field."""
    return ", ".join(_quoted(name) for name in names)


def parted(text: str) -> list[str]:
    """Return the names that stand in `text`, in order; quotes that nothing closes are closed by its end."""
    line = " ".join(text.split())
    try:
        parts = [part for row in csv.reader([line], skipinitialspace=True) for part in row]
    except csv.Error:  # a name of more than a hundred thousand letters
        parts = line.split(",")
    return [name for part in parts if (name := part.strip())]


def _quoted(name: str) -> str:
    text = StringIO()
    csv.writer(text, lineterminator="").writerow([name])
    return text.getvalue()
