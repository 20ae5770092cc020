"""Completed occurrences of which nothing came yet (`next` is empty), and the changes by which they were completed."""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import Connection

from services.tasks.store.tables import task_table
from taskora.storage import outbox
from taskora.storage.changes import NumberedChange, by_events

Place = tuple[dt.datetime, str]
"""When an occurrence was completed, and its id: the order in which they are gone through."""

_t = task_table.c
_UNANSWERED = (_t.series_id.is_not(None), _t.status == "completed", _t.next_reason.is_(None))
_PLACES = (
    sa.select(_t.completed_at, _t.id)
    .where(*_UNANSWERED, _t.completed_at < sa.bindparam("before", type_=_t.completed_at.type))
    .order_by(_t.completed_at, _t.id)
    .limit(sa.bindparam("limit", type_=sa.Integer))
)
_FURTHER = _PLACES.where(
    sa.tuple_(_t.completed_at, _t.id)
    > sa.tuple_(sa.bindparam("at", type_=_t.completed_at.type), sa.bindparam("id", type_=_t.id.type))
)
_EVENTS = sa.select(_t.completed_by).where(*_UNANSWERED, _t.id.in_(sa.bindparam("ids", expanding=True)))


def places(connection: Connection, before: dt.datetime, after: Place | None, limit: int) -> list[Place]:
    """Return the unanswered completions of before an instant, the oldest first, after a place."""
    values = {"before": before, "limit": limit}
    if after is None:
        rows = connection.execute(_PLACES, values)
    else:
        rows = connection.execute(_FURTHER, {**values, "at": after[0], "id": after[1]})
    return [(completed_at, task_id) for completed_at, task_id in rows]


def completions(connection: Connection, found: Sequence[Place]) -> list[NumberedChange]:
    """Return the changes of the completions that are unanswered still and whose events wait in no outbox."""
    events = connection.execute(_EVENTS, {"ids": [task_id for _, task_id in found]}).scalars().all()
    waiting = outbox.waiting_of(connection, "tasks", [event for event in events if event is not None])
    return by_events(connection, "tasks", [event for event in events if event is not None and event not in waiting])
