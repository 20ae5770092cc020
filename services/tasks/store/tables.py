"""The tables of the task service. The classes only define them: statements are SQLAlchemy Core over the names below.

`tasks_user` is the counter row of a user, locked before any other row. An outbox, an inbox and the changes belong to the
storage layer. Above the tables there are no rows: a store function takes and returns domain values.
"""

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from services.tasks.store import search_index
from taskora.storage.columns import UtcDateTime

NO_DATE = dt.datetime(9999, 12, 31, tzinfo=dt.UTC)
"""Stands for "no due date" in `due_at`, so that one index sorts tasks without a date last on every database."""


class UserRow(SQLModel, table=True):
    """One user: the last sequence number of the changes, the last task number, and what the user chose."""

    __tablename__ = "tasks_user"

    user_id: str = Field(primary_key=True)
    sequence: int = Field(default=0)
    task_number: int = Field(default=0)
    preferences: dict[str, object] = Field(default_factory=dict, sa_type=sa.JSON, nullable=False)


class SeriesRow(SQLModel, table=True):
    """A series: its rules as JSON, where it ends, and whether it still makes tasks.

    `stopped_by` is the id of the task whose deletion stopped it: bringing that task back revives the series.
    """

    __tablename__ = "tasks_series"

    id: str = Field(primary_key=True)
    user_id: str = Field(index=True)
    rules: list[dict[str, object]] = Field(sa_type=sa.JSON, nullable=False)
    excluded_dates: list[str] = Field(sa_type=sa.JSON, nullable=False)
    excluded_rules: list[dict[str, object]] = Field(sa_type=sa.JSON, nullable=False)
    anchor: str
    until: dt.date | None = None
    count: int | None = None
    zone: str | None = None
    state: str
    version: int
    made: int
    stopped_by: str | None = None


_LISTED = ("user_id", "status", "due_at", sa.text("priority DESC"), "number", "id")
"""The order of lists."""


class TaskRow(SQLModel, table=True):
    """A task. `due_at` is the instant derived from the due (an all-day one begins where the user is), else NO_DATE.

    `priority` is a rank, 0 for low up to 3 for urgent. `search_text` is its words (see `search`). `shown` is
    the task as JSON, ready for a list, and `shown_form` the form and the zone it was made for; without them, or when they
    are of another form or zone, a list makes it from the other columns.
    """

    __tablename__ = "tasks_task"
    __table_args__ = (
        sa.UniqueConstraint("user_id", "number", name="uq_tasks_task_number"),
        sa.Index(
            "ix_tasks_task_listed",
            *_LISTED,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        ),
        sa.Index(
            "ix_tasks_task_completed",
            "user_id",
            "completed_at",
            sqlite_where=sa.text("completed_at IS NOT NULL AND deleted_at IS NULL"),
            postgresql_where=sa.text("completed_at IS NOT NULL AND deleted_at IS NULL"),
        ),
        sa.Index(
            "ix_tasks_task_trash",
            "user_id",
            "deleted_at",
            sqlite_where=sa.text("deleted_at IS NOT NULL"),
            postgresql_where=sa.text("deleted_at IS NOT NULL"),
        ),
        sa.Index(
            "ix_tasks_task_unanswered",
            "completed_at",
            "id",
            sqlite_where=sa.text("series_id IS NOT NULL AND status = 'completed' AND next_reason IS NULL"),
            postgresql_where=sa.text("series_id IS NOT NULL AND status = 'completed' AND next_reason IS NULL"),
        ),
        sa.Index(
            "uq_tasks_task_open_occurrence",
            "series_id",
            unique=True,
            sqlite_where=sa.text("series_id IS NOT NULL AND status = 'open' AND deleted_at IS NULL"),
            postgresql_where=sa.text("series_id IS NOT NULL AND status = 'open' AND deleted_at IS NULL"),
        ),
        sa.Index(
            "ix_tasks_task_series",
            "series_id",
            sqlite_where=sa.text("series_id IS NOT NULL"),
            postgresql_where=sa.text("series_id IS NOT NULL"),
        ),
        sa.Index(
            "uq_tasks_task_caused_by",
            "caused_by",
            unique=True,
            sqlite_where=sa.text("caused_by IS NOT NULL"),
            postgresql_where=sa.text("caused_by IS NOT NULL"),
        ),
        sa.Index(
            "ix_tasks_task_predecessor",
            "predecessor_id",
            sqlite_where=sa.text("predecessor_id IS NOT NULL"),
            postgresql_where=sa.text("predecessor_id IS NOT NULL"),
        ),
    )

    id: str = Field(primary_key=True)
    user_id: str
    number: int
    title: str
    description: str
    status: str
    priority: int
    due_date: dt.date | None = None
    due_time: dt.time | None = None
    due_zone: str | None = None
    due_at: dt.datetime = Field(sa_type=UtcDateTime)
    end_date: dt.date | None = None
    end_time: dt.time | None = None
    end_zone: str | None = None
    duration_seconds: int | None = None
    deadline: dt.date | None = None
    reminders: list[str] = Field(sa_type=sa.JSON, nullable=False)
    series_id: str | None = Field(default=None, foreign_key="tasks_series.id")
    occurrence_date: dt.date | None = None
    occurrence_time: dt.time | None = None
    occurrence_zone: str | None = None
    predecessor_id: str | None = None
    caused_by: str | None = None
    completed_by: str | None = None
    next_reason: str | None = None
    next_task_id: str | None = None
    next_passed_over: int | None = None
    search_text: str
    version: int
    created_at: dt.datetime = Field(sa_type=UtcDateTime)
    updated_at: dt.datetime = Field(sa_type=UtcDateTime)
    completed_at: dt.datetime | None = Field(default=None, sa_type=UtcDateTime)
    deleted_at: dt.datetime | None = Field(default=None, sa_type=UtcDateTime)
    usual: dict[str, object] = Field(
        default_factory=dict, sa_type=sa.JSON, nullable=False, sa_column_kwargs={"server_default": "{}"}
    )
    taken_back: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    shown: str | None = None
    shown_form: str | None = None


