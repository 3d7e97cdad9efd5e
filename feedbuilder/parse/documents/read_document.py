"""A document and its source -> what its articles say. Owns which reader a kind of document has."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from feedbuilder.model import Page, Source, SourceKind
from feedbuilder.parse.data.read_data import Findings
from feedbuilder.parse.documents.foreign_feed import read_foreign_feed
from feedbuilder.parse.documents.json_document import read_json
from feedbuilder.parse.documents.sitemap import read_sitemap
from feedbuilder.parse.documents.watched_part import read_watched

_READERS: Mapping[SourceKind, Callable[[Page, Source], Findings]] = {
    SourceKind.FEED: read_foreign_feed,
    SourceKind.JSON: read_json,
    SourceKind.SITEMAP: lambda page, _: read_sitemap(page),
    SourceKind.CHANGES: read_watched,
}


def read_document(page: Page, source: Source) -> Findings:
    """Return what the document `page` says, by the kind of `source`. Raises ExtractError for what is beyond bounds."""
    return _READERS[source.kind](page, source)
