"""The turns of hosts that all processes of one installation take, where there may be several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedbuilder.config import Config

if TYPE_CHECKING:
    from feedbuilder.store.host_turns import HostTurns


def shared_turns(config: Config, *, as_they_are: bool = False) -> HostTurns | None:
    """Return the turns that workers by `config` take too; None where it has none. Close them. Raises StoreError.

    Brings the store up to date, unless it is to be left as it is.
    """
    if config.cluster is None:
        return None
    from feedbuilder.store.host_turns import find_host_turns, open_host_turns  # noqa: PLC0415 - most are one process

    return (find_host_turns if as_they_are else open_host_turns)(config.cluster, lease_of(config))


def lease_of(config: Config) -> float:
    """Return after how many seconds a request of a process is taken for one of a process that is gone."""
    longest = config.fetch.deadline
    if any(source.needs_browser for source in config.sources):
        longest = max(longest, config.browser.deadline)
    return 2 * longest.total_seconds() + 10.0
