"""The change log keeps what its events say beside the snapshot; storage's own tables."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Bring a database of revision 0001 to this one."""
    for column in (
        sa.Column("correlation_id", sa.String(255), nullable=True),
        sa.Column("traceparent", sa.String(100), nullable=True),
        sa.Column("more", sa.JSON(), nullable=True),
    ):
        op.add_column("tasks_change", column)
