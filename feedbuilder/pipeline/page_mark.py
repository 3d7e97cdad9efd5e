"""By what the page of a source is known that listed what it did before, and what that was good for so far. Pure.

Owns when it is worth it to learn where a page moves, and after how many pages that were known by it one is read.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Self

from feedbuilder.model import Page

MOST_UNREAD = 12
"""So many pages in a row are known without being read; what was learnt may miss something, and then no more than so."""
WORTH_LEARNING = 6
"""What was learnt served so often that it is learnt anew at once: that takes about as long as it spared."""
_EVERY = 97
"""A sample of a page is one byte of so many: a prime, for what repeats on a page does so after round numbers."""


@dataclass(frozen=True, slots=True)
class PageMark:
    """What is known of the last page of a source."""

    sample: str = ""
    """A hash of some of its bytes, and of what came with it."""
    whole: str = ""
    """A hash of all of it, where the page before had that sample too."""
    readings: int = 0
    """How many pages that listed the same were read, since it was another list, or since what was learnt served."""
    unread: int | None = None
    """How many pages were known since the last of these, without being read, by where it moves; None: none can be."""

    @classmethod
    def read(cls, text: str | None) -> Self:
        """Return what `text` gave; one of nothing for what another version of the program wrote."""
        sample, whole, readings, unread, *_ = (*(text or "").split(" "), "", "", "")
        return cls(sample, whole, int(readings or 0), int(unread) if unread else None)

    @property
    def text(self) -> str:
        """Return it as the store keeps it."""
        return f"{self.sample} {self.whole} {self.readings} {'' if self.unread is None else self.unread}"

    def after(self, page: Page) -> Self:
        """Return by what `page` is known, which comes after the one of this mark."""
        about = f"{page.url}\0{page.content_type}\0{len(page.body)}\0".encode("utf-8", "surrogatepass")
        sample = _digest(about + page.body[::_EVERY])
        return replace(self, sample=sample, whole=_digest(page.body) if self.sample == sample else "")

    def after_read(self, page: Page, *, is_same_list: bool) -> Self:
        """Return by what `page` is known if it was read; `is_same_list`: and lists what the one of this mark did."""
        if not is_same_list:
            return replace(self.after(page), readings=0, unread=None)
        readings = 1 if self._served else self.readings + 1
        return replace(self.after(page), readings=readings, unread=None if self.unread is None else 0)

    def is_same_page(self, before: PageMark) -> bool:
        """Return whether a page of this mark is the one `before`, to the last byte."""
        return bool(self.whole) and (self.sample, self.whole) == (before.sample, before.whole)

    @property
    def may_be_unread(self) -> bool:
        """Return whether the next page may go unread if nothing but what always moves has moved."""
        return self.unread is not None and self.unread < MOST_UNREAD

    @property
    def is_worth_learning(self) -> bool:
        """Return whether more is to be learnt of where the page moves if the next one is read.

        What is quiet for long will hardly be another list soon: of the second page, the fourth, the eighth, …
        """
        if self._served:
            return self.may_be_unread  # else it is read only to make sure
        return self.readings > 0 and (self.readings & (self.readings + 1)) == 0

    @property
    def _served(self) -> bool:
        return self.unread is not None and self.unread >= WORTH_LEARNING


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()
