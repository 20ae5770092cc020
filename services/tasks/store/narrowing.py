"""A list of few tasks among many, on SQLite: whether a tag or words leave so few that each is looked at, not the whole list.

SQLite keeps no figures of how often a tag or word occurs, so it walks the list in its order and asks of every task whether it
fits: right where many fit, slow where few do. So the few are counted first. PostgreSQL plans that by itself.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection

from services.tasks.store.tables import task_table, task_tag_table

FEW = 300
"""So many tasks are read one by one in a millisecond."""
NAME = "few"
"""The condition by which a list is narrowed, and the value that it takes."""

_t = task_table.c
_BY_WORDS = sa.text(
    "SELECT r.task_id FROM tasks_search s JOIN tasks_search_row r ON r.id = s.rowid WHERE tasks_search MATCH :fts5 LIMIT :most"
)
_BY_TAG = (
    sa.select(task_tag_table.c.task_id)
    .where(task_tag_table.c.tag_id == sa.bindparam("tag"))
    .limit(sa.bindparam("most", type_=sa.Integer))
)
CONDITIONS: tuple[ColumnElement[bool], ...] = (
    _t.id.in_(sa.bindparam(NAME, expanding=True, type_=_t.id.type)),
    sa.func.coalesce(_t.user_id, "") == sa.bindparam("user"),  # hides the column from the index of lists
)


def narrowed(connection: Connection, shape: tuple[str, ...], values: dict[str, Any]) -> tuple[str, ...]:
    """Return the shape of a list with its slowest condition exchanged for the ids of the few tasks that meet it.

    Adds the ids to the values; the shape stays as it is where many tasks meet every condition.
    """
    if connection.dialect.name != "sqlite":
        return shape
    for name in shape:
        ids = _met(connection, name, values)
        if ids is not None and len(ids) <= FEW:
            values[NAME] = ids
            return (*(other for other in shape if other != name), NAME)
    return shape


def _met(connection: Connection, name: str, values: dict[str, Any]) -> list[str] | None:
    if name == "text":
        rows = connection.execute(_BY_WORDS, {"fts5": values["fts5"], "most": FEW + 1})
    elif name.startswith("tag_"):
        rows = connection.execute(_BY_TAG, {"tag": values[name], "most": FEW + 1})
    else:
        return None
    return [task_id for (task_id,) in rows]
