"""Which items are wanted by what they say: one vocabulary for sources, before anything is remembered, and for feeds.

Owns the parts of an item that a filter speaks of, and what each asks; a part that nothing was said of matches nothing.
Pure: the age of an item is what it was when it was first seen, so that no item leaves a feed by growing old.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field

from feedbuilder.model.items import Item, StoredItem
from feedbuilder.model.setting_types import Pattern, Settings, as_list
from feedbuilder.model.units import Duration, format_duration
from feedbuilder.model.wording import words_of

MOST_SEARCHED = 50_000
"""Characters of a text that patterns are tried on."""
_CODE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def _language(code: str) -> str:
    if not _CODE.fullmatch(code):
        raise ValueError('expected the code of a language, such as "en" or "pt"')
    return code


Patterns = Annotated[tuple[Pattern, ...], BeforeValidator(as_list, json_schema_input_type=Pattern | list[Pattern])]
Texts = Annotated[
    tuple[Annotated[str, Field(min_length=1)], ...], BeforeValidator(as_list, json_schema_input_type=str | list[str])
]
Languages = Annotated[
    tuple[Annotated[str, AfterValidator(_language)], ...],
    BeforeValidator(as_list, json_schema_input_type=str | list[str]),
]


class Filter(Settings):
    """What is asked of the parts of an item; of several patterns or texts for one part, one must match."""

    title: Patterns = Field((), description="Searched for in the title.")
    summary: Patterns = Field((), description="Searched for in the summary.")
    content: Patterns = Field((), description="Searched for in the text, where one was read.")
    text: Patterns = Field((), description="Searched for in title, summary and text.")
    link: Patterns = Field((), description="Searched for in the address of the article.")
    author: Patterns = Field((), description="Searched for in the names of the authors.")
    tag: Patterns = Field((), description="Searched for in the names of its tags.")
    begins: Texts = Field((), description="The title begins with these words; case does not matter.")
    language: Languages = Field(
        (),
        description="It is written in one of these languages, by its script and small words. Where that is not sure, "
        "the item is let through.",
    )
    longer_than: int | None = Field(
        None, ge=0, description="Its text, else its summary, has more than so many characters."
    )
    shorter_than: int | None = Field(
        None, ge=1, description="Its text, else its summary, has fewer than so many characters."
    )
    older_than: Duration | None = Field(
        None, description="It was published longer ago than this, when it was first seen."
    )
    younger_than: Duration | None = Field(
        None, description="It was published less long ago than this, when it was first seen; as is what has no date."
    )
    since: date | None = Field(None, description="It was published on this day or later.")
    until: date | None = Field(None, description="It was published on this day or before.")


@dataclass(frozen=True)
class Filterable:
    """An item, as filters see it."""

    title: str | None
    summary: str | None
    link: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    html: str | None
    published: datetime
    """Where the site did not say: when it was first seen."""
    seen: datetime
    """For the first time."""
    zone: ZoneInfo

    @classmethod
    def of_item(cls, item: Item, published: datetime, now: datetime, zone: ZoneInfo) -> Self:
        """Return what a list shows at `now` of the site in `zone`, with the date that it would be published under."""
        parts = (item.title, item.summary, item.link, item.authors, item.tags, item.content_html)
        return cls(*parts, published, now, zone)

    @classmethod
    def of_entry(cls, entry: StoredItem) -> Self:
        """Return what is remembered."""
        parts = (entry.title, entry.summary, entry.link, entry.authors, entry.tags, entry.content_html)
        return cls(*parts, entry.published, entry.first_seen, entry.zone)

    @cached_property
    def words(self) -> str | None:
        """Return its text as plain text, None where it has none; several filters ask for it."""
        return words_of(self.html) if self.html else None

    @property
    def whole(self) -> str:
        """Return its text, else its summary, as plain text."""
        return (self.words or "") if self.html else self.summary or ""

    @property
    def age(self) -> timedelta:
        """Return how old it was when it was first seen."""
        return self.seen - self.published

    @property
    def day(self) -> date:
        """Return the day on which it was published, at its site."""
        return self.published.astimezone(self.zone).date()


def left_out_by(include: Filter, exclude: Filter, item: Filterable) -> str | None:
    """Return which part of `include` an item does not match, or of `exclude` it does, as people write it.

    None for an item that is wanted.
    """
    for name, asked in _named(include):
        if _PARTS[name](asked, item) is False:
            return f"include: {name} = {_written(asked)}"
    for name, asked in _named(exclude):
        if _PARTS[name](asked, item):
            return f"exclude: {name} = {_written(asked)}"
    return None


def _named(asked: Filter) -> Iterator[tuple[str, Any]]:
    for name in _PARTS if asked.model_fields_set else ():
        if (value := getattr(asked, name)) not in (None, ()):
            yield name, value


def _written(asked: Any) -> str:
    if isinstance(asked, timedelta):
        return f'"{format_duration(asked)}"'
    if isinstance(asked, tuple):
        texts = [f'"{one.pattern if isinstance(one, re.Pattern) else one}"' for one in asked]
        return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"
    return str(asked)


def _found(patterns: tuple[re.Pattern[str], ...], *texts: str | None) -> bool:
    return any(pattern.search(text[:MOST_SEARCHED]) for pattern in patterns for text in texts if text)


def _begins(asked: tuple[str, ...], item: Filterable) -> bool:
    title = " ".join((item.title or "").split()).casefold()
    starts = filter(None, (" ".join(one.split()).casefold() for one in asked))
    return any(title.startswith(one) and not (one[-1].isalnum() and title[len(one) :][:1].isalnum()) for one in starts)


def _is_in(asked: tuple[str, ...], item: Filterable) -> bool | None:
    from feedbuilder.model.language_guess import language_of, primary  # noqa: PLC0415 - few filters ask for it

    said = " ".join(filter(None, (item.title, item.summary, item.words)))
    language = language_of(said)
    return None if language is None else language in map(primary, asked)


_PARTS: Mapping[str, Callable[[Any, Filterable], bool | None]] = {
    "title": lambda asked, item: _found(asked, item.title),
    "summary": lambda asked, item: _found(asked, item.summary),
    "content": lambda asked, item: _found(asked, item.words),
    "text": lambda asked, item: _found(asked, item.title, item.summary, item.words),
    "link": lambda asked, item: _found(asked, item.link),
    "author": lambda asked, item: _found(asked, *item.authors),
    "tag": lambda asked, item: _found(asked, *item.tags),
    "begins": _begins,
    "language": _is_in,
    "longer_than": lambda asked, item: len(item.whole) > asked,
    "shorter_than": lambda asked, item: len(item.whole) < asked,
    "older_than": lambda asked, item: item.age > asked,
    "younger_than": lambda asked, item: item.age < asked,
    "since": lambda asked, item: item.day >= asked,
    "until": lambda asked, item: item.day <= asked,
}
"""By key, what it asks of an item; None where that is not known, and the item is let through."""
