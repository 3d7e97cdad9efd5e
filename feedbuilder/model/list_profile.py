"""What the list of a source usually looks like, in a few numbers that are kept from reading to reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Self

from feedbuilder.model.items import Item

_WEIGHT = 0.2
"""Of the last reading in what is usual: a list that grew for good is the usual one after a dozen readings."""

_FADING = 0.98
"""Of the longest rest, at each reading with news: a summer's is forgotten after some months."""


@dataclass(frozen=True, slots=True)
class ListProfile:
    """What is usual for a list: how many items it has, and the share of them (0 to 1) that show each field."""

    items: float
    titles: float
    """Different titles, as a share of the items."""
    dates: float
    summaries: float
    images: float
    rest: float = 0.0
    """Hours between two readings with news, at most; long ago counts less. 0 until there was a second one."""

    @classmethod
    def of(cls, items: Sequence[Item]) -> Self:
        """Return the profile of one reading; of no items, all zeros."""
        count = max(len(items), 1)
        return cls(
            items=len(items),
            titles=len({item.title for item in items if item.title}) / count,
            dates=sum(item.published is not None for item in items) / count,
            summaries=sum(item.summary is not None for item in items) / count,
            images=sum(item.image is not None for item in items) / count,
        )

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Return the profile that `as_json` gave."""
        return cls(**{one.name: float(value.get(one.name, 0.0)) for one in fields(cls)})

    def as_json(self) -> dict[str, float]:
        """Return it as a JSON object."""
        return asdict(self)

    def rounded(self) -> ListProfile:
        """Return it with two digits: what stays the same is not to be written at every reading."""
        return ListProfile(**{one.name: round(getattr(self, one.name), 2) for one in fields(self)})

    def after(self, now: ListProfile) -> ListProfile:
        """Return what is usual after one more good reading, which looks like `now`."""
        mixed = {
            one.name: (1 - _WEIGHT) * getattr(self, one.name) + _WEIGHT * getattr(now, one.name)
            for one in fields(self)
            if one.name != "rest"
        }
        return replace(self, **mixed)

    def anew(self, items: Sequence[Item]) -> ListProfile:
        """Return what is usual for a list that looks otherwise from this reading on; its site rests as it did."""
        return replace(ListProfile.of(items), rest=self.rest)

    def after_rest(self, hours: float) -> ListProfile:
        """Return what is usual after so many hours without news, which are over."""
        return replace(self, rest=max(hours, _FADING * self.rest))
