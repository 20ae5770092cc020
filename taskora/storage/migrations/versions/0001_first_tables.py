"""The tables of the first version: tasks and their outbox, inbox and change log; the broker's deliveries; states."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create every table."""
    _create_delivery()
    _create_log()
    _create_state()


def _create_log() -> None:
    op.create_table(
        "tasks_outbox",
        sa.Column("id", ROW_NUMBER, primary_key=True),
        sa.Column("event_id", sa.String(36), nullable=False),
        sa.Column("topic", sa.String(100), nullable=False),
        sa.Column("user_id", sa.String(255), nullable=False),
        sa.Column("envelope", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.Float(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("parked_at", sa.Float(), nullable=True),
        sa.Column("sent_at", sa.Float(), nullable=True),
        sa.UniqueConstraint("event_id", "topic", name="uq_tasks_outbox_event_id_topic"),
    )
    op.create_index("ix_tasks_outbox_next_try_at", "tasks_outbox", ["next_try_at"])
    op.create_index("ix_tasks_outbox_sent_at", "tasks_outbox", ["sent_at"])
    op.create_table(
        "tasks_inbox",
        sa.Column("event_id", sa.String(36), primary_key=True),
        sa.Column("topic", sa.String(100), primary_key=True),
        sa.Column("consumer", sa.String(100), primary_key=True),
        sa.Column("seen_at", sa.Float(), nullable=False),
    )
    op.create_index("ix_tasks_inbox_seen_at", "tasks_inbox", ["seen_at"])
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
        sa.Column("undoes", sa.String(36), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("uq_tasks_change_event_id", "tasks_change", ["event_id"], unique=True)
    op.create_index("ix_tasks_change_command_id", "tasks_change", ["user_id", "command_id"])


def _create_delivery() -> None:
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
