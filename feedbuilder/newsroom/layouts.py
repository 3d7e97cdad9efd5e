"""The card layouts of a list, as a table; and a story made ready for one of them.

Owns what each layout cuts and where it leaves the whole title. Knows no markup: that is in the templates.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup, escape

from feedbuilder.newsroom.drawings import picture_name
from feedbuilder.newsroom.phrasing import ap_date, ap_time, cut, cut_markup, views
from feedbuilder.newsroom.story import DUBAI, SECTIONS, Story, Video

PAGE_SIZE = 12
"""How many entries a page of a list has; a doubled story counts twice."""

BYLINES = {"Saif Nasser": "Post by : {}", "Mira Solano": "Author : {}", "Admin": "{}"}
"""How a byline is worded, by author; everyone else is "By …". Nobody knows who decided that."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What one card layout shows. The same story stands in several of them on one page."""

    name: str
    """Of its macro in cards.html."""
    places: tuple[slice, ...]
    """Which entries it shows, counted from the top of the page; those beyond PAGE_SIZE are the next page's first."""
    title_length: int
    ellipsis: str
    summary_length: int


HERO = Layout("hero", (slice(0, 4),), 50, "", 100)
"""The whole title is in the link's `title=`; the cut one ends in mid-word."""
LARGE = Layout("large", (slice(0, 2),), 90, "…", 270)
"""The whole title is in the picture's `alt=`."""
COMPACT = Layout("compact", (slice(1, 6), slice(12, 14)), 60, "...", 150)
"""The whole title is nowhere but on the article's page."""
GRID = Layout("grid", (slice(2, 12),), 80, "", 270)
"""The whole title is in the link's `title=`."""

STREAM = Layout("stream", (slice(0, PAGE_SIZE),), 1000, "", 100)
"""The cards of the newer lists: the title is a link without a heading, the summary ends in mid-word."""

LAYOUTS = (HERO, LARGE, COMPACT, GRID, STREAM)

UNCUT = Layout("article_list", (slice(0, 9),), 1000, "", 1000)
"""The list below an article."""


@dataclass(frozen=True, slots=True)
class LaidOutStory:
    """A story as one layout shows it."""

    story: Story
    title: str
    summary: Markup
    url: str
    """The absolute address of the article."""
    date: str
    time: str
    views: str
    byline: str
    picture: str
    section: str

    @property
    def quoted_url(self) -> str:
        """Return the address as a parameter of a share link."""
        return quote(self.url, safe="")


@dataclass(frozen=True, slots=True)
class VideoCard:
    """A video as a list shows it."""

    video: Video
    date: str
    time: str
    views: str
    picture: str


def byline(author: str) -> str:
    """Return the line that names `author`: "Post by : …", "Author : …", "By …", or the bare "Admin"."""
    return BYLINES.get(author, "By {}").format(author)


def card(story: Story, layout: Layout, site: str, requests: int) -> LaidOutStory:
    """Return `story` for `layout`. `site` is the site's address without a slash, `requests` moves the counters."""
    published = story.published.astimezone(DUBAI)
    summary = cut_markup(story.markup or str(escape(story.summary)), layout.summary_length, layout.ellipsis)
    return LaidOutStory(
        story=story,
        title=cut(story.title, layout.title_length, layout.ellipsis),
        summary=Markup(summary),  # noqa: S704 - the site's own stories; HTML that strays is what it is there for
        url=site + story.path,
        date=ap_date(published),
        time=ap_time(published),
        views=views(story.path, requests),
        byline=byline(story.author),
        picture=picture_name(story.path),
        section=SECTIONS[story.section],
    )


def video_card(video: Video, requests: int) -> VideoCard:
    """Return the card of `video`; `requests` moves its counter."""
    published = video.published.astimezone(DUBAI)
    return VideoCard(
        video, ap_date(published), ap_time(published), views(video.path, requests), picture_name(video.path)
    )


def entries(stories: Sequence[Story]) -> tuple[Story, ...]:
    """Return the entries of a list of `stories`: newest publication first, each as often as it is listed."""
    ordered = sorted(stories, key=lambda story: (story.published, story.listed, story.slug), reverse=True)
    return tuple(story for story in ordered for _ in range(story.copies))


def placed(page: Sequence[Story], layout: Layout) -> Iterator[Story]:
    """Yield the entries that `layout` shows; `page` is the page's entries and the first ones of the next."""
    for place in layout.places:
        yield from page[place]
