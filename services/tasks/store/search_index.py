"""The index of full-text search, which belongs to the table of tasks: what each database system makes beside it.

SQLite: an FTS5 table without content of its own (https://sqlite.org/fts5.html, contentless tables), fed by triggers; its row
ids are given out by `tasks_search_row`, since those of the tasks may change when a file is copied. PostgreSQL: a generated
column with a GIN index, whose new entries go in at once: a list of pending ones (`fastupdate`) would be read from end to end
by every search until the next vacuum. The migrations make the same.
"""

import sqlalchemy as sa

_REMOVED = """
INSERT INTO tasks_search (tasks_search, rowid, words)
SELECT 'delete', id, old.search_text FROM tasks_search_row WHERE task_id = old.id;
"""
_ADDED = """
INSERT INTO tasks_search (rowid, words) SELECT id, new.search_text FROM tasks_search_row WHERE task_id = new.id;
"""
ON_SQLITE = (
    "CREATE TABLE tasks_search_row (id INTEGER PRIMARY KEY, task_id VARCHAR NOT NULL UNIQUE)",
    """
    CREATE VIRTUAL TABLE tasks_search USING fts5(
        words, content='', detail=none, columnsize=0, tokenize='unicode61 remove_diacritics 0'
    )
    """,
    f"""
    CREATE TRIGGER tasks_search_added AFTER INSERT ON tasks_task BEGIN
    INSERT INTO tasks_search_row (task_id) VALUES (new.id);
    {_ADDED} END
    """,  # noqa: S608  our own words
    f"""
    CREATE TRIGGER tasks_search_changed AFTER UPDATE OF search_text ON tasks_task
    WHEN new.search_text IS NOT old.search_text BEGIN {_REMOVED} {_ADDED} END
    """,
    f"""
    CREATE TRIGGER tasks_search_removed AFTER DELETE ON tasks_task BEGIN {_REMOVED}
    DELETE FROM tasks_search_row WHERE task_id = old.id; END
    """,  # noqa: S608  the same
)
ON_POSTGRESQL = (
    """
    ALTER TABLE tasks_task ADD COLUMN search tsvector
    GENERATED ALWAYS AS (array_to_tsvector(string_to_array(search_text, ' '))) STORED
    """,
    "CREATE INDEX ix_tasks_task_search ON tasks_task USING gin (search) WITH (fastupdate = off)",
)


def attach(table: sa.Table) -> None:
    """Let the index be made with the table."""
    for system, statements in (("sqlite", ON_SQLITE), ("postgresql", ON_POSTGRESQL)):
        for statement in statements:
            made = sa.DDL(" ".join(statement.split()))  # type: ignore[no-untyped-call]  # SQLAlchemy left its constructor untyped
            sa.event.listen(table, "after_create", made.execute_if(dialect=system))
