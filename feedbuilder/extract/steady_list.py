"""A list that says what it said at the last reading: its items are those of then, and need not be made again.

Owns what has to be the same for that: what each card says and leads to, the page's title and base, and that nothing
about its dates depends on the moment. Pure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from operator import attrgetter
from typing import Self

from feedbuilder.model import Item, ListProfile
from feedbuilder.parse.links import Link, Links
from feedbuilder.parse.raw_card import RawCard

SIZE = 400
"""Bytes that an item takes beside the texts that it shares with its card, roughly."""
_said = attrgetter(*Item.__slots__)


@dataclass(slots=True)
class SteadyList:
    """The items of a list, and what they were made of."""

    cards: tuple[tuple[RawCard, Link | None], ...]
    links: Links
    """What read its links, without those that it read."""
    title: str
    """Of the page."""
    since: datetime
    """When it was read: at no moment from then on its dates are others."""
    items: tuple[Item, ...]
    _do_dates_last: Callable[[], bool]
    """Asked for once a page says the same: most often there is a new story before."""
    is_repeated: bool
    """Whether another page has said the same."""
    _mark: str | None = None
    _usual: ListProfile | None = None
    _lasts: bool | None = None

    @classmethod
    def of(
        cls,
        cards: tuple[tuple[RawCard, Link | None], ...],
        links: Links,
        title: str,
        since: datetime,
        items: tuple[Item, ...],
        do_dates_last: Callable[[], bool],
        *,
        is_repeated: bool,
    ) -> Self:
        """Return what is remembered of a list; `do_dates_last`: whether its dates are the same at any later moment."""
        links = replace(links, known={}, shown={}, before=None)
        return cls(cards, links, title, since, items, do_dates_last, is_repeated)

    def is_said_by(
        self, cards: tuple[tuple[RawCard, Link | None], ...], links: Links, title: str, now: datetime
    ) -> bool:
        """Return whether a page that says this `now` lists the same items."""
        return self.cards == cards and self.title == title and self.links == links and now >= self.since

    def lasts(self) -> bool:
        """Return whether its items are the same at any later moment."""
        if self._lasts is None:
            self._lasts = self._do_dates_last()
        return self._lasts

    @property
    def size(self) -> int:
        """Return how many bytes it takes beside its cards, roughly."""
        return sum(SIZE + 2 * len(item.content_html or "") for item in self.items)

    def mark(self, settings: str) -> str:
        """Return what tells this list from any other of its source, as it is read by `settings`."""
        if self._mark is None:
            written = repr((settings, [_said(item) for item in self.items]))
            self._mark = hashlib.blake2b(written.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        return self._mark

    @property
    def usual(self) -> ListProfile:
        """Return its profile."""
        if self._usual is None:
            self._usual = ListProfile.of(self.items)
        return self._usual