class TagRow(SQLModel, table=True):
    """A tag of a user, made when it is first used. `key` is the case-folded name: "Work" and "work" are one tag."""

    __tablename__ = "tasks_tag"
    __table_args__ = (sa.UniqueConstraint("user_id", "key", name="uq_tasks_tag_key"),)

    id: str = Field(primary_key=True)
    user_id: str
    key: str
    name: str
    colour: str | None = None


class TaskTagRow(SQLModel, table=True):
    """A tag on a task, with its place in the task's order."""

    __tablename__ = "tasks_task_tag"
    __table_args__ = (sa.Index("ix_tasks_task_tag_tag", "tag_id", "task_id"),)

    task_id: str = Field(primary_key=True, foreign_key="tasks_task.id")
    tag_id: str = Field(primary_key=True, foreign_key="tasks_tag.id")
    position: int


class CommandRow(SQLModel, table=True):
    """A command that was carried out: what undo walks back along, and the answer that an idempotency key gives again.

    `first_sequence` and `last_sequence` bound its changes (0 when it changed nothing). `undone_by` is the id of the undo
    that took it back. `fingerprint` and `answer` are kept only for commands that came with a key.
    """

    __tablename__ = "tasks_command"
    __table_args__ = (
        sa.UniqueConstraint("user_id", "idempotency_key", name="uq_tasks_command_key"),
        sa.Index("ix_tasks_command_last", "user_id", "last_sequence"),
    )

    id: str = Field(primary_key=True)
    user_id: str
    kind: str
    actor_kind: str
    actor_name: str
    channel: str
    at: dt.datetime = Field(sa_type=UtcDateTime)
    first_sequence: int
    last_sequence: int
    undone_by: str | None = None
    idempotency_key: str | None = None
    fingerprint: str | None = None
    answer: dict[str, object] | None = Field(default=None, sa_type=sa.JSON)


def _table(name: str) -> sa.Table:
    return SQLModel.metadata.tables[name]


user_table = _table("tasks_user")
series_table = _table("tasks_series")
task_table = _table("tasks_task")
tag_table = _table("tasks_tag")
task_tag_table = _table("tasks_task_tag")
command_table = _table("tasks_command")

search_index.attach(task_table)
