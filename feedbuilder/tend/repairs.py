"""What a person decides about learnt selectors: written down, accepted, forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from difflib import unified_diff
from pathlib import Path

from feedbuilder.config import Config
from feedbuilder.config.change_source import replace_selectors
from feedbuilder.config.toml import selectors_block
from feedbuilder.model import ConfigError, ListMemory, Repair, RepairState, Source
from feedbuilder.pipeline.foreign_page import ANOTHER_PAGE
from feedbuilder.pipeline.learnt_selectors import read_by
from feedbuilder.store import SqlStore

REPAIR_STATES = {
    RepairState.ACTIVE: "The list is read by them now.",
    RepairState.PROPOSED: "They wait for you: --accept reads the list by them, --write writes them down.",
    RepairState.RESTING: "The configured ones find the list again; these stay at hand.",
}


def repair_diff(source: Source, repair: Repair) -> list[str]:
    """Return the lines of the configured selectors beside the learnt ones, each with its mark: " ", "+" or "-"."""
    before, after = (selectors_block(one).splitlines() for one in (source, read_by(source, repair)))
    return list(unified_diff(before, after, lineterm="", n=20))[3:]


def write_repair(config: Config, source: Source, memory: ListMemory, environ: Mapping[str, str]) -> Path:
    """Write the learnt selectors of `source` into the configuration; return the file. Raises ConfigError."""
    repair = _needed(source, memory)
    return replace_selectors(config, read_by(source, repair), repair.settings, environ)


def accept_repair(store: SqlStore, source: Source, memory: ListMemory) -> bool:
    """Read the list by the learnt selectors from now on; where none were learnt, believe the page as it is now.

    Return whether there are learnt ones. Raises ConfigError where nothing is to be accepted.
    """
    if memory.repair is None:
        if not memory.strange:
            raise ConfigError(f'nothing is to be accepted for "{source.id}": its last reading was as usual')
        # Of a page that is only called otherwise all else holds: its list may have to be found again.
        usual = memory.profile if set(memory.strange) == {ANOTHER_PAGE} else None
        changed = replace(memory, profile=usual, strange={}, names=None)
    else:
        changed = replace(memory, repair=replace(memory.repair, state=RepairState.ACTIVE), strange={})
    _remember(store, source, changed)
    return memory.repair is not None


def forget_repair(store: SqlStore, source: Source, memory: ListMemory) -> None:
    """Read the list by the configured selectors from now on. Raises ConfigError where no others were learnt."""
    _needed(source, memory)
    _remember(store, source, replace(memory, repair=None, strange={}))


def _remember(store: SqlStore, source: Source, memory: ListMemory) -> None:
    with store.transaction() as transaction:
        transaction.remember_list(source.id, memory)


def _needed(source: Source, memory: ListMemory) -> Repair:
    if memory.repair is None:
        raise ConfigError(f'no selectors were learnt for "{source.id}": its list is read by the configured ones')
    return memory.repair
