"""What one running studio has: its configuration as it is now, who is let in, what is worked on."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from feedbuilder.config import Config, changed, load
from feedbuilder.detect import detect
from feedbuilder.model import ConfigError, Site
from feedbuilder.studio.doorkeeper import Access
from feedbuilder.studio.jobs import Jobs
from feedbuilder.studio.looks import Looks
from feedbuilder.tend.page_findings import Detect

RUN = "run"
"""What `feedbuilder run` is called among the jobs."""


@dataclass
class Studio:
    """The studio of one configuration, which may not be there yet. Safe to use from several threads."""

    place: Path
    """Where the configuration is, or would be if there were one."""
    environ: Mapping[str, str] = field(repr=False)
    access: Access
    detector: Detect = detect
    """What looks for lists on a page, perhaps in another process."""
    looks: Looks = field(default_factory=lambda: Looks(time.monotonic))
    """The pages that are worked on."""
    _config: Config | None = None
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        """Have a place for the commands that are to run."""
        self.jobs = Jobs(self.place, self.environ)

    def config(self) -> Config:
        """Return the configuration as its files are now. Raises ConfigError, also where there is none."""
        with self._lock:
            if self._config is None or changed(self._config):
                self._config = load(self.place, self.environ, before=self._config)
            return self._config

    def publish(self) -> None:
        """Have the feeds written as they are configured now; only sources that are due are read."""
        self.jobs.begin("publish", ["build", "--due"])

    def keep_running(self) -> None:
        """Begin `feedbuilder run`, which lives as long as the studio."""
        self.jobs.begin(RUN, ["run"])

    def stop_running(self) -> None:
        """End the `feedbuilder run` that was begun here, if there is one."""
        if (job := self.jobs.get(RUN)) is not None:
            job.stop()

    def site(self) -> Site:
        """Return the site that the feeds make up, as far as it is known."""
        with suppress(ConfigError):
            return self.config().site
        usual = Site()
        return usual.model_copy(update={"output": (self.place.parent / usual.output).resolve()})

    def known_config(self) -> Config | None:
        """Return the configuration, None where there is none yet. Raises ConfigError if there is a wrong one."""
        try:
            return self.config()
        except ConfigError:
            if self.place.exists():
                raise
            return None
