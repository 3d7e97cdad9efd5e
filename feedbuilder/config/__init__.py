"""The configuration: from a TOML file to a checked `Config`, and from the models to schema, reference and template.

Owns the reading of configuration files and everything that is said about them. Knows no other stage. What changes such
a file stands in `edit` and `remove_source`, and is asked for there: tomlkit is not loaded to read one.
"""

from typing import TYPE_CHECKING

from feedbuilder.config.files import place
from feedbuilder.config.hints import nearest_zone
from feedbuilder.config.load import Config, changed, load, reloading, stamp
from feedbuilder.loading import on_demand

if TYPE_CHECKING:
    from feedbuilder.config.cautions import tags_without_feed
    from feedbuilder.config.json_schema import schema
    from feedbuilder.config.reference_document import reference
    from feedbuilder.config.template import starting_config
else:
    __getattr__ = on_demand(
        __name__,
        {
            "reference": "reference_document",
            "schema": "json_schema",
            "starting_config": "template",
            "tags_without_feed": "cautions",
        },
    )

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
