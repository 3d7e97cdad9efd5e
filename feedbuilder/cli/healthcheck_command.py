"""`feedbuilder healthcheck`: whether an installation does its work, by its store alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer
from rich.markup import escape

from feedbuilder.cli.call import Call, Exit, command
from feedbuilder.cli.nothing_built import nothing_built
from feedbuilder.config import Config
from feedbuilder.engine import system_clock
from feedbuilder.engine.overview import states_of
from feedbuilder.health import check_up
from feedbuilder.model import ConfigError
from feedbuilder.model.units import parse_duration
from feedbuilder.store import SqlStore, open_store


@command(logs=False)
def healthcheck(
    context: typer.Context,
    failing: Annotated[
        float, typer.Option("--failing", min=0.0, max=1.0, help="The share of sources that may be unreadable.")
    ] = 0.5,
    lag: Annotated[str, typer.Option("--lag", help="How late the latest reading may be.")] = "1h",
) -> Exit:
    """Say in one line whether sources are read, for containers and monitors. Exit code 1 if too few are."""
    call: Call = context.obj
    try:
        longest = parse_duration(lag)
    except ValueError as error:
        raise ConfigError(f"--lag {lag}: {error}") from error
    config = call.load()
    if nothing_built(call, config):
        return Exit.FAILED
    with open_store(config.store.place) as store:
        watched = [source for source in config.sources if not source.paused]
        states, waiting = states_of(watched, store), frozenset(_waiting(config, store))
    found = check_up(list(states.values()), waiting, system_clock(), failing=failing, lag=longest)
    call.out.print(escape(found.sentence), soft_wrap=True)
    return Exit.OK if found.is_well else Exit.FAILED


def _waiting(config: Config, store: SqlStore) -> Iterator[str]:
    """Yield the ids of sources whose hosts asked to be left alone until now or later."""
    now = system_clock()
    places = {wait.place for wait in store.host_waits() if wait.until > now}
    if not places:
        return
    from feedbuilder.fetch import refusing  # noqa: PLC0415 - what fetches pages is loaded where hosts wait only

    yield from (source.id for source in config.sources if places & refusing(source.url))
