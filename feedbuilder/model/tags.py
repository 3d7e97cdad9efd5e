"""Tags across the whole store: what the configuration says of their names, how they are spelled, the feeds they made.

Two spellings are one tag if their keys are equal (`model.wording.tag_key`). Knows no items.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from feedbuilder.model.feed import Names
from feedbuilder.model.setting_types import Settings

Name = Annotated[str, Field(min_length=1)]


class TagRules(Settings):
    """What tags are called, and which mean nothing."""

    aliases: dict[Name, Names] = Field(
        {}, description="The name to show, and the other names of that tag; in whatever spelling."
    )
    drop: Names = Field((), description="Tags that say nothing: no entry shows them, and no feed is chosen by them.")


@dataclass(frozen=True, slots=True)
class TagUse:
    """How often the store has a tag in one spelling."""

    key: str
    name: str
    """As `model.wording.tag_name` gives it."""
    items: int
    """What carries it in this spelling; an item that several lists give it counts for each of them."""
    configured: bool = False
    """Whether a source has it from the configuration, for all its items; such a use is that of one source."""


@dataclass(frozen=True, slots=True)
class TagFeed:
    """The address that a tag was given by a table with `auto = "tags"`; for good."""

    slug: str
    table: str
    """The slug of that table; empty where it has none."""
    key: str
    """Of the tag, as it was when the address was given."""
    name: str
    """What the tag was shown as then."""
