"""What an article's own page changes in what is known of it: a decision, as a value.

Owns when the page is believed, and what becomes of the date. Pure, like `merge`; the wording of entries is `entry`'s.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from feedbuilder.model import ArticleStatement, Completion, Known, Precision, SaidDate, Source
from feedbuilder.store.dates import RANK, Dating, credible
from feedbuilder.store.entry import compute
from feedbuilder.store.merge import UNKNOWN_ZONE

NEAR = timedelta(hours=36)
"""How far the moment on an article's page may lie from the day that its list gave it."""


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
