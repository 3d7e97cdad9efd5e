"""The HTML pages: one per feed, and the overview. Readable without JavaScript, and without anything from elsewhere.

Owns the templates and the content security policy. Everything from sites goes through Jinja's escaping; addresses come
from the document, which lets only http and https through. No page says how long ago something was, for then it would
change without news.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from urllib.parse import quote

from jinja2 import Environment
from markupsafe import Markup, escape

from feedbuilder.feeds.feed_document import GENERATOR, FeedDocument
from feedbuilder.feeds.feed_summary import FeedSummary, MadeOfEach, NewestEntry
from feedbuilder.feeds.page_templates import page_templates
from feedbuilder.feeds.shown_entry import Entry
from feedbuilder.feeds.xml_texts import clean, day, day_and_time, language_code, offset_name, readable_address
from feedbuilder.model import Site, formats
from feedbuilder.model.wording import tag_key

_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3.5" fill="#a03c10"/>'
    '<circle cx="4.6" cy="11.4" r="1.4" fill="#fff"/>'
    '<path d="M3.2 7.4a5.4 5.4 0 0 1 5.4 5.4M3.2 3.6a9.2 9.2 0 0 1 9.2 9.2" fill="none" stroke="#fff"'
    ' stroke-width="1.7"/>'
    "</svg>"
)


def feed_page(document: FeedDocument, places: Iterable[int]) -> bytes:
    """Return the page of one feed: how to subscribe, and its entries in `places`."""
    own = {tag_key(document.title), *document.feed.tags.keys()}
    return _render(
        "feed.html",
        feed=document,
        entries=map(document.entry, places),
        formats=formats.FEED_FORMATS,
        # What every entry of the feed carries says nothing about one of them.
        other_tags=lambda entry: [tag for tag in entry.tags if tag_key(tag) not in own],
    )


def index_page(site: Site, feeds: Sequence[FeedSummary]) -> bytes:
    """Return the overview: the feeds in their order."""
    return _render(
        "index.html",
        title=clean(site.title) or "Feeds",
        description=clean(site.description),
        language=language_code(site.language),
        count=len(feeds),
        linked=Markup("".join(_linked(feeds))),  # noqa: S704 - escaped
        listed=Markup("".join(_listed(feeds))),  # noqa: S704 - escaped
        opml=formats.OPML,
    )


def status_page(**shown: object) -> bytes:
    """Return the page about sources and feeds; `shown` is what its template names, see `feeds.status_page`."""
    environment = _environment()
    style, script = (_asset(environment, name) for name in ("style.css", "copy.js"))
    style += _asset(environment, "status.css")
    return _render(
        "status.html",
        style=Markup(style),  # noqa: S704 - our own file
        policy=_policy(style, script),
        moment=_moment,
        size=_size,
        mood_words=_MOOD_WORDS,
        **shown,
    )


_MOOD_WORDS = {
    "bad": "cannot be read",
    "warn": "to be watched",
    "new": "not read yet",
    "good": "well",
    "paused": "paused",
}


def _moment(moment: datetime) -> Markup:
    """Return a moment as a `time` element, in UTC to the minute."""
    there = moment.astimezone(UTC).replace(microsecond=0)
    return Markup('<time datetime="{}">{}</time>').format(there.isoformat(), day_and_time(there))


def _size(count: int) -> str:
    return f"{count / 1000:,.0f} kB" if count >= 1000 else f"{count} bytes"


@MadeOfEach
def _listed(feed: FeedSummary) -> str:
    """Return what the overview shows of `feed`, as HTML."""
    return _render("listed_feed.html", feed=feed, formats=formats.FEED_FORMATS).decode()


@MadeOfEach
def _linked(feed: FeedSummary) -> str:
    """Return how the head of the overview names `feed` for readers that look there."""
    return _render("linked_feed.html", feed=feed, rss=formats.RSS).decode()


def _render(template: str, **values: object) -> bytes:
    return _environment().get_template(template).render(values).encode()


@cache
def _environment() -> Environment:
    environment = page_templates("feedbuilder.feeds")
    style, script = (_asset(environment, name) for name in ("style.css", "copy.js"))
    environment.globals.update(
        breakable=_breakable,
        count=_count,
        date=_date,
        day_and_time=day_and_time,
        generator=GENERATOR,
        host=lambda url: readable_address(url).partition("/")[0],
        icon=f"data:image/svg+xml,{quote(_ICON)}",
        lang=_lang,
        offset_name=offset_name,
        policy=_policy(style, script),
        script=Markup(script),  # noqa: S704 - our own file
        style=Markup(style),  # noqa: S704 - our own file
    )
    return environment


def _asset(environment: Environment, name: str) -> str:
    assert environment.loader is not None
    return environment.loader.get_source(environment, name)[0]


def _policy(style: str, script: str) -> str:
    """Return the page's content security policy: our own style and script, pictures, and nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            "img-src https: http: data:",
            f"style-src {_hash(style)}",
            f"script-src {_hash(script)}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _breakable(address: str) -> Markup:
    """Return `address` with leave to break before each part of its path; copied, it is the same."""
    scheme, sign, rest = str(escape(address)).partition("://")
    return Markup(scheme + sign + rest.replace("/", "/<wbr>"))  # noqa: S704 - escaped


def _count(entries: int) -> str:
    return {0: "No entries yet", 1: "One entry"}.get(entries, f"{entries:,} entries")


def _date(entry: Entry | NewestEntry) -> Markup:
    """Return the date of an entry as a `time` element: with the time of day only where the site said one."""
    moment = entry.published
    if not entry.has_time:
        return Markup(f'<time datetime="{moment.date().isoformat()}">{day(moment)}</time>')  # noqa: S704 - our own words
    return Markup(  # noqa: S704 - likewise
        f'<time datetime="{moment.isoformat()}" title="{offset_name(moment)}">{day_and_time(moment)}</time>'
    )


def _lang(code: str | None) -> Markup:
    """Return the attribute that names the language of the site's own words; empty where it is not known (HTML §3.2)."""
    return Markup(f' lang="{escape(code or "")}"')  # noqa: S704 - escaped
