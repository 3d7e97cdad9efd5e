"""What an article's own page changes in what is known of it: a decision, as a value.

Owns when the page is believed, and what becomes of the date. Pure, like `merge`; the wording of entries is `entry`'s.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from feedbuilder.model import ArticleStatement, Completion, Known, Precision, SaidDate, Source
from feedbuilder.model.text import alike
from feedbuilder.store.dates import RANK, Dating, credible
from feedbuilder.store.entry import compute
from feedbuilder.store.merge import UNKNOWN_ZONE

NEAR = timedelta(hours=36)
"""How far the moment on an article's page may lie from the day that its list gave it."""


def survivor(known: Known, twin: Known, title: str | None) -> tuple[Known, Known] | None:
    """Return which of two entries of one article stays and which goes into it; None if both must stay.

    `twin` has the address that the page of `known` names as its own, or leads to. One that feeds have shown stays, and
    where both have been shown, both do. Else the one first seen first. Titles must be alike: some pages name a wrong
    address, and many the same wrong one.
    """
    titles = [title, *(one.item.title for one in (known, twin) if one.item is not None)]
    shown = [one for one in titles[1:] if one is not None]
    agree = all(alike(one, title or other) for one in shown for other in shown)
    if (twin.announced and known.announced) or not agree or twin.item is None:
        return None
    key = lambda one: (not one.announced, one.identity.first_seen, one.identity.position)  # noqa: E731
    first, second = sorted((known, twin), key=key)
    return first, second


def complete(
    known: Known, told: ArticleStatement, said: SaidDate | None, source: Source, now: datetime
) -> Completion | None:
    """Return what becomes of the item `known` now that its own page `told` about it and `said` a date.

    None if the item has been forgotten meanwhile. A date that nobody has read yet becomes the more exact one; one that
    stood in a feed stays. `changed` stays as it was: that an entry is complete now is no news of its own.
    """
    if known.item is None or not known.statements:
        return None
    identity = known.identity
    said = credible(said, now)
    if not known.announced and said is not None and RANK[said.precision] > RANK[identity.precision]:
        zone = source.timezone or UNKNOWN_ZONE
        published, precision = Dating(zone).date(said, identity.first_seen)
        if identity.precision is Precision.SEEN or abs(published - identity.published) <= NEAR:
            identity = replace(identity, published=published, precision=precision, zone=zone)
    entry = compute(identity, known.statements, changed=known.item.changed, tags=known.item.tags, article=told)
    return Completion(identity, told, entry)
