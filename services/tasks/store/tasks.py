"""Single tasks and their series: found, inserted, stored. Lists are in `listing`."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.tasks.store.rows import (
    SERIES_COLUMNS,
    TASK_COLUMNS,
    read_series,
    read_task,
    search_text,
    series_of,
    write_series,
    write_shown,
    write_task,
)
from services.tasks.store.tables import series_table, tag_table, task_table, task_tag_table
from taskora.domain.series import Series
from taskora.domain.task import Task

Found = tuple[Task, Series | None]
"""A task with its series."""
_AT_ONCE = 500
"""So many tasks are taken anew in one statement: a database takes no list of any length."""

_JOINED = sa.select(*TASK_COLUMNS, *SERIES_COLUMNS).select_from(
    task_table.outerjoin(series_table, task_table.c.series_id == series_table.c.id)
)
_MINE = _JOINED.where(task_table.c.user_id == sa.bindparam("user"))
_BY_ID = _MINE.where(task_table.c.id == sa.bindparam("task"))
_BY_IDS = _MINE.where(task_table.c.id.in_(sa.bindparam("tasks", expanding=True)))
_BY_NUMBER = _MINE.where(task_table.c.number == sa.bindparam("number"))
_OPEN_OCCURRENCE = _MINE.where(
    task_table.c.series_id == sa.bindparam("series"),
    task_table.c.status == "open",
    task_table.c.deleted_at.is_(None),
)
_SUCCESSORS = _MINE.where(
    task_table.c.predecessor_id == sa.bindparam("task"), task_table.c.deleted_at.is_(None)
).order_by(task_table.c.number)
_OCCUPIED = sa.select(sa.literal(1)).where(
    task_table.c.series_id == sa.bindparam("series"),
    task_table.c.status == "open",
    task_table.c.deleted_at.is_(None),
)
_NAMED = sa.select(task_tag_table.c.task_id, tag_table.c.name).select_from(
    task_tag_table.join(tag_table, task_tag_table.c.tag_id == tag_table.c.id)
)
_TAGS = _NAMED.where(task_tag_table.c.task_id.in_(sa.bindparam("tasks", expanding=True))).order_by(
    task_tag_table.c.task_id, task_tag_table.c.position
)
_TAGS_OF_ONE = _NAMED.where(task_tag_table.c.task_id == sa.bindparam("task")).order_by(task_tag_table.c.position)
_SERIES = sa.select(*SERIES_COLUMNS).where(
    series_table.c.id == sa.bindparam("series"), series_table.c.user_id == sa.bindparam("user")
)
_SERIES_LOCKED = _SERIES.with_for_update()
_FORGOTTEN = (
    sa.update(task_table)
    .where(task_table.c.series_id == sa.bindparam("series"), task_table.c.id != sa.bindparam("but"))
    .values(shown=None)
)
_INDEXED = (
    sa.update(task_table)
    .where(task_table.c.id == sa.bindparam("row"))
    .values(search_text=sa.bindparam("words"), shown=None)
)
_TASK_INSERTED = sa.insert(task_table)
_SERIES_INSERTED = sa.insert(series_table)


def by_id(connection: Connection, user_id: str, task_id: str) -> Found | None:
    """Return a task of the user, also from the trash."""
    return _one(connection, _BY_ID, {"user": user_id, "task": task_id})


def by_ids(connection: Connection, user_id: str, task_ids: Sequence[str]) -> list[Found]:
    """Return tasks of the user, in any order."""
    return _all(connection, _BY_IDS, {"user": user_id, "tasks": task_ids})


def by_number(connection: Connection, user_id: str, number: int) -> Found | None:
    """Return the user's task of that number, also from the trash."""
    return _one(connection, _BY_NUMBER, {"user": user_id, "number": number})


def open_occurrence(connection: Connection, user_id: str, series_id: str) -> Found | None:
    """Return the open occurrence of a series, outside the trash; there is at most one."""
    return _one(connection, _OPEN_OCCURRENCE, {"user": user_id, "series": series_id})


