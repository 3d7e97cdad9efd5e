"""Prints the table of all dates that are read: python -m feedbuilder.parse.dates > docs/dates.md."""
# ruff: noqa: T201 - a program that prints

from __future__ import annotations

from feedbuilder.parse.dates.forms_document import forms_document

if __name__ == "__main__":
    print(forms_document(), end="")
