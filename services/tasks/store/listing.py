"""Lists of tasks: which, in which order, from where on. A page is one query, and a count where it does not show them all.

Tasks come as the JSON that was made when they were stored; those without one that fits are read and shown anew. Paging is by
key set: a cursor holds the sort values of the last task shown, so a page stays right while tasks come and go.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection

from services.tasks.store import tags
from services.tasks.store.rows import due_at
from services.tasks.store.tables import NO_DATE, task_table, task_tag_table
from services.tasks.store.tasks import Found, by_ids
from taskora.domain.due import Due

_t = task_table.c
_NEVER = sa.literal(NO_DATE, type_=_t.due_at.type)
_SHOWN = sa.select(_t.id, _t.shown, _t.shown_form)
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
    """A page of tasks, each as its JSON or as itself with its series; `total` is on all pages.

    `after` are the values after which the next page begins.
    """

    tasks: list[str | Found]
    total: int
    after: tuple[Any, ...] | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page is: its order, its length, and the sort values of the last task of the page before."""

    sort: Sort
    limit: int
    after: Sequence[Any] | None = None


def page(connection: Connection, user_id: str, wanted: Selection, place: Place, form: str) -> Page:
    """Return a page of the user's tasks; `form` is that of the JSON that may be shown."""
    shape, values = _shape(wanted)
    values["user"] = user_id
    if not _know_tags(connection, user_id, wanted, values):
        return Page([], 0, None)
    after = {f"after_{index}": value for index, value in enumerate(place.after or ())}
    statement = _list(shape, place.sort, place.after is not None)
    rows = connection.execute(statement, {**values, **after, "limit": place.limit + 1}).all()
    shown = rows[: place.limit]
    more = len(rows) > place.limit
    whole = place.after is None and not more
    total = len(rows) if whole else connection.execute(_count(shape), values).scalar_one()
    fitting = [(row[0], row[1] if row[2] == form else None) for row in shown]
    return Page(_with_missing(connection, user_id, fitting), total, tuple(shown[-1][3:]) if more else None)


def _know_tags(connection: Connection, user_id: str, wanted: Selection, values: dict[str, Any]) -> bool:
    """Add the ids of the tags to the values; False when one of them was never used, so that nothing can have it."""
    known = tags.known(connection, user_id, wanted.tags)
    values |= {f"tag_{index}": known[key].id for index, key in enumerate(wanted.tags) if key in known}
    return all(key in known for key in wanted.tags)


def _with_missing(connection: Connection, user_id: str, rows: Sequence[tuple[str, str | None]]) -> list[str | Found]:
    """Read the tasks whose JSON is missing, all of them at once."""
    missing = [task_id for task_id, shown in rows if shown is None]
    if not missing:
        return [shown for _, shown in rows if shown is not None]
    anew = {one[0].id: one for one in by_ids(connection, user_id, missing)}
    return [anew[task_id] if shown is None else shown for task_id, shown in rows]


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
    shape += [f"tag_{index}" for index in range(len(wanted.tags))]
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
    statement = _SHOWN.add_columns(*(column for column, _ in order)).where(*_conditions(shape))
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
    """Compare with the tasks of a tag: few of them are found quickly, and the index of lists holds the ids."""
    link = task_tag_table.c
    return _t.id.in_(sa.select(link.task_id).where(link.tag_id == sa.bindparam(name, type_=link.tag_id.type)))


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
