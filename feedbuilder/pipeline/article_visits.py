"""Which article pages are read, when, and how long an item waits for its own. Pure, like `schedule`.

Knows no store, no network and no clock: the present moment comes in as an argument.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from feedbuilder.model import (
    LONGEST_RETRY_AFTER,
    Articles,
    ArticleVisit,
    Change,
    Changes,
    FetchError,
    Known,
    Precision,
    Source,
    StoredItem,
)
from feedbuilder.model.wording import without_ellipsis

MOST_TRIES = 3
"""An article page that failed so often is given up."""
FIRST_PAUSE = timedelta(minutes=2)
"""The wait after the first failure; it doubles. All tries fall within the default `hold` of ten minutes, unless the
site asks for more."""


def plan(changes: Changes, source: Source, *, needs_tags: bool) -> tuple[ArticleVisit, ...]:
    """Return the article pages that `changes` ask for, in page order.

    Those of new items, and of items that their list has reworded since, or dates later now. An item that a feed has
    shown, or may have shown before its article pages were read, is left as it is: turning the setting on changes no
    published entry. `needs_tags` says whether feeds are chosen by tags that this source's list would have to give.
    """
    return tuple(_visits(changes, source, needs_tags=needs_tags))


def _visits(changes: Changes, source: Source, *, needs_tags: bool) -> Iterator[ArticleVisit]:
    for change in changes.changes:
        if not (change.is_new or change.is_changed or change.is_redated) or not _is_wanted(
            change, source, needs_tags=needs_tags
        ):
            continue
        item, statement = change.item, change.statement
        yield ArticleVisit(
            item=item.id,
            canonical=item.canonical,
            source=source.id,
            link=statement.link,
            title=statement.title,
            summary=statement.summary,
            published=item.published,
            precision=item.precision,
            due=changes.now,
            held_until=changes.now + source.hold if change.is_new else None,
        )


def keeping_shown(changes: Changes, planned: Iterable[ArticleVisit], known: Iterable[Known]) -> Changes:
    """Return `changes` with the entries that readers know as they are, where their page is `planned` to be read again.

    Words and text change together then, and with them the date: an old text never stands under new words.
    """
    waiting = {visit.item for visit in planned}
    shown = {one.identity.id: one.item for one in known if one.announced and one.identity.id in waiting}
    return replace(changes, changes=tuple(_keeping(change, shown.get(change.item.id)) for change in changes.changes))


def _keeping(change: Change, shown: StoredItem | None) -> Change:
    return replace(change, item=shown) if shown else change


def _is_wanted(change: Change, source: Source, *, needs_tags: bool) -> bool:
    if source.without_links:
        return False  # its address is a place on the page of the list
    if source.articles is Articles.AUTO:
        return change.is_new and (_lacks_something(change) or (needs_tags and not change.item.tags))
    return source.articles is not Articles.OFF


def _lacks_something(change: Change) -> bool:
    """Return whether the list leaves out what a reader would miss: the end of the title, or when it was published."""
    title = change.item.title
    return title is None or title != without_ellipsis(title) or change.item.precision is not Precision.INSTANT


def after_failure(visit: ArticleVisit, problem: str, now: datetime, cause: FetchError | None = None) -> ArticleVisit:
    """Return `visit` as it stands after a try that ended with `problem`: due again later. See `is_given_up`.

    It waits as long as its site asks for. Where the site says nothing of this page but that we are to come later, the
    try does not count: otherwise a few busy minutes of it would cost the article.
    """
    tries = visit.tries if cause and cause.is_about_us else visit.tries + 1
    asked = min((cause and cause.retry_after) or timedelta(), LONGEST_RETRY_AFTER)
    pause = FIRST_PAUSE * 2 ** max(tries - 1, 0)
    return replace(visit, tries=tries, due=now + max(pause, asked), error=problem)


def is_given_up(visit: ArticleVisit) -> bool:
    """Return whether `visit` has failed too often to be tried again."""
    return visit.tries >= MOST_TRIES
