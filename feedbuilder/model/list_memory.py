"""What is remembered of a list beside its stories: what is usual, what is strange, and how it was found again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from feedbuilder.model.items import Item
from feedbuilder.model.list_profile import ListProfile
from feedbuilder.model.page_facts import KnownNames, Surroundings
from feedbuilder.model.selectors import Selectors


@dataclass(frozen=True, slots=True)
class AskedOfList:
    """What is asked of a list that is read again and again, beside its items."""

    before: str | None = None
    """The mark that it had, if it may have it still: where it has, that is all that is told."""
    surroundings: bool = False
    """Whether what `Reader.facts` and `kept_copy` say is wanted too; it may be left out."""
    still: bytes | None = None
    """What was learnt of where its page moves, empty for nothing, if more is to be learnt from this one."""


ONLY_ITEMS = AskedOfList()


@dataclass(frozen=True, slots=True)
class FamiliarList:
    """What one reading of a list found that is read again and again, and what the next one may go by."""

    items: tuple[Item, ...]
    cards: bytes | None = None
    """What is to be kept of its cards, in place of what was kept before; None where that will do."""
    surroundings: Surroundings | None = None
    """None where it was not asked for, or is to be asked for by itself."""
    mark: str | None = None
    """What it is known again by; None where it may be another one at another moment, and as long as nobody asks."""
    as_before: ListProfile | None = None
    """What the list looks like where it has the mark that was asked about: then its items are not told once more."""
    still: bytes | None = None
    """What was learnt of where its page moves, in place of what was before; None where that will do."""


class RepairState(StrEnum):
    """What becomes of learnt selectors."""

    ACTIVE = "active"
    """The list is read by them, in place of those of the configuration."""
    PROPOSED = "proposed"
    """Somebody has to accept them first (`heal = "propose"`)."""
    RESTING = "resting"
    """Those of the configuration find the list again; these stay at hand, for pages that come in two layouts."""


@dataclass(frozen=True, slots=True)
class Repair:
    """Selectors that were learnt from a page on which those of the configuration did not find the list."""

    selectors: Selectors
    settings: Mapping[str, Any]
    """What the source must say besides, such as `keep_fragment`."""
    learnt: datetime
    evidence: str
    """Why they were believed, as a sentence."""
    reason: str
    """What was wrong with what the configured selectors found, as a sentence."""
    state: RepairState = RepairState.ACTIVE

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Return the repair that `as_json` gave. Raises ValueError for selectors that this version does not know."""
        return cls(
            Selectors.model_validate(value["selectors"]),
            value["settings"],
            datetime.fromisoformat(value["learnt"]),
            value["evidence"],
            value["reason"],
            RepairState(value["state"]),
        )

    def as_json(self) -> dict[str, Any]:
        """Return it as a JSON object."""
        return {
            "selectors": self.selectors.model_dump(mode="json", by_alias=True, exclude_defaults=True),
            "settings": dict(self.settings),
            "learnt": self.learnt.isoformat(),
            "evidence": self.evidence,
            "reason": self.reason,
            "state": self.state.value,
        }


@dataclass(frozen=True, slots=True)
class Gap:
    """Further pages of a list that readings broke off before.

    They stand in front of what was known before that; those of the very first reading stand behind what it read.
    """

    since: datetime | None
    """What was known before this moment is what they are found by; None for all that is known at the next reading."""
    tries: int = 1
    """How many readings in a row broke off."""
    behind: int = 0
    """How many pages are wanted behind what was known then: those that the first reading of all could not read."""


@dataclass(frozen=True, slots=True)
class ListMemory:
    """What is remembered of the list of a source, as long as the source is configured as it was."""

    settings: str = ""
    """Of the source's settings that it holds for (`extract.settings_mark`); by other ones a list may look otherwise."""
    profile: ListProfile | None = None
    """What is usual; None until the first good reading."""
    strange: Mapping[str, int] = field(default_factory=dict)
    """In how many readings in a row each sign was seen, by its name; empty after a reading as usual."""
    repair: Repair | None = None
    names: KnownNames | None = None
    """How its page calls itself; None until it was asked."""
    gap: Gap | None = None
    """The pages that the last reading could not read; None where it read all that it was to read."""
    still: bytes | None = None
    """By what its page is known again when nothing but what always moves has moved; see `extract.still_page`."""
