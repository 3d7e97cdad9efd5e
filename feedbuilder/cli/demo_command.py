"""`feedbuilder demo`: the sample newsroom, and the real pipeline over it."""

from __future__ import annotations

import os
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from feedbuilder.cli.build_progress import build_with_progress, print_outcome
from feedbuilder.cli.call import Call, Exit, command
from feedbuilder.cli.shared_options import HOST, PORT
from feedbuilder.cli.show_feeds import feeds_table, near
from feedbuilder.cli.signals import stop_event
from feedbuilder.config import Config, reloading
from feedbuilder.engine import Clock, Installation, Runner, system_clock
from feedbuilder.model import ConfigError
from feedbuilder.newsroom import DEMO_START, NEWSROOM_PORT, Newsroom, serve
from feedbuilder.processes import Nursery
from feedbuilder.store import hold, open_store
from feedbuilder.web import Background, output_app

DEFAULT_CONFIG = Path("config/feedbuilder.toml")


@command(shows_progress=True)
def demo(
    context: typer.Context,
    keep_serving: Annotated[
        bool, typer.Option("--serve", help="Keep newsroom, scheduler and a local server running.")
    ] = False,
    port: Annotated[int, typer.Option("--port", help="With --serve: the port of the local server.")] = PORT,
) -> Exit:
    """Build feeds from a sample newsroom on this machine: nothing else is asked for, nobody else is asked."""
    call: Call = context.obj
    config = _config(call)
    clock = _newsroom_clock(config, ticking=keep_serving)
    with (
        Installation.open(config, clock, processes=Nursery()) as installation,
        serve(Newsroom(clock), port=NEWSROOM_PORT) as newsroom,
    ):
        if keep_serving:
            return _live(call, installation, newsroom.url, port)
        report = build_with_progress(call, installation, config.sources, force=True)
    if report.publication is not None and not call.quiet:
        call.out.print(feeds_table(report.publication.feeds, near(config.site.place)))
    print_outcome(call, report)
    return Exit.FAILED if report.failed else Exit.OK


def _live(call: Call, installation: Installation, newsroom: str, port: int) -> Exit:
    """Keep everything running until stopped."""
    stop = stop_event()
    runner = Runner(installation, reloading(installation.config, os.environ))
    with (
        hold(installation.config.store.place, by=installation.config.path),
        Background(output_app(lambda: runner.site), HOST, port) as feeds,
    ):
        runner.start()
        call.say(f"The newsroom, with a story every minute or so:  [bold]{newsroom}/[/]")
        call.say(f"Your feeds; subscribe to World News there:      [bold]{feeds.url}/[/]")
        call.say("Ctrl-C stops.")
        stop.wait()
        runner.stop()
    return Exit.OK


def _newsroom_clock(config: Config, *, ticking: bool) -> Clock:
    """Return the newsroom's clock: from the demo's fixed start, or from where the last demonstration stopped.

    It stands still unless `ticking`, so that a second run finds the very same pages.
    """
    with open_store(config.store.place) as store:
        runs = [state.last_run for state in store.states().values() if state.last_run is not None]
    start = max([DEMO_START, *runs])
    if not ticking:
        return lambda: start
    offset: timedelta = system_clock() - start
    return lambda: system_clock() - offset


def _config(call: Call) -> Config:
    """Return the demo's configuration, written first where there is none. Raises ConfigError for somebody's own."""
    if call.config_path is None and not DEFAULT_CONFIG.exists():
        DEFAULT_CONFIG.parent.mkdir(parents=True, exist_ok=True)
        DEFAULT_CONFIG.write_bytes(_packaged_config())
        call.say(f"wrote {DEFAULT_CONFIG}")
    config = call.load()
    newsroom = f"{HOST}:{NEWSROOM_PORT}"
    strangers = [source.id for source in config.sources if urlsplit(source.url).netloc != newsroom]
    if strangers:
        raise ConfigError(
            f'{config.path}: the source "{strangers[0]}" is not on the sample newsroom ({newsroom}); '
            "run the demonstration in an empty folder"
        )
    return config


def _packaged_config() -> bytes:
    """Return the demo's configuration: from the package, or, in a clone, from where the build takes it."""
    packaged = files("feedbuilder.newsroom").joinpath("feedbuilder.toml")
    if packaged.is_file():
        return packaged.read_bytes()
    return (Path(__file__).parents[2] / DEFAULT_CONFIG).read_bytes()
