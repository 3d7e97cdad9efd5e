"""What one running studio has: its configuration as it is now, who is let in, what is worked on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from feedbuilder.config import Config, changed, load
from feedbuilder.model import ConfigError
from feedbuilder.studio.doorkeeper import Access


@dataclass
class Studio:
    """The studio of one configuration, which may not be there yet. Safe to use from several threads."""

    place: Path
    """Where the configuration is, or would be if there were one."""
    environ: Mapping[str, str] = field(repr=False)
    access: Access
    _config: Config | None = None
    _lock: Lock = field(default_factory=Lock)

    def config(self) -> Config:
        """Return the configuration as its files are now. Raises ConfigError, also where there is none."""
        with self._lock:
            if self._config is None or changed(self._config):
                self._config = load(self.place, self.environ, before=self._config)
            return self._config

    def known_config(self) -> Config | None:
        """Return the configuration, None where there is none yet. Raises ConfigError if there is a wrong one."""
        try:
            return self.config()
        except ConfigError:
            if self.place.exists():
                raise
            return None
