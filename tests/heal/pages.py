"""Small list pages in two designs, and what was known of the first one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from feedbuilder.extract import extract
from feedbuilder.heal import KnownList, KnownStory
from feedbuilder.model import Item, ListProfile, Page, Source

URL = "https://town.example/news"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SOURCE = Source.model_validate(
    {
        "id": "town",
        "url": URL,
        "timezone": "UTC",
        "selectors": {"item": ".news article", "title": "h2", "date": "time@datetime", "summary": "p"},
    }
)
_HEADLINES = (
    "Harbour bridge reopens after nine months",
    "Council votes for a new library roof",
    "Orchestra plays on the market square",
    "Night buses to the valley return in spring",
    "Old mill becomes a school of crafts",
    "Winter market moves to the river bank",
    "Museum finds a letter from the founder",
    "Ferry timetable changes from Monday on",
)


@dataclass(frozen=True)
class Story:
    """One story of the site."""

    number: int
    folder: str = "news"

    @property
    def title(self) -> str:
        """Its headline; no two are alike."""
        return f"{_HEADLINES[self.number % 8]}, part {self.number}"

    @property
    def summary(self) -> str:
        """What it is about."""
        other = _HEADLINES[(self.number * 3 + 1) % 8].lower()
        return f"{self.number} people asked why; the mayor said that {other}, and left the rest to the next meeting."

    @property
    def link(self) -> str:
        """Where it is."""
        return f"/{self.folder}/{self.title.lower().replace(',', '').replace(' ', '-')}"

    @property
    def day(self) -> str:
        """When it was published; a higher number is a later day."""
        return f"{NOW - timedelta(days=100 - self.number):%Y-%m-%d}"


def stories(first: int, last: int, folder: str = "news") -> list[Story]:
    """Return the stories from `last` down to `first`: the newest first."""
    return [Story(number, folder) for number in range(last, first - 1, -1)]


def before(some: Sequence[Story]) -> Page:
    """Return the page as it looked when the source was added."""
    cards = "".join(
        f'<article><h2><a href="{one.link}">{one.title}</a></h2><time datetime="{one.day}">{one.day}</time>'
        f"<p>{one.summary}</p></article>"
        for one in some
    )
    return page(f'<div class="news">{cards}</div>')


def after(some: Sequence[Story]) -> Page:
    """Return the page as it looks since its redesign."""
    cards = "".join(
        f'<div class="teaser"><span class="teaser-date">{one.day}</span><h3 class="teaser-head">'
        f'<a href="{one.link}">{one.title}</a></h3><div class="teaser-text">{one.summary}</div></div>'
        for one in some
    )
    return page(f'<section class="stream">{cards}</section>')


def page(main: str, head: str = "<title>News - Town</title>") -> Page:
    """Return a page of the site around `main`."""
    menu = "".join(f'<li><a href="/{word}">{word.title()}</a></li>' for word in ("home", "sports", "culture", "about"))
    html = f"<!DOCTYPE html><html><head>{head}</head><body><nav><ul>{menu}</ul></nav><main>{main}</main></body></html>"
    return Page(URL, html.encode(), NOW, "text/html; charset=utf-8")


def known(some: Sequence[Item]) -> KnownList:
    """Return what is known after a reading of `some`."""
    return KnownList(
        tuple(
            KnownStory(one.canonical, (one.title,) if one.title else (), one.published.at if one.published else None)
            for one in some
        )
    )


def read(some: Page, source: Source = SOURCE) -> tuple[Item, ...]:
    """Return what the source lists on a page, nothing where it finds nothing."""
    return extract(some, source.model_copy(update={"allow_empty": True}))


def profile(some: Sequence[Item]) -> ListProfile:
    """Return what is usual after a reading of `some`."""
    return ListProfile.of(some)
