"""What a source has learnt about the addresses of its articles: which part of them changes and means nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AddressRule:
    """One part of a source's addresses that changes while the stories stay the same."""

    place: str
    """As `parse.address_parts.Spot` has it: "parameter", "segment"."""
    name: str
    """Of a parameter its name; of a part of the path its place and the number of parts: "0/3"."""
    learnt: datetime
    before: str
    """An address of one of the stories that taught it, as it was known."""
    after: str
    """The address of the same story that was new."""
    tells_apart: bool = False
    """Whether nothing else in the addresses tells the stories apart: then title and date have to."""

    def sentence(self) -> str:
        """Return what was learnt, for people."""
        if self.place == "parameter":
            part = f"the parameter {self.name}"
        else:
            index, _, count = self.name.partition("/")
            part = f"part {int(index) + 1} of {count} of the path"
        how = "stories are recognised by title and date" if self.tells_apart else "it is ignored"
        return f"{part} of its addresses changes while stories stay the same; {how} ({self.before} became {self.after})"
