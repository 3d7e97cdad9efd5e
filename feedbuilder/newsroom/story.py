"""The newsroom's vocabulary: stories, videos, advertisements, and how an address is made of a title.

Plain values; knows nothing of pages and lists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

DUBAI = ZoneInfo("Asia/Dubai")
SECTIONS = {
    "world": "World",
    "business": "Business",
    "technology": "Technology",
    "sports": "Sports",
    "culture": "Culture",
}
"""The categories: each story has one, and its address begins with it."""


@dataclass(frozen=True, slots=True)
class Story:
    """One article. Two stories with one slug cannot be told apart by their address and are not allowed."""

    slug: str
    title: str
    section: str
    """A key of SECTIONS."""
    tags: tuple[str, ...]
    """In the order in which the article page names them: "World News"."""
    published: datetime
    """What the pages say, in whole minutes."""
    summary: str
    """Plain text."""
    author: str = "Admin"
    body: tuple[str, ...] = ()
    """Paragraphs; without any, the summary is the body."""
    appears: datetime | None = None
    """When lists begin to show it; None: when it is published."""
    copies: int = 1
    """How often each list shows it: a join over its tags that forgot "distinct" gives two."""
    markup: str | None = None
    """The summary as the editor stored it, where stray HTML came along; None: the plain text."""
    rich_body: str | None = None
    """The body as the site's newer editor stores it: HTML with headings and lists. The page is another one then."""
    created: datetime | None = None
    """When its author began it, which the newer pages give to machines as the publication; None: with it."""

    @property
    def path(self) -> str:
        """Return its address on the site: "/world/some-title"."""
        return f"/{self.section}/{self.slug}"

    @property
    def listed(self) -> datetime:
        """Return when lists begin to show it."""
        return self.appears or self.published

    @property
    def login(self) -> str:
        """Return the name that its author logs in with, which the newer pages give to machines as the author."""
        first, _, last = self.author.lower().partition(" ")
        return f"{first[0]}{last or first[1:]}{len(self.author)}"


@dataclass(frozen=True, slots=True)
class Video:
    """A film; its card stands among the articles, but it is none."""

    title: str
    published: datetime

    @property
    def path(self) -> str:
        """Return its address on the site: "/video/some-title"."""
        return f"/video/{slugify(self.title)}"

    @property
    def dead_path(self) -> str:
        """Return the address to which some lists link its title, where nothing is: "/some-title"."""
        return f"/{slugify(self.title)}"


@dataclass(frozen=True, slots=True)
class Advertisement:
    """Paid content whose card looks like an article's."""

    title: str
    text: str

    @property
    def path(self) -> str:
        """Return its address on the site: "/partner/some-title"."""
        return f"/partner/{slugify(self.title)}"


def slugify(title: str) -> str:
    """Return the address part for `title`: small letters of any script, digits and hyphens, 100 at the most."""
    return re.sub(r"[\W_]+", "-", title.casefold()).strip("-")[:100].rstrip("-")


def at(text: str) -> datetime:
    """Return the moment that `text` names on the newsroom's clock: "2026-02-06 15:05"."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=DUBAI)
