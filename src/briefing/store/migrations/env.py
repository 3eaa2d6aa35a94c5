"""Alembic's way in: it is handed a connection and never opens one of its own."""

from alembic import context

from briefing.store.schema.core import metadata
from briefing.store.schema.postgresql import tell_postgresql

connection = context.config.attributes["connection"]
if connection.dialect.name == "postgresql":
    tell_postgresql()
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
