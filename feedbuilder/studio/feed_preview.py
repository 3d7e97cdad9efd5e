"""The feed as a reader will show it, while nothing of it is stored yet: entries for people, and what is to be said.

Pure: items that were read, the source that would read them and the present moment in, a view out. What stands in an
entry is decided by `store.merge` and `feeds.compose`, as for a real feed; here it is put into words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from feedbuilder.extract import title_doubts
from feedbuilder.feeds import Entry, compose
from feedbuilder.feeds.xml_texts import day, day_and_time, offset_name, readable_address
from feedbuilder.model import Articles, Feed, Item, Precision, Site, Source
from feedbuilder.model.wording import without_ellipsis
from feedbuilder.store import merge

FEW = 5
"""Articles below which a list is worth a second look: most front and section pages show ten and more."""


@dataclass(frozen=True, slots=True)
class PreviewEntry:
    """One entry as a reader shows it, in words."""

    card: int
    """The place of its item among those that were read, 0 being the first: by it the page's card is found."""
    title: str
    """Never empty; where the page says none, what readers will see instead."""
    is_own_title: bool
    """Whether the page says the title where the source looks for it."""
    link: str
    host: str
    date: str | None
    """For people, in the site's zone: "6 February 2026, 14:28", a day alone where the page says no time; None: none."""
    machine_date: str | None
    """The same for the attribute of `<time>`."""
    zone: str | None
    """The offset of a time of day, "UTC+1"; None for a day alone."""
    summary: str | None
    image: str | None
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    problems: tuple[str, ...]
    """What is missing or cut, each a few words."""


@dataclass(frozen=True, slots=True)
class FeedPreview:
    """A feed that is not there yet."""

    title: str
    entries: tuple[PreviewEntry, ...]
    """In the order of the feed, newest first."""
    warnings: tuple[str, ...]
    """Sentences about the feed as a whole, the gravest first."""
    shows_pictures: bool
    """Whether pictures may be asked of the site; else their places are shown."""

    @property
    def count(self) -> str:
        """Return how many entries there are: "One article", "12 articles"."""
        return {0: "No articles", 1: "One article"}.get(len(self.entries), f"{len(self.entries):,} articles")


def feed_preview(
    items: Sequence[Item], source: Source, now: datetime, *, zone_doubt: str | None = None, shows_pictures: bool = False
) -> FeedPreview:
    """Return the feed that `items` give when they are read at `now` by `source`.

    `zone_doubt` says, where nothing proves the zone in which the page writes its times, why not (without a full stop).
    """
    merged = sorted(
        (change.item for change in merge(items, {}, source, now).changes),
        key=lambda entry: entry.published,
        reverse=True,
    )
    document = compose(Feed(slug="preview", title=source.name), merged, [source], Site(), now)
    places = {item.canonical: place for place, item in reversed(list(enumerate(items)))}
    shown = tuple(
        _entry(entry, places[stored.canonical], items[places[stored.canonical]], stored.precision)
        for entry, stored in zip(document.shown, merged, strict=True)
    )
    return FeedPreview(source.name, shown, tuple(_warnings(items, source, zone_doubt)), shows_pictures)


def _entry(entry: Entry, card: int, item: Item, precision: Precision) -> PreviewEntry:
    moment = entry.published
    has_time = precision is Precision.INSTANT
    dated = precision is not Precision.SEEN
    return PreviewEntry(
        card=card,
        title=entry.title,
        is_own_title=item.title is not None and not item.title_guessed,
        link=entry.link,
        host=readable_address(entry.link).partition("/")[0],
        date=(day_and_time(moment) if has_time else day(moment)) if dated else None,
        machine_date=(moment.isoformat() if has_time else moment.date().isoformat()) if dated else None,
        zone=offset_name(moment) if has_time else None,
        summary=entry.summary if entry.summary != entry.title else None,
        image=entry.image,
        authors=entry.authors,
        tags=entry.tags,
        problems=tuple(_problems(item, dated=dated)),
    )


def _problems(item: Item, *, dated: bool) -> Iterator[str]:
    if item.title is None:
        yield "no title"
    elif item.title_guessed:
        yield "title not found where it is looked for"
    elif _is_cut(item.title):
        yield "title cut short"
    if item.date_unread:
        yield "date not understood"
    elif not dated:
        yield "no date"


def _is_cut(title: str) -> bool:
    return without_ellipsis(title) != title


def _warnings(items: Sequence[Item], source: Source, zone_doubt: str | None) -> Iterator[str]:
    if not items:
        yield "There is nothing in this feed: no article was found on the page."
        return
    yield from map(_sentence, title_doubts(items))
    without = sum(item.title is None or item.title_guessed for item in items)
    if without:
        yield f"{_of(without, items)} no title where it is looked for; readers see another text of the article instead."
    unread = sum(item.date_unread for item in items)
    if unread:
        yield f"{_of(unread, items)} a date that could not be understood."
    undated = sum(item.published is None and not item.date_unread for item in items)
    if undated:
        yield f"{_of(undated, items)} no date; readers see when it was first found instead."
    cut = sum(item.title is not None and _is_cut(item.title) for item in items)
    if cut:
        is_completed = source.articles is not Articles.OFF
        remedy = "it is completed from the article's own page" if is_completed else "articles' own pages are not read"
        yield f"{_of(cut, items)} a title that the page cuts short; {remedy}."
    if source.timezone is None and any(_has_time(item) for item in items):
        reason = f": {zone_doubt}" if zone_doubt else ""
        yield f"The zone of the page's times is not known{reason}. They are taken for UTC and may be hours off."
    if len(items) < FEW:
        yield f"Only {_count(len(items))}: see on the page whether that is the whole list."


def _has_time(item: Item) -> bool:
    return item.published is not None and item.published.precision is Precision.INSTANT


def _count(number: int) -> str:
    return "one article" if number == 1 else f"{number} articles"


def _of(some: int, items: Sequence[Item]) -> str:
    """Return the subject of a sentence and its verb: "3 of 20 articles have", "The only article has"."""
    if some == len(items):
        return "The only article has" if some == 1 else f"All {some} articles have"
    return f"{some} of {len(items)} articles {'has' if some == 1 else 'have'}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."
