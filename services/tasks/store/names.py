"""Titles to compare with the words that name a task, and the id of a number. Only what may be meant is read."""

from collections.abc import Sequence
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import Connection

from services.tasks.store.rows import TASK_COLUMNS, read_task
from services.tasks.store.tables import task_table
from taskora.domain.task import Task

LIMIT = 5000
"""Most titles that are compared with words; the newest count."""

Named = tuple[str, int, str]
"""Id, number and title of a task."""

_t = task_table.c


class Scope(StrEnum):
    """Among which tasks a title is looked for."""

    OPEN = "open"
    COMPLETED = "completed"
    TRASH = "trash"


_NAMES = sa.select(_t.id, _t.number, _t.title).where(_t.user_id == sa.bindparam("user"))
_SCOPES = {
    Scope.OPEN: _NAMES.where(_t.deleted_at.is_(None), _t.status == "open").order_by(_t.number.desc()).limit(LIMIT),
    Scope.COMPLETED: _NAMES.where(_t.deleted_at.is_(None), _t.completed_at.is_not(None), _t.status == "completed")
    .order_by(_t.completed_at.desc())
    .limit(LIMIT),
    Scope.TRASH: _NAMES.where(_t.deleted_at.is_not(None)).order_by(_t.deleted_at.desc()).limit(LIMIT),
}
_ID = sa.select(_t.id).where(_t.user_id == sa.bindparam("user"), _t.number == sa.bindparam("number"))
_SHOWN = sa.select(*TASK_COLUMNS).where(
    _t.user_id == sa.bindparam("user"), _t.id.in_(sa.bindparam("ids", expanding=True))
)


def names(connection: Connection, user_id: str, scope: Scope) -> Sequence[Named]:
    """Return the tasks of a scope, the latest first."""
    rows = connection.execute(_SCOPES[scope], {"user": user_id})
    return [(task_id, number, title) for task_id, number, title in rows]


def id_of(connection: Connection, user_id: str, number: int) -> str | None:
    """Return the id of the user's task of that number, also from the trash."""
    return connection.execute(_ID, {"user": user_id, "number": number}).scalar_one_or_none()


def shown(connection: Connection, user_id: str, task_ids: Sequence[str]) -> list[Task]:
    """Return tasks (without their tags) in the order of the ids."""
    rows = connection.execute(_SHOWN, {"user": user_id, "ids": task_ids})
    found = {row[0]: read_task(row, ()) for row in rows}
    return [found[task_id] for task_id in task_ids if task_id in found]
