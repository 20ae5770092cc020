"""Tasks that go for good: those that were in the trash for long. Their changes stay in the log."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy import Connection

from services.tasks.store.tables import task_table, task_tag_table

_OLD = (
    sa.select(task_table.c.id)
    .where(task_table.c.deleted_at.is_not(None), task_table.c.deleted_at < sa.bindparam("before"))
    .limit(sa.bindparam("limit", type_=sa.Integer))
    .with_for_update(skip_locked=True)  # one that is being restored right now stays
)
_CHOSEN: sa.BindParameter[str] = sa.bindparam("tasks", expanding=True)
_UNTAGGED = sa.delete(task_tag_table).where(task_tag_table.c.task_id.in_(_CHOSEN))
_REMOVED = sa.delete(task_table).where(task_table.c.id.in_(_CHOSEN))


def remove(connection: Connection, before: dt.datetime, limit: int) -> int:
    """Remove at most `limit` tasks of all users that were deleted before an instant, and return how many there were."""
    ids = [task_id for (task_id,) in connection.execute(_OLD, {"before": before, "limit": limit})]
    if ids:
        connection.execute(_UNTAGGED, {"tasks": ids})
        connection.execute(_REMOVED, {"tasks": ids})
    return len(ids)
