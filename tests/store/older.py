"""Stores as older versions made them."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from feedbuilder.store.migrate import SCRIPTS, VERSION_TABLE


def bring_up_to(connection: Connection, version: str) -> None:
    """Make the tables of the store as they were in `version`, or bring those that are there up to it."""
    config = Config(attributes={"connection": connection, "version_table": VERSION_TABLE})
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, version)
