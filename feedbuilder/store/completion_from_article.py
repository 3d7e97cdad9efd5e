"""What an article's own page changes in what is known of it: a decision, as a value.

Owns when the page is believed, and what becomes of the date. Pure, like `merge`; the wording of entries is `entry`'s.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from feedbuilder.model import ArticleStatement, Completion, Known, Precision, SaidDate, Source, StoredItem
from feedbuilder.model.wording import same_title, titles_match
from feedbuilder.store.entry import compute, same_for_reader
from feedbuilder.store.merge import UNKNOWN_ZONE
from feedbuilder.store.publication_dates import RANK, Dating, unless_in_future

NEAR = timedelta(hours=36)
"""How far the moment on an article's page may lie from the day that its list gave it."""


def survivor(known: Known, twin: Known, title: str | None, *, own: str | None = None) -> tuple[Known, Known] | None:
    """Return which of two entries of one article stays and which goes into it; None if both must stay.

    `twin` has the address that the page of `known` names as its own, or leads to; `title` is that of the article, and
    `own` the one that this page itself gives it, if it does. One that feeds have shown stays, and
    where both have been shown, both do. Else the one first seen first. Titles must be alike: some pages name a wrong
    address, and many the same wrong one. Lists word a title in two ways, but one article has one page: where those of
    both were read, and call themselves otherwise, it is not one ("Weather for Monday", "Weather for Tuesday").
    """
    if own is not None and (theirs := _own_title(twin)) is not None and not same_title(own, theirs):
        return None
    if (twin.announced and known.announced) or twin.item is None:
        return None
    shown = [one.item.title for one in (known, twin) if one.item is not None and one.item.title is not None]
    if not all(titles_match(one, other) for one in shown for other in ([title] if title else shown)):
        return None
    first, second = sorted((known, twin), key=_precedence)
    return first, second


def _own_title(known: Known) -> str | None:
    """Return the title that the page of an article itself gives it; None where it was not read, or gives none."""
    article = known.article
    return article.title if article is not None and article.origins.get("title") != "list" else None


def _precedence(known: Known) -> tuple[bool, datetime, int]:
    """Return what sorts the entries of one article, the one that stays first."""
    return not known.announced, known.identity.first_seen, known.identity.position


def complete(
    known: Known, article: ArticleStatement, date: SaidDate | None, source: Source, now: datetime
) -> Completion | None:
    """Return what becomes of the item `known` now that its own page named its parts (`article`) and a `date`.

    None if the item has been forgotten meanwhile. A date that nobody has read yet becomes the more exact one; one that
    stood in a feed stays. An entry that readers have seen has changed if it is different for them now; that another is
    complete is no news of its own.
    """
    if known.item is None or not known.statements:
        return None
    identity = known.identity
    date = unless_in_future(date, now)
    if not known.announced and date is not None and RANK[date.precision] > RANK[identity.precision]:
        zone = source.timezone or UNKNOWN_ZONE
        published, precision = Dating(zone).date(date, identity.first_seen)
        if identity.precision is Precision.SEEN or abs(published - identity.published) <= NEAR:
            identity = replace(identity, published=published, precision=precision, zone=zone)
    return Completion(identity, article, _entry(replace(known, identity=identity), known.item, article, now))


def without_page(known: Known, now: datetime) -> tuple[StoredItem, ArticleStatement | None] | None:
    """Return the entry of `known` now that its page is given up, and what still holds of what that said before.

    Where lists have reworded an entry since, the text that its page had then does not belong to their words: it goes.
    None if the item has been forgotten meanwhile.
    """
    if known.item is None or not known.statements:
        return None
    article = known.article
    entry = _entry(known, known.item, article, now)
    if article is None or not known.announced or same_for_reader(known.item, entry):
        return entry, article
    article = replace(article, content_html=None)
    return _entry(known, known.item, article, now), article


def _entry(known: Known, before: StoredItem, article: ArticleStatement | None, now: datetime) -> StoredItem:
    """Return the entry that all statements and `article` make; changed `now` if readers saw another one `before`."""
    entry = compute(known.identity, known.statements, changed=before.changed, tags=before.tags, article=article)
    return replace(entry, changed=now) if known.announced and not same_for_reader(before, entry) else entry
