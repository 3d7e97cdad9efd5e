"""Taking the icon of a source's site: a few addresses, the first that holds a picture; then not again for a long time.

Owns the order of these steps. An icon is an ornament: what goes wrong is remembered, and told to those who debug only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from feedbuilder.feeds import FeedDocument
from feedbuilder.logger import log
from feedbuilder.model import FeedFile, FetchError, Icon, Page, Source
from feedbuilder.model.icon import ICON_AGE, ICON_BYTES, ICON_TYPES
from feedbuilder.parse.site_icons import icon_addresses
from feedbuilder.pipeline.ports import Pictures, Store, Tools


def icons_to_ask_for(page: Page, source: Source, tools: Tools) -> tuple[str, ...]:
    """Return where the icon of the site may be, by its `page`; nowhere if it need not be asked for now.

    Icons are asked for directly, and by nobody in particular: not of a site that is reached by a proxy of its own.
    """
    if (
        source.proxy is not None
        or not tools.wants_icons
        or not tools.store.lacks_icon(source.id, tools.clock() - ICON_AGE)
    ):
        return ()
    try:
        return icon_addresses(page)
    except Exception:
        log.exception("a bug, please report it: icon not looked for", source=source.id)
        return ()


def take_icon(source: Source, addresses: Sequence[str], pictures: Pictures, store: Store, now: datetime) -> None:
    """Ask for the icon of `source`, and remember it, or that there was none at `now`. Raises StoreError."""
    icon = None
    for url in addresses:
        try:
            icon = Icon.of(pictures.picture(url, ICON_BYTES))
        except FetchError as error:
            log.debug("no icon", source=source.id, address=url, reason=error.finding or str(error))
        if icon is not None:
            break
    store.remember_icon(source.id, icon, now)


def icon_of(document: FeedDocument, store: Store) -> Iterator[FeedFile]:
    """Yield the icon that `document` shows, if it is that of a source."""
    if document.icon_file and (icon := store.icon(document.sources[0].id)):
        yield FeedFile(document.icon_file, icon.content, ICON_TYPES[icon.kind])
