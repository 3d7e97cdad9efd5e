"""The entry that several statements about one article add up to.

Owns the choice between sources: a pure function of the *set* of statements. It knows no order in which they came, no
former entry and no clock, and so cannot flip-flop: two lists that cut a title differently give one entry, however
often and in whatever order they are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import urlsplit

from feedbuilder.model import ArticleStatement, Identity, Statement, StoredItem
from feedbuilder.model.wording import fuller, is_cut_of, tag_key

NEVER = datetime.min.replace(tzinfo=UTC)

_PICTURE = re.compile(r"\.(?:avif|bmp|gif|jpe?g|png|svg|webp)$", re.IGNORECASE)
_SIZE = re.compile(r"[-_/@.,](?:\d{2,5}x\d{2,5}|\d{2,5}[wh]|[wh]_?\d{2,5}|[23]x)(?=[-_/@.,]|$)", re.IGNORECASE)


def compute(
    identity: Identity,
    statements: Iterable[Statement],
    *,
    changed: datetime,
    tags: Iterable[str] = (),
    article: ArticleStatement | None = None,
) -> StoredItem:
    """Return the entry of `identity` from one or more `statements`, whose order does not matter.

    Title and summary: a whole text beats every cut of it; among whole ones the one revised last, then the longer, then
    the later in the alphabet. Link: see `link_rank`. Image and text: of the source whose id sorts first among those
    that show one. Authors: the most names, then the first in the alphabet. `tags` are those of the configuration that
    are known.

    The article's own page, if it was read, knows text, authors, picture and tags best, and completes a title that all
    lists cut short or leave out, and a summary that they cut. Where it words the title differently, the lists have it:
    they are what is read again.
    """
    by_source = sorted(statements, key=lambda one: one.source)
    page = article or ArticleStatement()
    listed_html = next((one.content_html for one in by_source if one.content_html), None)
    own_tags = [*page.tags, *(tag for one in by_source for tag in one.tags)]
    return StoredItem(
        id=identity.id,
        canonical=identity.canonical,
        link=min((one.link for one in by_source), key=link_rank),
        title=fuller(_best_text([(one.title, one.revised or NEVER) for one in by_source]), page.title),
        summary=_completed(_best_text([(one.summary, one.revised or NEVER) for one in by_source]), page.summary),
        authors=page.authors or min((one.authors for one in by_source), key=lambda names: (-len(names), names)),
        image=page.image or next((one.image for one in by_source if one.image), None),
        enclosures=next((one.enclosures for one in by_source if one.enclosures), page.enclosures),
        tags=join_tags(tags, own_tags),
        sources=tuple(one.source for one in by_source),
        published=identity.published,
        precision=identity.precision,
        zone=identity.zone,
        first_seen=identity.first_seen,
        last_seen=max(one.last_seen for one in by_source),
        changed=changed,
        position=identity.position,
        own_tags=join_tags((), own_tags),
        content_html=page.content_html or listed_html,
        listed_html=listed_html,
        image_details=page.image_details if page.image else None,
        was_read=article is not None,
    )


def link_rank(link: str) -> tuple[bool, int, str]:
    """Return what sorts the addresses of one article, the best first: https before http, then the shortest."""
    return not link.startswith("https:"), len(link), link


def join_tags(configured: Iterable[str], own: Iterable[str]) -> tuple[str, ...]:
    """Return each tag once, sorted by its key. The configured spelling wins, then the first in the alphabet."""
    return _joined(tuple(configured), tuple(own))


@lru_cache(maxsize=4096)  # the entries of a feed have few tags among them, and are read each time that one is new
def _joined(configured: tuple[str, ...], own: tuple[str, ...]) -> tuple[str, ...]:
    names: dict[str, str] = {}
    for group in (configured, own):
        for name in sorted(set(group)):
            names.setdefault(tag_key(name), name)
    return tuple(names[key] for key in sorted(names) if key)


def same_wording(one: str | None, other: str | None) -> bool:
    """Return whether a reader would see the same text; white space is no difference."""
    return one == other or (one is not None and other is not None and one.split() == other.split())


def same_picture(one: str | None, other: str | None) -> bool:
    """Return whether two addresses most likely show one picture, only larger, smaller or signed anew."""
    return one == other or (one is not None and other is not None and picture_key(one) == picture_key(other))


def picture_key(url: str) -> str:
    """Return the address of a picture without what only says how large it is, or on which server it lies.

    `…/2026/fire-300x200.jpg?token=x` and `…/2026/fire-1024w.jpg` have one key. A query counts only where the path names
    no picture (`/image?id=7`).
    """
    parts = urlsplit(url)
    path = _SIZE.sub("", parts.path)
    return path if _PICTURE.search(parts.path) else f"{path}?{parts.query}"


def same_for_reader(one: StoredItem, other: StoredItem) -> bool:
    """Return whether two states of an entry show a reader the same title, summary, text, picture, authors and tags.

    Of tags, only the item's own count: those of the configuration change with it, for all items at once.
    """
    return (
        same_wording(one.title, other.title)
        and same_wording(one.summary, other.summary)
        and one.content_html == other.content_html
        and same_picture(one.image, other.image)
        and one.image_details == other.image_details
        and one.authors == other.authors
        and set(map(tag_key, one.own_tags)) == set(map(tag_key, other.own_tags))
    )


def _completed(listed: str | None, page: str | None) -> str | None:
    """Return the summary of the lists, completed where that of the page begins with it; none is made up from it."""
    return fuller(listed, page) if listed is not None else None


def _best_text(versions: Sequence[tuple[str | None, datetime]]) -> str | None:
    texts = [(text, revised) for text, revised in versions if text is not None]
    if len(texts) == 1:  # no text is a cut of itself
        return texts[0][0]
    whole = [(revised, len(text), text) for text, revised in texts if not any(is_cut_of(text, one) for one, _ in texts)]
    return max(whole)[2] if whole else None
