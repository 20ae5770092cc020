"""Full-text search over tasks, and what the task service needs for retention, tags and series."""

import re
import unicodedata
from hashlib import blake2b

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Bring a database of revision 0003 to this one."""
    _series()
    _search()


def _series() -> None:
    """Add what later occurrences keep, what was taken back, and the way to the completions that nothing came of yet."""
    op.add_column("tasks_task", sa.Column("usual", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("tasks_task", sa.Column("taken_back", sa.Boolean(), nullable=False, server_default=sa.false()))
    unanswered = sa.text("series_id IS NOT NULL AND status = 'completed' AND next_reason IS NULL")
    op.create_index(
        "ix_tasks_task_unanswered",
        "tasks_task",
        ["completed_at", "id"],
        sqlite_where=unanswered,
        postgresql_where=unanswered,
    )


def _search() -> None:
    """Take the texts apart into words, and keep an index of them in the statements that write them."""
    _listed_without_words()
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT id, user_id, search_text FROM tasks_task")).all()
    words = [{"id": row.id, "words": _words(row.user_id, row.search_text)} for row in rows]
    for first in range(0, len(words), 1000):
        connection.execute(
            sa.text("UPDATE tasks_task SET search_text = :words WHERE id = :id"), words[first : first + 1000]
        )
    if connection.dialect.name == "sqlite":
        _search_on_sqlite()
    else:
        op.execute(
            "ALTER TABLE tasks_task ADD COLUMN search tsvector "
            "GENERATED ALWAYS AS (array_to_tsvector(string_to_array(search_text, ' '))) STORED"
        )
        op.execute("CREATE INDEX ix_tasks_task_search ON tasks_task USING gin (search) WITH (fastupdate = off)")


def _listed_without_words() -> None:
    """Take the words out of the index of lists, where a long description does not find room (PostgreSQL: 2,704 bytes)."""
    kept = sa.text("deleted_at IS NULL")
    op.drop_index("ix_tasks_task_listed", "tasks_task")
    op.create_index(
        "ix_tasks_task_listed",
        "tasks_task",
        ["user_id", "status", "due_at", sa.text("priority DESC"), "number", "id"],
        sqlite_where=kept,
        postgresql_where=kept,
    )


def _words(user_id: str, text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(letter for letter in folded if unicodedata.category(letter) not in {"Mn", "Me"})
    words = dict.fromkeys(word[:64] for word in re.findall(r"[^\W_]+", plain))
    mark = f"u{blake2b(user_id.encode(), digest_size=6).hexdigest()}x"
    return " ".join(f"{mark}{word}" for word in words)


def _search_on_sqlite() -> None:
    op.execute("CREATE TABLE tasks_search_row (id INTEGER PRIMARY KEY, task_id VARCHAR NOT NULL UNIQUE)")
    op.execute(
        "CREATE VIRTUAL TABLE tasks_search USING fts5( words, content='', detail=none, columnsize=0, "
        "tokenize='unicode61 remove_diacritics 0' )"
    )
    op.execute("INSERT INTO tasks_search_row (task_id) SELECT id FROM tasks_task")
    op.execute(
        "INSERT INTO tasks_search (rowid, words) "
        "SELECT r.id, t.search_text FROM tasks_search_row r JOIN tasks_task t ON t.id = r.task_id"
    )
    for name, when, done in _TRIGGERS:
        op.execute(f"CREATE TRIGGER tasks_search_{name} AFTER {when} BEGIN {done} END")


_REMOVED = (
    "INSERT INTO tasks_search (tasks_search, rowid, words) "
    "SELECT 'delete', id, old.search_text FROM tasks_search_row WHERE task_id = old.id;"
)
_ADDED = (
    "INSERT INTO tasks_search (rowid, words) SELECT id, new.search_text FROM tasks_search_row WHERE task_id = new.id;"
)
_TRIGGERS = (
    ("added", "INSERT ON tasks_task", f"INSERT INTO tasks_search_row (task_id) VALUES (new.id); {_ADDED}"),  # noqa: S608  our own words
    (
        "changed",
        "UPDATE OF search_text ON tasks_task WHEN new.search_text IS NOT old.search_text",
        f"{_REMOVED} {_ADDED}",
    ),
    ("removed", "DELETE ON tasks_task", f"{_REMOVED} DELETE FROM tasks_search_row WHERE task_id = old.id;"),  # noqa: S608  the same
)
