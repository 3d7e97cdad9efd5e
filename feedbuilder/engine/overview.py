"""How sources and feeds are doing, asked of the store alone: nothing is opened that reads pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from feedbuilder.config import Config
from feedbuilder.extract import fingerprint
from feedbuilder.model import HubState, Source, SourceState
from feedbuilder.pipeline.catalogue import Catalogue
from feedbuilder.pipeline.contradiction import COMPARED, contradiction
from feedbuilder.pipeline.learnt_selectors import as_read, memory_of
from feedbuilder.pipeline.schedule import is_due, with_settings
from feedbuilder.store import SqlStore


def states_of(sources: Sequence[Source], store: SqlStore) -> Mapping[str, SourceState]:
    """Return what is known of each of `sources`, by id; waiting under other settings is void."""
    known = store.states()
    return {source.id: in_force(known.get(source.id, SourceState(source.id)), source, store) for source in sources}


def due_of(sources: Sequence[Source], store: SqlStore, now: datetime) -> list[Source]:
    """Return those of `sources` whose interval is over, or nearly so; see `schedule.is_due`."""
    states = states_of(sources, store)
    return [source for source in sources if is_due(states[source.id], now)]


def in_force(state: SourceState, source: Source, store: SqlStore) -> SourceState:
    """Return `state` as far as it holds under the settings of `source`; those learnt for it are no other ones."""
    mark = fingerprint(source)
    if state.fingerprint not in ("", mark):
        mark = fingerprint(as_read(source, memory_of(store, source)))
    return with_settings(state, mark)


def catalogue_of(config: Config) -> Catalogue:
    """Return what is published by `config`."""
    return Catalogue(tuple(config.feeds), tuple(config.sources), config.site, config.tags)


def hub_of(config: Config, store: SqlStore) -> HubState | None:
    """Return how the hub that is told of news answers; None without one, and before it was first told."""
    hub = config.site.hub_in_use
    return store.hub_state(hub) if hub else None


def contradiction_of(source: str, store: SqlStore) -> str | None:
    """Return why the articles' own pages show that the list of `source` is read wrongly, None if they do not."""
    return contradiction(store.titles_of_articles(source, COMPARED))