def has_open_occurrence(connection: Connection, series_id: str) -> bool:
    """Tell whether an occurrence of a series is open, outside the trash."""
    return connection.execute(_OCCUPIED, {"series": series_id}).first() is not None


def successors(connection: Connection, user_id: str, task_id: str) -> list[Found]:
    """Return the occurrences made after a task was completed, outside the trash."""
    return _all(connection, _SUCCESSORS, {"user": user_id, "task": task_id})


def lock_series(connection: Connection, user_id: str, series_id: str) -> Series | None:
    """Return a series of the user, locked until the transaction ends."""
    row = connection.execute(_SERIES_LOCKED, {"user": user_id, "series": series_id}).first()
    return None if row is None else series_of(row)


def insert(connection: Connection, task: Task, series: Series | None, user_zone: str) -> None:
    """Insert a new task; its tags are linked by `tags`."""
    connection.execute(_TASK_INSERTED, write_task(task, user_zone) | write_shown(task, series, user_zone))


def store(connection: Connection, before: Task, task: Task, series: Series | None, user_zone: str) -> None:
    """Store a changed task: only the columns that differ. Its tags are linked by `tags`."""
    old = write_task(before, user_zone)
    changed = {name: value for name, value in write_task(task, user_zone).items() if old[name] != value}
    changed |= write_shown(task, series, user_zone)
    values = {f"new_{name}": value for name, value in changed.items()}
    connection.execute(_stored(task_table, tuple(changed)), {**values, "row": task.id})


def insert_series(connection: Connection, series: Series) -> None:
    """Insert a new series."""
    connection.execute(_SERIES_INSERTED, write_series(series))


def store_series(connection: Connection, before: Series, series: Series) -> None:
    """Store a changed series: only the columns that differ, never the id that its tasks refer to."""
    old = write_series(before)
    changed = {name: value for name, value in write_series(series).items() if old[name] != value}
    values = {f"new_{name}": value for name, value in changed.items()}
    connection.execute(_stored(series_table, tuple(changed)), {**values, "row": series.id})


def show_anew(connection: Connection, series_id: str, but: str) -> None:
    """Forget how the tasks of a changed series are shown, but for one that was stored with it."""
    connection.execute(_FORGOTTEN, {"series": series_id, "but": but})


def index_anew(connection: Connection, user_id: str, task_ids: Sequence[str]) -> None:
    """Take the words of tasks anew, and forget how they are shown: a tag of theirs has another name."""
    for first in range(0, len(task_ids), _AT_ONCE):
        found = by_ids(connection, user_id, task_ids[first : first + _AT_ONCE])
        rows = [{"row": task.id, "words": search_text(task)} for task, _ in found]
        if rows:
            connection.execute(_INDEXED, rows)


@lru_cache(maxsize=256)
def _stored(table: sa.Table, columns: tuple[str, ...]) -> sa.Update:
    """Return the update of these columns; the statement of a set of columns is built once."""
    new = {name: sa.bindparam(f"new_{name}", type_=table.c[name].type) for name in columns}
    return sa.update(table).where(table.c.id == sa.bindparam("row")).values(new)


def tags_of(connection: Connection, task_ids: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the tags of tasks in their order, in one query."""
    names: dict[str, list[str]] = {}
    if len(task_ids) == 1:  # a list of values costs more than the query
        rows = connection.execute(_TAGS_OF_ONE, {"task": task_ids[0]})
    else:
        rows = connection.execute(_TAGS, {"tasks": task_ids})
    for task_id, name in rows:
        names.setdefault(task_id, []).append(name)
    return {task_id: tuple(tags) for task_id, tags in names.items()}


def _all(connection: Connection, statement: sa.Select[Any], values: Mapping[str, object]) -> list[Found]:
    rows = connection.execute(statement, values).all()
    tags = tags_of(connection, [row[0] for row in rows]) if rows else {}
    return [(read_task(row, tags.get(row[0], ())), read_series(row)) for row in rows]


def _one(connection: Connection, statement: sa.Select[Any], values: Mapping[str, object]) -> Found | None:
    rows = _all(connection, statement, values)
    return rows[0] if rows else None
