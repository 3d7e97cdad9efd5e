"""Taking up a store that was lost: what the published feeds still tell goes into the empty one.

Owns which files are asked, and that none is passed over silently; what can be told from them is `feeds.recover`, what
has to be assumed is `store.recovery`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from feedbuilder.feeds import Recovered, read_feed_json
from feedbuilder.logger import log
from feedbuilder.model import Known, LostStoreError, PublishError
from feedbuilder.publish import Output
from feedbuilder.store import SqlStore

MOST_NAMED = 5
"""So many damaged files are named in a message; who has more has lost a disk."""


def refill(store: SqlStore, output: Output, now: datetime, *, accept_loss: bool = False) -> int:
    """Fill an empty store from the feeds in `folder`; return how many items that are, 0 for one that is not empty.

    Raises LostStoreError where a file is damaged or cannot be read, before anything is written: its articles would come
    again under new ids and dates, and the next publishing would overwrite what is left of the old ones. With
    `accept_loss` that is logged, and what the files still tell is taken.
    """
    if not store.is_empty():
        return 0
    files = [
        (path, Recovered(damage=_refused(content)) if isinstance(content, PublishError) else read_feed_json(content))
        for path, content in output.feed_files()
    ]
    if damaged := [f"{path} {one.damage}" for path, one in files if one.damage]:
        if not accept_loss:
            raise LostStoreError(_refusal(damaged))
        for damage in damaged:
            log.warning("what a damaged feed remembered is lost, as accepted", damage=damage)
    addresses = [address for _, one in files for address in one.tag_feeds]
    store.remember_tag_feeds(list({one.slug: one for one in addresses}.values()))
    known = _distinct(one.known for _, one in files)
    return store.seed(known, now) if known else 0


def _refused(error: PublishError) -> str:
    cause = error.__cause__
    return f"cannot be read ({(cause.strerror if isinstance(cause, OSError) else None) or error})"


def _refusal(damaged: list[str]) -> str:
    more = f", and {len(damaged) - MOST_NAMED} more" if len(damaged) > MOST_NAMED else ""
    return (
        "The store is empty and would be filled again from the published feeds, but of these "
        f"{'; '.join(damaged[:MOST_NAMED])}{more}. Nothing was written. Put the store back from a backup, or the file; "
        "or go on without what it remembered: feedbuilder build --accept-loss. Its articles may then come again as new."
    )


def _distinct(files: Iterable[Iterable[Known]]) -> list[Known]:
    """Return what the files know, each address once: an item stands in every feed that shows it."""
    return list({known.identity.canonical: known for file in files for known in file}.values())
