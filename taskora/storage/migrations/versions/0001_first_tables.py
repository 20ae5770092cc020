"""The tables of the first version: tasks and their outbox, inbox and change log; the broker's deliveries; states."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create every table."""
    _create_user_and_series()
    _create_task()
    _index_task()
    _create_tags()
    _create_command()
    _create_outbox_and_inbox()
    _create_change()
    _create_broker()
    _create_state()


def _create_user_and_series() -> None:
    op.create_table(
        "tasks_user",
        sa.Column("user_id", sa.String(), primary_key=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("task_number", sa.Integer(), nullable=False),
        sa.Column("preferences", sa.JSON(), nullable=False),
    )
    op.create_table(
        "tasks_series",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("excluded_dates", sa.JSON(), nullable=False),
        sa.Column("excluded_rules", sa.JSON(), nullable=False),
        sa.Column("anchor", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("zone", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.Column("stopped_by", sa.String(), nullable=True),
    )
    op.create_index("ix_tasks_series_user_id", "tasks_series", ["user_id"])


def _create_task() -> None:
    op.create_table(
        "tasks_task",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("due_date", sa.Date(), nullable=True),
        sa.Column("due_time", sa.Time(), nullable=True),
        sa.Column("due_zone", sa.String(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end_date", sa.Date(), nullable=True),
        sa.Column("end_time", sa.Time(), nullable=True),
        sa.Column("end_zone", sa.String(), nullable=True),
        sa.Column("duration_seconds", sa.Integer(), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("reminders", sa.JSON(), nullable=False),
        sa.Column("series_id", sa.String(), sa.ForeignKey("tasks_series.id"), nullable=True),
        sa.Column("occurrence_date", sa.Date(), nullable=True),
        sa.Column("occurrence_time", sa.Time(), nullable=True),
        sa.Column("occurrence_zone", sa.String(), nullable=True),
        sa.Column("predecessor_id", sa.String(), nullable=True),
        sa.Column("caused_by", sa.String(), nullable=True),
        sa.Column("completed_by", sa.String(), nullable=True),
        sa.Column("next_reason", sa.String(), nullable=True),
        sa.Column("next_task_id", sa.String(), nullable=True),
        sa.Column("next_passed_over", sa.Integer(), nullable=True),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shown", sa.String(), nullable=True),
        sa.Column("shown_form", sa.String(), nullable=True),
        sa.UniqueConstraint("user_id", "number", name="uq_tasks_task_number"),
    )


def _index_task() -> None:
    listed: list[str | sa.TextClause] = [
        "user_id",
        "status",
        "due_at",
        sa.text("priority DESC"),
        "number",
        "id",
        "search_text",
    ]
    _partial_index("ix_tasks_task_listed", listed, "deleted_at IS NULL")
    completed = "completed_at IS NOT NULL AND deleted_at IS NULL"
    _partial_index("ix_tasks_task_completed", ["user_id", "completed_at"], completed)
    _partial_index("ix_tasks_task_trash", ["user_id", "deleted_at"], "deleted_at IS NOT NULL")
    occurrence = "series_id IS NOT NULL AND status = 'open' AND deleted_at IS NULL"
    _partial_index("uq_tasks_task_open_occurrence", ["series_id"], occurrence, unique=True)
    _partial_index("ix_tasks_task_series", ["series_id"], "series_id IS NOT NULL")
    _partial_index("uq_tasks_task_caused_by", ["caused_by"], "caused_by IS NOT NULL", unique=True)
    _partial_index("ix_tasks_task_predecessor", ["predecessor_id"], "predecessor_id IS NOT NULL")


def _partial_index(name: str, columns: list[str | sa.TextClause], where: str, *, unique: bool = False) -> None:
    clause = sa.text(where)
    op.create_index(name, "tasks_task", columns, unique=unique, sqlite_where=clause, postgresql_where=clause)


def _create_tags() -> None:
    op.create_table(
        "tasks_tag",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("colour", sa.String(), nullable=True),
        sa.UniqueConstraint("user_id", "key", name="uq_tasks_tag_key"),
    )
    op.create_table(
        "tasks_task_tag",
        sa.Column("task_id", sa.String(), sa.ForeignKey("tasks_task.id"), primary_key=True),
        sa.Column("tag_id", sa.String(), sa.ForeignKey("tasks_tag.id"), primary_key=True),
        sa.Column("position", sa.Integer(), nullable=False),
    )
    op.create_index("ix_tasks_task_tag_tag", "tasks_task_tag", ["tag_id", "task_id"])


def _create_command() -> None:
    op.create_table(
        "tasks_command",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("actor_kind", sa.String(), nullable=False),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_sequence", sa.Integer(), nullable=False),
        sa.Column("last_sequence", sa.Integer(), nullable=False),
        sa.Column("undone_by", sa.String(), nullable=True),
        sa.Column("idempotency_key", sa.String(), nullable=True),
        sa.Column("fingerprint", sa.String(), nullable=True),
        sa.Column("answer", sa.JSON(), nullable=True),
        sa.UniqueConstraint("user_id", "idempotency_key", name="uq_tasks_command_key"),
    )
    op.create_index("ix_tasks_command_last", "tasks_command", ["user_id", "last_sequence"])


def _create_outbox_and_inbox() -> None:
    op.create_table(
        "tasks_outbox",
        sa.Column("id", ROW_NUMBER, primary_key=True),
        sa.Column("event_id", sa.String(36), nullable=False),
        sa.Column("topic", sa.String(100), nullable=False),
        sa.Column("user_id", sa.String(255), nullable=False),
        sa.Column("envelope", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("parked_at", sa.Float(), nullable=True),
        sa.UniqueConstraint("event_id", "topic", name="uq_tasks_outbox_event_id_topic"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "tasks_inbox",
        sa.Column("event_id", sa.String(36), primary_key=True),
        sa.Column("topic", sa.String(100), primary_key=True),
        sa.Column("consumer", sa.String(100), primary_key=True),
        sa.Column("seen_at", sa.Float(), nullable=False),
    )
    op.create_index("ix_tasks_inbox_seen_at", "tasks_inbox", ["seen_at"])


def _create_change() -> None:
    op.create_table(
        "tasks_change",
        sa.Column("user_id", sa.String(255), primary_key=True),
        sa.Column("sequence", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("event_id", sa.String(36), nullable=False),
        sa.Column("type", sa.String(100), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("task_version", sa.Integer(), nullable=True),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.Column("actor_kind", sa.String(20), nullable=False),
        sa.Column("actor_name", sa.String(255), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("command_id", sa.String(36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("uq_tasks_change_event_id", "tasks_change", ["event_id"], unique=True)
    op.create_index("ix_tasks_change_command_id", "tasks_change", ["command_id"])
    op.create_index("ix_tasks_change_subject", "tasks_change", ["user_id", "subject", "sequence"])


def _create_broker() -> None:
    op.create_table(
        "broker_delivery",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("consumer", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("partition_key", sa.String(), nullable=False),
        sa.Column("envelope", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.Float(), nullable=False),
        sa.UniqueConstraint("consumer", "topic", "event_id"),
    )
    op.create_index("ix_broker_delivery_next", "broker_delivery", ["consumer", "due_at", "id"])
    op.create_table(
        "broker_dead_letter",
        sa.Column("consumer", sa.String(), primary_key=True),
        sa.Column("topic", sa.String(), primary_key=True),
        sa.Column("event_id", sa.String(), primary_key=True),
        sa.Column("partition_key", sa.String(), nullable=False),
        sa.Column("envelope", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("died_at", sa.Float(), nullable=False),
    )


def _create_state() -> None:
    op.create_table(
        "state_entry",
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("etag", sa.String(), nullable=False),
        sa.Column("expires_at", sa.Float(), nullable=True),
    )
    op.create_index("ix_state_entry_expires_at", "state_entry", ["expires_at"])
