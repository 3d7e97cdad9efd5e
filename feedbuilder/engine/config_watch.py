"""Taking up a configuration whose files changed, for every process that goes on for long.

Owns when it is read anew, and what is said of one that is not valid: it is told once, and the one in force stays.
"""

from __future__ import annotations

from collections.abc import Callable

from feedbuilder.config import Config, stamp
from feedbuilder.engine.installation import Installation
from feedbuilder.logger import log
from feedbuilder.model import ConfigError


class ConfigWatch:
    """Knows what the files of a configuration looked like when they were last read. For one thread at a time.

    `load` reads them anew; it raises ConfigError while they are not valid.
    """

    def __init__(self, config: Config, load: Callable[[], Config]) -> None:
        self._load = load
        self._stamp = config.stamp

    def changed(self, installation: Installation, *, asked: bool = False) -> Installation | None:
        """Return `installation` under the configuration as it is now; None where its files are those that were read.

        None too, and said why, where they are not valid. They are read if somebody `asked`, changed or not. Whoever
        has taken the new one up says so (`taken_up`): what fails before is tried again.
        """
        seen = stamp(installation.config)
        if seen == self._stamp and not asked:
            return None
        try:
            return installation.reconfigured(self._load())
        except ConfigError as error:
            self._stamp = seen
            for problem in error.problems:
                log.error("configuration not taken up", problem=problem)  # noqa: TRY400 - expected, says it all
            return None

    def taken_up(self, config: Config) -> None:
        """Note that `config` is in force."""
        self._stamp = config.stamp
