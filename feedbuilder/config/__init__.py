"""The configuration: from a TOML file to a checked `Config`, and from the models to schema, reference and template.

Owns the reading of configuration files and everything that is said about them. Knows no other stage. What changes such
a file stands in `edit` and `remove_source`, and is asked for there: tomlkit is not loaded to read one.
"""

from feedbuilder.config.cautions import tags_without_feed
from feedbuilder.config.files import place
from feedbuilder.config.hints import nearest_zone
from feedbuilder.config.json_schema import schema
from feedbuilder.config.load import Config, changed, load, reloading, stamp
from feedbuilder.config.reference import reference
from feedbuilder.config.template import starting_config

__all__ = [
    "Config",
    "changed",
    "load",
    "nearest_zone",
    "place",
    "reference",
    "reloading",
    "schema",
    "stamp",
    "starting_config",
    "tags_without_feed",
]
