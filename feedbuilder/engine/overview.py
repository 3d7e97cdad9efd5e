"""How sources and feeds are doing, asked of the store alone: nothing is opened that reads pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from feedbuilder.config import Config
from feedbuilder.extract import fingerprint
from feedbuilder.model import Source, SourceState
from feedbuilder.pipeline.catalogue import Catalogue
from feedbuilder.pipeline.contradiction import COMPARED, contradiction
from feedbuilder.pipeline.schedule import with_settings
from feedbuilder.store import SqlStore


def states_of(sources: Sequence[Source], store: SqlStore) -> Mapping[str, SourceState]:
    """Return what is known of each of `sources`, by id; waiting under other settings is void."""
    known = store.states()
    return {
        source.id: with_settings(known.get(source.id, SourceState(source.id)), fingerprint(source))
        for source in sources
    }


def catalogue_of(config: Config) -> Catalogue:
    """Return what is published by `config`."""
    return Catalogue(tuple(config.feeds), tuple(config.sources), config.site, config.tags)


def contradiction_of(source: str, store: SqlStore) -> str | None:
    """Return why the articles' own pages show that the list of `source` is read wrongly, None if they do not."""
    return contradiction(store.titles_of_articles(source, COMPARED))
