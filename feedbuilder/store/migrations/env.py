"""Alembic's way in: runs the steps in the transaction that `store.migrate` has opened."""

from __future__ import annotations

from alembic import context

from feedbuilder.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    version_table=context.config.attributes["version_table"],
    target_metadata=metadata,
    # SQLite can undo CREATE TABLE; Alembic assumes that it cannot, and would leave half a migration behind.
    transactional_ddl=True,
    # SQLite changes columns by copying the table.
    render_as_batch=True,
)
context.run_migrations()
