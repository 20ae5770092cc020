"""The history of the schema: Alembic revisions, shipped with the package. `taskora.storage.migration` runs them."""
