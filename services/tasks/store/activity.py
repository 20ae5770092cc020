"""The change log as people look at it: the newest first, narrowed, each change with the command that made it."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.tasks.store.commands import UNDO
from services.tasks.store.tables import command_table
from taskora.storage.changes import NumberedChange, change_table, read_change

_log = change_table("tasks")
_SERIES = ("series.updated", "series.stopped")
"""Left out where no type is asked for: each comes with a change of one of its tasks."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Which changes are meant. Instants are UTC, `at_before` is exclusive; `below` is the number that the page is after."""

    subject: str | None = None
    actor_kind: str | None = None
    channel: str | None = None
    type: str | None = None
    at_from: dt.datetime | None = None
    at_before: dt.datetime | None = None
    below: int | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A change, whether an undo made it, and whether the command that made it was taken back."""

    numbered: NumberedChange
    by_undo: bool
    undone: bool


def page(connection: Connection, user_id: str, sought: Sought, limit: int) -> list[Made]:
    """Return the user's changes, the newest first."""
    given = {name: getattr(sought, name) for name in Sought.__slots__ if getattr(sought, name) is not None}
    rows = connection.execute(_page(tuple(given)), {"user": user_id, "limit": limit, **given})
    return [Made(read_change("tasks", row), row.kind == UNDO, row.undone_by is not None) for row in rows]


@lru_cache(maxsize=128)
def _page(shape: tuple[str, ...]) -> sa.Select[Any]:
    """Return the statement of a shape: the names of the conditions that apply."""
    made = _log.outerjoin(command_table, command_table.c.id == _log.c.command_id)
    statement = sa.select(_log, command_table.c.kind, command_table.c.undone_by).select_from(made)
    statement = statement.where(_log.c.user_id == sa.bindparam("user"), *(_condition(name) for name in shape))
    if "type" not in shape:
        statement = statement.where(_log.c.type.not_in(_SERIES))
    return statement.order_by(_log.c.sequence.desc()).limit(sa.bindparam("limit", type_=sa.Integer))


def _condition(name: str) -> sa.ColumnElement[bool]:
    if name == "below":
        return _log.c.sequence < sa.bindparam(name, type_=_log.c.sequence.type)
    if name == "at_from":
        return _log.c.at >= sa.bindparam(name, type_=_log.c.at.type)
    if name == "at_before":
        return _log.c.at < sa.bindparam(name, type_=_log.c.at.type)
    column: sa.Column[Any] = _log.c[name]
    return column == sa.bindparam(name, type_=column.type)
