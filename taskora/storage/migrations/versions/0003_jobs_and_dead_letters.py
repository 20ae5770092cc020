"""Jobs, and dead letters of every host."""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Bring a database of revision 0002 to this one."""
