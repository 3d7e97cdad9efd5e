"""What a command finds configured: sources by their ids, and a configuration that may not be there yet."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from feedbuilder.cli.call import Call
from feedbuilder.config import Config
from feedbuilder.model import ConfigError, Source


def chosen_sources(config: Config, names: Sequence[str] | None) -> list[Source]:
    """Return the sources with these ids, in the order of the configuration. Raises ConfigError for unknown ids."""
    known = {source.id: source for source in config.sources}
    unknown = [name for name in names or () if name not in known]
    if unknown:
        raise ConfigError(*(f'no source has the id "{name}"{_meant(name, known)}' for name in unknown))
    return [source for source in config.sources if not names or source.id in names]


def _meant(name: str, known: dict[str, Source]) -> str:
    close = get_close_matches(name, known, n=1)
    return f'; did you mean "{close[0]}"?' if close else f"; there are: {', '.join(known) or 'none'}"


def known_config(call: Call) -> Config | None:
    """Return the configuration, None where there is none yet. Raises ConfigError if there is a wrong one."""
    try:
        return call.load()
    except ConfigError:
        if call.config_file.exists():
            raise
        return None
