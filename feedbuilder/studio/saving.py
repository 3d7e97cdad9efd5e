"""What was worked out on a bench goes into the configuration, by the functions that `add` and `heal --write` use."""

from __future__ import annotations

from collections.abc import Sequence

from feedbuilder.config.change_source import replace_selectors
from feedbuilder.engine import system_clock
from feedbuilder.model import Source
from feedbuilder.store import open_store
from feedbuilder.studio.studio_state import Studio
from feedbuilder.studio.workbench import Workbench
from feedbuilder.tend.write_plan import write_plan


def save(studio: Studio, bench: Workbench, feed_tags: Sequence[str] = ()) -> Source:
    """Write the source of `bench`, with a feed for each of `feed_tags`, and have it read at once; return it.

    Raises ConfigError, and then nothing was written.
    """
    plan = bench.plan
    if bench.changes is not None:
        source = bench.source()
        replace_selectors(studio.config(), source, bench.candidate.settings, studio.environ)
    else:
        config = studio.known_config()
        written = write_plan(config, studio.place, plan, studio.environ, hosts=bench.hosts, feed_tags=feed_tags)
        source = written.source
        with open_store(written.config.store.place) as store:
            store.explain(plan.id, plan.origin(system_clock()))
    build_now(studio, source.id)
    return source


def build_now(studio: Studio, source_id: str) -> None:
    """Have a source read now and its feeds written, by `feedbuilder build`, whose log the studio shows."""
    studio.jobs.begin(f"build {source_id}", ["-v", "build", source_id, "--force"])
