"""Full-text search over tasks, and what the task service needs for retention, tags and series."""

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Bring a database of revision 0003 to this one."""
