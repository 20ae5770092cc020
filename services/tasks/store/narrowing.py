"""A list of few tasks among many, on SQLite: whether a tag or words leave so few that each is looked at, not the whole list.

SQLite keeps no figures of how often a tag or word occurs, so it would walk the list in its order and ask of every task whether
it fits: right where many fit, slow where few do. So the few are counted first, no further than to the limit. Where many have
the words, the walk compares them with the words of each task instead of making a list of all that have them. PostgreSQL plans
all that by itself.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection

from services.tasks.store.search import HAVING_WORDS, WORD
from services.tasks.store.tables import task_table, task_tag_table
from services.tasks.store.tagging import tag_of

FEW = 300
"""So many tasks are read one by one in a millisecond."""
_FEW = "few_"
"""Begins the name of a condition that narrows the list to the few tasks that meet it."""

_t = task_table.c
_MINE = sa.func.coalesce(_t.user_id, "") == sa.bindparam("user")  # hides the column from the index of lists
_link = task_tag_table.c
_FOUND = sa.text("SELECT task_id FROM tasks_search_row WHERE id IN (SELECT value FROM json_each(:found))").columns(
    _t.id
)
"""The tasks of the row numbers that the index gave, so that it is asked once."""


def narrowed(connection: Connection, shape: tuple[str, ...], values: dict[str, Any]) -> tuple[str, ...]:
    """Return the names of the conditions of a list as this database meets them fastest; adds to the values what they need."""
    if connection.dialect.name != "sqlite":
        return shape
    few = next((name for name in shape if _few(connection, name, values)), None)
    if "text" in shape and few != "text":
        words = values["words"]
        values |= {f"{WORD}{index}": word for index, word in enumerate(words)}
        shape = tuple(f"{HAVING_WORDS}{len(words)}" if name == "text" else name for name in shape)
    return shape if few is None else tuple(f"{_FEW}{name}" if name == few else name for name in shape)


def is_narrow(shape: tuple[str, ...]) -> bool:
    """Tell whether a list was narrowed to few tasks, so that counting them is quick as well."""
    return any(name.startswith(_FEW) for name in shape)


def conditions(name: str) -> list[ColumnElement[bool]] | None:
    """Return what the name of a condition that narrows a list stands for, with whose tasks they are; None for another name."""
    if not name.startswith(_FEW):
        return None
    named = name.removeprefix(_FEW)
    if named == "text":
        return [_t.id.in_(_FOUND), _MINE]
    return [_t.id.in_(sa.select(_link.task_id).where(_link.tag_id == tag_of(named))), _MINE]


def _few(connection: Connection, name: str, values: dict[str, Any]) -> bool:
    if name == "text":
        found, values["found"] = connection.execute(_BY_WORDS, {"fts5": values["fts5"]}).one()
    elif name.startswith("tag_"):
        found = connection.execute(_BY_TAG, {"user": values["user"], "tag_0": values[name]}).scalar_one()
    else:
        return False
    return bool(found <= FEW)


_BY_WORDS = sa.text(
    "SELECT count(*), json_group_array(rowid) FROM "  # noqa: S608  a number of ours
    f"(SELECT rowid FROM tasks_search WHERE tasks_search MATCH :fts5 LIMIT {FEW + 1})"
)
_BY_TAG = sa.select(sa.func.count()).select_from(
    sa.select(sa.literal_column("1")).where(_link.tag_id == tag_of("tag_0")).limit(FEW + 1).subquery()
)
