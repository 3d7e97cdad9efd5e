"""What a page's data add to the cards of its list: the exact date, the whole title, author and picture.

Only where both name one address. Owns which of the two is believed in what.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache

from selectolax.lexbor import LexborHTMLParser

from feedbuilder.model import Item, Precision, SaidDate, Selectors
from feedbuilder.model.wording import fuller, without_ellipsis
from feedbuilder.parse.data.entries import Entry, read_entry
from feedbuilder.parse.raw_card import RawCard

_SAME_DAY = timedelta(hours=36)
"""So far apart are a moment and the midnight of its day in any two zones of the world, nearly."""
_ARTICLE_TYPE = re.compile(r"schema\.org/\w*(?:Article|Posting|Report)\b")
"""What stands on every page whose microdata may add something: others are not parsed once more."""
_FEW = 3
"""Articles that may come out in one second; more of them show a site that writes its own time for theirs."""

Address = Callable[[str], str | None]
"""Returns the canonical address that a written one leads to, None for one that is no article's."""


@dataclass(frozen=True, slots=True)
class DataByAddress:
    """What the data of one page say, by canonical address."""

    _by_address: dict[str, RawCard] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, address: Address) -> DataByAddress:
        """Return what the JSON-LD and microdata in the HTML `text` say. Never raises; mostly there is nothing."""
        known: dict[str, RawCard] = {}
        for entry in _entries(text):
            card = read_entry(entry, _everything())
            canonical = next((found for link in card.links[:1] if (found := address(link.href))), None)
            if canonical:
                known[canonical] = _together(known[canonical], card) if canonical in known else card
        moments = Counter(card.dates[0] for card in known.values() if card.dates)
        if len(moments) == 1 and moments.total() > _FEW and ":" in next(iter(moments)):
            return cls({canonical: replace(card, dates=()) for canonical, card in known.items()})
        return cls(known)

    def __bool__(self) -> bool:
        return bool(self._by_address)

    def dates(self, canonical: str) -> tuple[str, ...]:
        """Return when the article at `canonical` was published, as the data write it; empty if they do not say."""
        card = self._by_address.get(canonical)
        return card.dates if card else ()

    def complete(self, item: Item, picture: Address) -> Item:
        """Return `item` with what it leaves out filled in, and its title whole; but for the date."""
        data = self._by_address.get(item.canonical)
        if data is None:
            return item
        return replace(
            item,
            title=_whole(item.title, data.title),
            authors=item.authors or data.authors,
            image=item.image or next((url for src in data.images if (url := picture(src))), None),
            enclosures=item.enclosures or tuple(url for src in data.media if (url := picture(src))),
        )


def believed(data: SaidDate | None, text: SaidDate | None) -> SaidDate | None:
    """Return which of two dates counts: that of the data, unless the text says the time of what they say the day of."""
    if data is None or text is None:
        return data or text
    closer = data.precision is Precision.DAY and text.precision is not Precision.DAY
    return text if closer and abs(text.at - data.at) < _SAME_DAY else data


def _whole(title: str | None, other: str | None) -> str | None:
    """Return `other` if there is no title, or if it is clearly the whole of one that was cut.

    What merely goes on after a word may be the name of the site: "Talks resume | The Daily".
    """
    if title is None or other is None:
        return title or other
    if without_ellipsis(title) != title or other[len(title) : len(title) + 1].isalnum():
        return fuller(title, other)
    return title


def _entries(text: str) -> Iterable[Entry]:
    if "ld+json" in text:
        from feedbuilder.parse.data import json_ld  # noqa: PLC0415 - most lists have none
        from feedbuilder.parse.data.scripts import linked_data  # noqa: PLC0415 - likewise

        yield from json_ld.entries(linked_data(text))
    if "itemprop" in text and _ARTICLE_TYPE.search(text):
        from feedbuilder.parse.data import markup_data  # noqa: PLC0415 - likewise

        yield from markup_data.entries(LexborHTMLParser(text), "microdata")


@cache
def _everything() -> Selectors:
    return Selectors.model_validate({"from": "json-ld"})


def _together(upper: RawCard, lower: RawCard) -> RawCard:
    return replace(
        upper,
        title=_whole(upper.title, lower.title),
        dates=upper.dates or lower.dates,
        authors=upper.authors or lower.authors,
        images=upper.images or lower.images,
        media=upper.media or lower.media,
    )
