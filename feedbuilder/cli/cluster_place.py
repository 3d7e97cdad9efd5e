"""Whether a configuration is one for several processes, for the commands that are some of them."""

from __future__ import annotations

from feedbuilder.config import Config
from feedbuilder.model import ConfigError


def url_of_cluster(config: Config) -> str:
    """Return the address of the store that several processes work on. Raises ConfigError where it is none."""
    try:
        import procrastinate  # noqa: F401, PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise ConfigError(
            "several processes need what is not installed here: pip install 'feedbuilder[cluster]'"
        ) from error
    if config.cluster is None:
        raise ConfigError(
            f'{config.path}: workers need engine = "procrastinate" at the top of the configuration, and the url of a '
            "database under [store]"
        )
    return config.cluster
