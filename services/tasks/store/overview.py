"""How many tasks of a user are in which state, counted in one statement. Lists are in `listing`."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.tasks.store.tables import task_table
from taskora.domain.task import Priority

_t = task_table.c


@dataclass(frozen=True, slots=True)
class Moments:
    """The present, and where the user's day and week begin and end. The ends are exclusive."""

    now: dt.datetime
    today: dt.datetime
    tomorrow: dt.datetime
    week: dt.datetime
    next_week: dt.datetime


def counts(connection: Connection, user_id: str, moments: Moments) -> Mapping[str, int]:
    """Return the number of open tasks in each state, and of those completed today."""
    values = {name: getattr(moments, name) for name in Moments.__slots__}
    row = connection.execute(_COUNTS, {"user": user_id, "urgent": Priority.URGENT.rank, **values}).one()
    return dict(row._mapping)  # noqa: SLF001  SQLAlchemy's public name for it


def _moment(name: str) -> sa.BindParameter[Any]:
    return sa.bindparam(name, type_=_t.due_at.type)


def _number(name: str, condition: sa.ColumnElement[bool]) -> sa.Label[int]:
    return sa.func.count().filter(condition).label(name)


_HAS_DUE = _t.due_date.is_not(None)
_OVERDUE = sa.and_(_t.due_at < _moment("now"), sa.or_(_t.due_time.is_not(None), _t.due_at < _moment("today")))
_COMPLETED_TODAY = (
    sa.select(sa.func.count())
    .where(
        _t.user_id == sa.bindparam("user"),
        _t.deleted_at.is_(None),
        _t.status == "completed",
        _t.completed_at.is_not(None),
        _t.completed_at >= _moment("today"),
        _t.completed_at < _moment("tomorrow"),
    )
    .scalar_subquery()
)
_COUNTS = sa.select(
    sa.func.count().label("open"),
    _number("overdue", _OVERDUE),
    _number("due_today", sa.and_(_HAS_DUE, _t.due_at >= _moment("today"), _t.due_at < _moment("tomorrow"))),
    _number("due_week", sa.and_(_HAS_DUE, _t.due_at >= _moment("week"), _t.due_at < _moment("next_week"))),
    _number("no_due", _t.due_date.is_(None)),
    _number("repeating", _t.series_id.is_not(None)),
    _number("urgent", _t.priority == sa.bindparam("urgent", type_=_t.priority.type)),
    _COMPLETED_TODAY.label("completed_today"),
).where(_t.user_id == sa.bindparam("user"), _t.status == "open", _t.deleted_at.is_(None))
