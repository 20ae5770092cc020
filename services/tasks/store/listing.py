"""Lists of tasks: which, in which order, from where on. Every page is one query for its tasks, one for their tags, one count.

Paging is by key set: a cursor holds the sort values of the last task shown, so a page stays right while tasks come and go.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection

from services.tasks.store.rows import JOINED_WIDTH, due_at
from services.tasks.store.tables import NO_DATE, tag_table, task_table, task_tag_table
from services.tasks.store.tasks import JOINED, Found, found
from taskora.domain.due import Due

_t = task_table.c
_NEVER = sa.literal(NO_DATE, type_=_t.due_at.type)
_KEYS: Mapping[str, tuple[ColumnElement[Any], bool]] = {
    "due": (_t.due_at, False),
    "priority": (_t.priority, True),
    "created": (_t.created_at, False),
    "updated": (_t.updated_at, False),
    "completed": (sa.func.coalesce(_t.completed_at, _NEVER), False),
    "deleted": (sa.func.coalesce(_t.deleted_at, _NEVER), False),
    "title": (sa.func.lower(_t.title), False),
    "number": (_t.number, False),
}
"""What can be sorted by, and whether the natural order is the falling one (the urgent come first)."""
SORTS = tuple(_KEYS)

Sort = tuple[tuple[str, bool], ...]
"""Keys of SORTS in order; True turns a key's natural order round. The number comes last by itself."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which tasks are meant. Instants are UTC; `due_before` and `completed_before` are exclusive.

    `overdue_at` is the present and the instant at which the user's today began. Tags are keys, words are case-folded.
    """

    status: str | None = None
    trash: bool = False
    due_from: dt.datetime | None = None
    due_before: dt.datetime | None = None
    no_due: bool = False
    overdue_at: tuple[dt.datetime, dt.datetime] | None = None
    completed_from: dt.datetime | None = None
    completed_before: dt.datetime | None = None
    tags: tuple[str, ...] = ()
    priority: int | None = None
    min_priority: int | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The tasks of a page with their series, how many there are on all pages, and the values after which the next begins."""

    tasks: list[Found]
    total: int
    after: tuple[Any, ...] | None


def page(
    connection: Connection, user_id: str, wanted: Selection, *, sort: Sort, limit: int, after: Sequence[Any] | None
) -> Page:
    """Return a page of the user's tasks; `after` are the sort values of the last task of the page before."""
    shape, values = _shape(wanted)
    values["user"] = user_id
    total = connection.execute(_count(shape), values).scalar_one()
    values["limit"] = limit + 1
    values |= {f"after_{index}": value for index, value in enumerate(after or ())}
    rows = connection.execute(_list(shape, sort, after is not None), values).all()
    shown = rows[:limit]
    following = tuple(shown[-1][JOINED_WIDTH:]) if len(rows) > limit else None
    return Page(found(connection, shown), total, following)


def move_all_day(connection: Connection, user_id: str, zone: str) -> None:
    """Let the user's all-day tasks begin at midnight of another zone."""
    all_day = (_t.user_id == user_id, _t.due_date.is_not(None), _t.due_time.is_(None))
    for (date,) in connection.execute(sa.select(_t.due_date).where(*all_day).distinct()).all():
        moved = sa.update(task_table).where(*all_day, _t.due_date == date)
        connection.execute(moved.values(due_at=due_at(Due(date), zone)))


