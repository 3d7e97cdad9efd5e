"""The newsroom's pages as HTML and XML: values in, text out. The markup stands in `templates/`.

Knows nothing of addresses, headers or state; `site` decides which page is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from feedbuilder.newsroom.drawings import picture_name
from feedbuilder.newsroom.invented_stories import ADVERTISEMENTS, VIDEOS
from feedbuilder.newsroom.layouts import (
    LAYOUTS,
    PAGE_SIZE,
    UNCUT,
    byline,
    card,
    entries,
    placed,
    video_card,
)
from feedbuilder.newsroom.phrasing import ap_date, ap_time, views
from feedbuilder.newsroom.story import DUBAI, SECTIONS, Story, Video, slugify

SITEMAP_AGE = timedelta(days=2)
"""News sitemaps list the articles of the last two days."""
TRENDING = ("sports", "culture")
"""The column shows what people read, which is not what the page is about."""


@dataclass(frozen=True, slots=True)
class PageView:
    """One request, as far as pages depend on it."""

    site: str
    """The address of the site as the visitor wrote it, without a final slash."""
    now: datetime
    requests: int
    """How many requests there have been; the view counters go by it."""
    stories: tuple[Story, ...]
    """All that have appeared, in any order."""


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("feedbuilder.newsroom"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(sections=SECTIONS, slugify=slugify, advertisements=ADVERTISEMENTS)
    # Two hyphens would end the comment that a disabled list stands in.
    environment.filters["in_comment"] = lambda text: text.replace("--", "- -")
    return environment


def _render(template: str, view: PageView, **values: object) -> str:
    trending = [story for story in entries(view.stories) if story.section in TRENDING][:5]
    cards = [card(story, UNCUT, view.site, view.requests) for story in trending]
    return _templates().get_template(template).render(view=view, trending=cards, **values)


def stylesheet() -> str:
    """Return the site's CSS."""
    return (files("feedbuilder.newsroom") / "templates" / "newsroom.css").read_text("utf-8")


def page_count(listed: Sequence[Story]) -> int:
    """Return how many pages the entries of a list fill; an empty list has one page."""
    return max(1, -(-len(entries(listed)) // PAGE_SIZE))


def list_page(
    view: PageView, heading: str, listed: Sequence[Story], number: int = 1, *, template: str, kind: str = ""
) -> str:
    """Return page `number` (from 1) of the list of `listed`, with `template` "list.html", "stream.html" or the like.

    `kind` "home" shows videos with a line of figures for a text, "untitled" leaves the page without a title.
    """
    start = (number - 1) * PAGE_SIZE
    page = entries(listed)[start : start + PAGE_SIZE + 2]
    layouts = {
        layout.name: [card(story, layout, view.site, view.requests) for story in placed(page, layout)]
        for layout in LAYOUTS
    }
    videos = [video_card(video, view.requests) for video in VIDEOS if video.published <= view.now]
    pages = page_count(listed)
    return _render(template, view, heading=heading, kind=kind, videos=videos, number=number, pages=pages, **layouts)


def article_page(view: PageView, story: Story) -> str:
    """Return the page of `story`: byline, body, date, time and counter, tags, and below it other articles."""
    published = story.published.astimezone(DUBAI)
    related = [other for other in view.stories if story.tags[-1] in other.tags]
    return _render(
        "rich_article.html" if story.rich_body else "article.html",
        view,
        story=story,
        byline=byline(story.author),
        picture=picture_name(story.path),
        date=ap_date(published),
        time=ap_time(published),
        views=views(story.path, view.requests),
        more=[card(other, UNCUT, view.site, view.requests) for other in placed(entries(related), UNCUT)],
    )


def video_page(view: PageView, video: Video) -> str:
    """Return the page of `video`."""
    return _render("video.html", view, card=video_card(video, view.requests))


def message_page(view: PageView, heading: str, text: str) -> str:
    """Return a page that says one thing: that there is nothing here, or that something broke."""
    return _render("message.html", view, heading=heading, text=text)


def login_page(view: PageView) -> str:
    """Return the page that asks for a password; the site shows it instead of a list when it feels like it."""
    return _render("login.html", view)


def robots_txt(view: PageView) -> str:
    """Return robots.txt (RFC 9309), with indented lines: closed are the login page and older pages of all news."""
    rules = "    Disallow: /login\n    Disallow: /all-news/*?page=\n    Allow: /\n"
    return f"User-agent: *\n{rules}\nSitemap: {view.site}/sitemap/news\n"


def news_sitemap(view: PageView) -> str:
    """Return the news sitemap: the articles of the last two days, newest first."""
    recent = [story for story in view.stories if view.now - story.published <= SITEMAP_AGE]
    return _templates().get_template("sitemap.xml").render(view=view, stories=dict.fromkeys(entries(recent)))
