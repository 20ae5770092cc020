"""Jobs of the embedded host; a number for each dead letter, by which people name it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Bring a database of revision 0002 to this one."""
    op.create_table(
        "runtime_job",
        sa.Column("service", sa.String(100), primary_key=True),
        sa.Column("name", sa.String(200), primary_key=True),
        sa.Column("edition", sa.String(32), nullable=False),
        sa.Column("due_at", sa.Float(), nullable=False),
        sa.Column("not_before", sa.Float(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
    )
    op.create_index("ix_runtime_job_due_at", "runtime_job", ["due_at"])
    _number_dead_letters()


def _number_dead_letters() -> None:
    op.rename_table("broker_dead_letter", "broker_dead_letter_0002")
    op.create_table(
        "broker_dead_letter",
        sa.Column("id", ROW_NUMBER, primary_key=True),
        sa.Column("consumer", sa.String(100), nullable=False),
        sa.Column("topic", sa.String(100), nullable=False),
        sa.Column("event_id", sa.String(255), nullable=False),
        sa.Column("partition_key", sa.String(255), nullable=False),
        sa.Column("envelope", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("died_at", sa.Float(), nullable=False),
        sa.UniqueConstraint("consumer", "topic", "event_id", name="uq_broker_dead_letter_event"),
        sqlite_autoincrement=True,
    )
    columns = "consumer, topic, event_id, partition_key, envelope, attempts, reason, died_at"
    op.execute(
        f"INSERT INTO broker_dead_letter ({columns}) SELECT {columns} FROM broker_dead_letter_0002 ORDER BY died_at"  # noqa: S608  the names are ours
    )
    op.drop_table("broker_dead_letter_0002")
