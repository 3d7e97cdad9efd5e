"""The configuration: from a TOML file to a checked `Config`, and from the models to schema, reference and template.

Owns the reading of configuration files and everything that is said about them. Knows no other stage.
"""

from feedbuilder.config.cautions import tags_without_feed
from feedbuilder.config.edit import add_source
from feedbuilder.config.edit import begin as begin_config
from feedbuilder.config.files import place
from feedbuilder.config.hints import nearest_zone
from feedbuilder.config.json_schema import schema
from feedbuilder.config.load import Config, changed, load, stamp
from feedbuilder.config.reference import reference
from feedbuilder.config.remove_source import remove_source
from feedbuilder.config.template import starting_config

__all__ = [
    "Config",
    "add_source",
    "begin_config",
    "changed",
    "load",
    "nearest_zone",
    "place",
    "reference",
    "remove_source",
    "schema",
    "stamp",
    "starting_config",
    "tags_without_feed",
]
