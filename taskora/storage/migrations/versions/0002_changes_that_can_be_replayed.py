"""The change log keeps what its events say beside the snapshot; storage's own tables."""

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Bring a database of revision 0001 to this one."""
