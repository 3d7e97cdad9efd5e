"""A page whose changes are watched: which part of it, and what it said when it was last read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, Field

from feedbuilder.model.items import Item
from feedbuilder.model.setting_types import Pattern, Settings

PLACES = ("page", "date", "time", "added", "removed", "first")
"""What a title may name in braces."""
_PLACE = re.compile(r"\{([^{}]{0,40})\}")


def _title(text: str) -> str:
    unknown = [name for name in _PLACE.findall(text) if name not in PLACES]
    if unknown or not text.strip():
        raise ValueError(f"expected a title with {', '.join(f'{{{name}}}' for name in PLACES)} in it, where wanted")
    return text


class ChangesSettings(Settings):
    """What of a page is watched, and what counts as a change of it."""

    selector: Annotated[str, Field(min_length=1)] | None = Field(
        None, description="What is watched: every match, in page order. Without it: the main text of the page."
    )
    remove: tuple[Annotated[str, Field(min_length=1)], ...] = Field(
        (), description="Selectors of what is left out: counters, advertisements, the date of today."
    )
    ignore: tuple[Pattern, ...] = Field(
        (), description="Regular expressions: what they match in a line is no change, and is shown as it stands."
    )
    numbers: bool = Field(True, description="Whether a change of nothing but numbers is one.")
    title: Annotated[str, AfterValidator(_title)] = Field(
        "{page}: {date} {time}",
        description="The title of an entry. {page} is that of the page, {date} and {time} when it was seen, {added} "
        "and {removed} how many lines came and went, {first} the first of those that came, else that went.",
    )

    def titled(self, names: dict[str, str]) -> str:
        """Return the title with `names` in their places."""
        return " ".join(_PLACE.sub(lambda found: names.get(found[1], ""), self.title).split())


@dataclass(frozen=True, slots=True)
class Edition:
    """What the watched part of a page said, as far as the next reading needs it."""

    settings: str
    """A mark of what it was read by; what was read by other settings is no former state of it."""
    lines: tuple[str, ...]
    former: tuple[str, ...] = ()
    """Digests of the editions that were given up for another, oldest first."""
    restless: int = 0
    """Readings in a row that each brought a change."""
    is_doubted: bool = False
    """Whether the last reading found hardly anything of it, and was not believed."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What one reading found of a watched page."""

    edition: Edition
    """To be remembered."""
    item: Item | None = None
    """The change, with the lines around it; None where there is none."""
    note: str | None = None
    """What people should know of it."""
    refused: str | None = None
    """Why the reading is not believed; then nothing but `edition` is remembered."""
