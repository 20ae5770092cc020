"""Run by Alembic: applies revisions on the connection that `taskora.storage.migration` hands over."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