def _shape(wanted: Selection) -> tuple[tuple[str, ...], dict[str, Any]]:
    """Return the names of the conditions that apply, and their values. The statement of a shape is built once."""
    shape: list[str] = ["trash" if wanted.trash else "kept"]
    values: dict[str, Any] = {}
    for name in ("status", "due_from", "due_before", "completed_from", "completed_before", "priority", "min_priority"):
        value = getattr(wanted, name)
        if value is not None:
            shape.append(name)
            values[name] = value
    if wanted.due_from is not None and wanted.due_before is None:
        shape.append("has_due")
    if wanted.no_due:
        shape.append("no_due")
    if wanted.overdue_at is not None:
        shape.append("overdue")
        values["now"], values["today"] = wanted.overdue_at
    for index, tag in enumerate(wanted.tags):
        shape.append(f"tag_{index}")
        values[f"tag_{index}"] = tag
    for index, word in enumerate(wanted.words):
        shape.append(f"word_{index}")
        values[f"word_{index}"] = f"%{_escaped(word)}%"
    return tuple(shape), values


@lru_cache(maxsize=256)
def _count(shape: tuple[str, ...]) -> sa.Select[int]:
    return sa.select(sa.func.count()).select_from(task_table).where(*_conditions(shape))


@lru_cache(maxsize=512)
def _list(shape: tuple[str, ...], sort: Sort, paged: bool) -> sa.Select[*tuple[Any, ...]]:
    keys = [(*_KEYS[name], turned) for name, turned in (*sort, ("number", False))]
    order = [(column, falling != turned) for column, falling, turned in keys]
    statement = JOINED.add_columns(*(column for column, _ in order)).where(*_conditions(shape))
    if paged:
        statement = statement.where(_beyond(order, 0))
    ordered = statement.order_by(*(column.desc() if falling else column.asc() for column, falling in order))
    return ordered.limit(sa.bindparam("limit", type_=sa.Integer))


def _beyond(order: Sequence[tuple[ColumnElement[Any], bool]], index: int) -> ColumnElement[bool]:
    """Compare with the last task shown, key by key; the outer comparison lets an index find the place."""
    column, falling = order[index]
    last = sa.bindparam(f"after_{index}", type_=column.type)
    further = column < last if falling else column > last
    if index == len(order) - 1:
        return further
    at_least = column <= last if falling else column >= last
    return sa.and_(at_least, sa.or_(further, _beyond(order, index + 1)))


def _conditions(shape: Sequence[str]) -> list[ColumnElement[bool]]:
    return [_t.user_id == sa.bindparam("user"), *(_condition(name) for name in shape)]


def _condition(name: str) -> ColumnElement[bool]:
    if name.startswith("tag_"):
        return _tagged(name)
    if name.startswith("word_"):
        return _t.search_text.like(sa.bindparam(name), escape="\\")
    return _CONDITIONS[name]


def _tagged(name: str) -> ColumnElement[bool]:
    links = task_tag_table.join(tag_table, task_tag_table.c.tag_id == tag_table.c.id)
    return (
        sa.select(sa.literal(1))
        .select_from(links)
        .where(
            tag_table.c.user_id == sa.bindparam("user"),
            tag_table.c.key == sa.bindparam(name),
            task_tag_table.c.task_id == _t.id,
        )
        .exists()
    )


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


_CONDITIONS: Mapping[str, ColumnElement[bool]] = {
    "trash": _t.deleted_at.is_not(None),
    "kept": _t.deleted_at.is_(None),
    "status": _t.status == sa.bindparam("status"),
    "due_from": _t.due_at >= sa.bindparam("due_from"),
    "due_before": _t.due_at < sa.bindparam("due_before"),
    "has_due": _t.due_date.is_not(None),
    "no_due": _t.due_date.is_(None),
    "overdue": sa.and_(
        _t.status == "open",
        _t.due_at < sa.bindparam("now"),
        sa.or_(_t.due_time.is_not(None), _t.due_at < sa.bindparam("today")),
    ),
    "completed_from": sa.and_(_t.completed_at.is_not(None), _t.completed_at >= sa.bindparam("completed_from")),
    "completed_before": sa.and_(_t.completed_at.is_not(None), _t.completed_at < sa.bindparam("completed_before")),
    "priority": _t.priority == sa.bindparam("priority"),
    "min_priority": _t.priority >= sa.bindparam("min_priority"),
}
