"""What an importer hands out: a source as the configuration writes it, and the story of each of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pydantic import ValidationError

from feedbuilder.config.error_wording import told
from feedbuilder.model import Source


class Fate(StrEnum):
    """What became of a part of somebody's configuration."""

    CARRIED = "carried over"
    CHANGED = "changed"
    LOST = "not carried over"


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one part, for people."""

    fate: Fate
    text: str


@dataclass(slots=True)
class Imported:
    """One source of another tool's configuration, while it is read and afterwards."""

    place: str
    """Where it stands there, for people."""
    block: dict[str, Any] = field(default_factory=dict)
    """The keys of a source, without its id; without an address it could not be taken over."""
    findings: list[Finding] = field(default_factory=list)
    detect: bool = False
    """Whether only its address is known, and its list is to be found anew: `feedbuilder add`."""

    def carried(self, text: str) -> None:
        """Note that a part means the same here."""
        self.findings.append(Finding(Fate.CARRIED, text))

    def changed(self, text: str) -> None:
        """Note that a part is said otherwise here, or means something a little else."""
        self.findings.append(Finding(Fate.CHANGED, text))

    def lost(self, text: str) -> None:
        """Note that a part has no place here."""
        self.findings.append(Finding(Fate.LOST, text))

    def source(self, source_id: str) -> Source | None:
        """Return the source that was made of it; None where there is none, which the findings then tell."""
        if "url" not in self.block or self.detect:
            return None
        try:
            return Source.model_validate({"id": source_id, **self.block})
        except ValidationError as error:
            for place, words in told(error):
                where = ".".join(part for part in place if isinstance(part, str))
                self.lost(f"{where or 'the source'}: {words}")
            return None


@dataclass(frozen=True, slots=True)
class Import:
    """What was read of one file."""

    tool: str
    """Whose configuration it is, as people say it."""
    entries: Sequence[Imported]
