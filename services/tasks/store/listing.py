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

from services.tasks.store import narrowing
from services.tasks.store.rows import due_at
from services.tasks.store.search import HAVING_WORDS, Matches, having_words, query_of, words_of
from services.tasks.store.tables import NO_DATE, task_table, user_table
from services.tasks.store.tagging import has_tag, having, without_tags
from services.tasks.store.tasks import Found, by_ids
from taskora.domain.due import Due

_t = task_table.c
_NEVER = sa.literal(NO_DATE, type_=_t.due_at.type)
_CHOSEN = sa.cast(user_table.c.preferences, sa.String)
_SHOWN = sa.select(
    _t.id,
    _t.shown,
    _t.shown_form,
    sa.select(_CHOSEN).where(user_table.c.user_id == sa.bindparam("user")).scalar_subquery(),
)
_BEFORE_KEYS = 4
"""Columns of a row before those it was sorted by; the last of them holds the user's preferences."""
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

Rows = Sequence[Sequence[Any]]
Sort = tuple[tuple[str, bool], ...]
"""Keys of SORTS in order; True turns a key's natural order round. The number comes last by itself."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which tasks are meant. Instants are UTC; `due_before` and `completed_before` are exclusive.

    `overdue_at` is the present and the instant at which the user's today began. Tags are keys: those of `tags` must all be
    there, of `any_tags` one, of `no_tags` none. A `text` without a word in it finds nothing.
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
    any_tags: tuple[str, ...] = ()
    no_tags: tuple[str, ...] = ()
    untagged: bool = False
    priority: int | None = None
    min_priority: int | None = None
    repeats: bool | None = None
    created_from: dt.datetime | None = None
    created_before: dt.datetime | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of tasks, each as its JSON or as itself with its series; `total` is on all pages, where it is known.

    `after` are the values after which the next page begins. `chosen` are the user's preferences as they were stored when the
    page was read; None when there is no task.
    """

    tasks: list[str | Found]
    total: int | None
    after: tuple[Any, ...] | None
    chosen: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page is: its order, its length, and the sort values of the last task of the page before.

    `counted` asks for the number on all pages, which costs a look at every task that fits.
    """

    sort: Sort
    limit: int
    after: Sequence[Any] | None = None
    counted: bool = False


def page(connection: Connection, user_id: str, wanted: Selection, place: Place, form: str) -> Page:
    """Return a page of the user's tasks; `form` is that of the JSON that may be shown."""
    shape, values = _shape(wanted, user_id)
    if shape is None:
        return Page([], 0, None)
    fastest = narrowing.narrowed(connection, shape, values)
    rows = _rows(connection, fastest, values, place)
    shown, total = rows[: place.limit], _total_of(rows, place)
    if total is None and place.counted:
        counted = fastest if narrowing.is_narrow(fastest) else shape
        total = connection.execute(_count(counted), values).scalar_one()
    fitting = [(row[0], row[1] if row[2] == form else None) for row in shown]
    return _page(rows, place, _with_missing(connection, user_id, fitting), total)


def page_at_once(connection: Connection, user_id: str, wanted: Selection, place: Place, form: str) -> Page | None:
    """Return the same by a single statement; None where the page takes more than one, or where nothing was found."""
    shape, values = _shape(wanted, user_id)
    if shape is None or place.counted:
        return None
    rows = _rows(connection, narrowing.narrowed(connection, shape, values), values, place)
    tasks: list[str | Found] = [row[1] for row in rows[: place.limit] if row[2] == form and row[1] is not None]
    if len(tasks) < min(len(rows), place.limit) or not tasks:
        return None
    return _page(rows, place, tasks, _total_of(rows, place))


def _rows(connection: Connection, shape: tuple[str, ...], values: Mapping[str, Any], place: Place) -> Rows:
    """Read the rows of a page and one more, if there is one."""
    after = {f"after_{index}": value for index, value in enumerate(place.after or ())}
    statement = _list(shape, place.sort, place.after is not None)
    return connection.execute(statement, {**values, **after, "limit": place.limit + 1}).all()


def _total_of(rows: Rows, place: Place) -> int | None:
    """Return the number on all pages where the first one shows all."""
    return len(rows) if place.after is None and len(rows) <= place.limit else None


def _page(rows: Rows, place: Place, tasks: list[str | Found], total: int | None) -> Page:
    after = tuple(rows[place.limit - 1][_BEFORE_KEYS:]) if len(rows) > place.limit else None
    return Page(tasks, total, after, rows[0][_BEFORE_KEYS - 1] if rows else None)


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


_COMPARED = (
    "status",
    "due_from",
    "due_before",
    "completed_from",
    "completed_before",
    "created_from",
    "created_before",
    "priority",
    "min_priority",
)
"""Members of a selection whose value is compared with a column."""


def _shape(wanted: Selection, user_id: str) -> tuple[tuple[str, ...] | None, dict[str, Any]]:
    """Return the names of the conditions that apply, and their values. The statement of a shape is built once.

    None when nothing can fit.
    """
    shape: list[str] = ["trash" if wanted.trash else "kept"]
    values: dict[str, Any] = {"user": user_id}
    for name in _COMPARED:
        value = getattr(wanted, name)
        if value is not None:
            shape.append(name)
            values[name] = value
    if wanted.due_from is not None and wanted.due_before is None:
        shape.append("has_due")
    if wanted.no_due:
        shape.append("no_due")
    if wanted.untagged:
        shape.append("untagged")
    if wanted.overdue_at is not None:
        shape.append("overdue")
        values["now"], values["today"] = wanted.overdue_at
    if wanted.repeats is not None:
        shape.append("repeats" if wanted.repeats else "once")
    for index, key in enumerate(wanted.tags):
        shape.append(f"tag_{index}")
        values[f"tag_{index}"] = key
    for name in ("any_tags", "no_tags"):
        if getattr(wanted, name):
            shape.append(name)
            values[name] = getattr(wanted, name)
    if wanted.text is not None:
        words = words_of(wanted.text)
        if not words:
            return None, values
        shape.append("text")
        values |= query_of(user_id, words)
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
    narrow = [condition for name in shape for condition in narrowing.conditions(name) or ()]
    others = [_condition(name) for name in shape if narrowing.conditions(name) is None]
    return [*(narrow or [_t.user_id == sa.bindparam("user")]), *others]


def _condition(name: str) -> ColumnElement[bool]:
    if name.startswith("tag_"):
        return has_tag(name)
    if name.startswith(HAVING_WORDS):
        return having_words(name)
    return _CONDITIONS[name]


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
    "created_from": _t.created_at >= sa.bindparam("created_from"),
    "created_before": _t.created_at < sa.bindparam("created_before"),
    "repeats": _t.series_id.is_not(None),
    "once": _t.series_id.is_(None),
    "any_tags": _t.id.in_(having("any_tags")),
    "no_tags": _t.id.not_in(having("no_tags")),
    "untagged": without_tags(),
    "text": Matches(),
    "priority": _t.priority == sa.bindparam("priority"),
    "min_priority": _t.priority >= sa.bindparam("min_priority"),
}
