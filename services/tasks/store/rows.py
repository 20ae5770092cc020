"""Rows of tasks and series as domain values, and back. The columns that are read stand here in the order of reading."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from pydantic_core import to_json

from services.tasks import render
from services.tasks.store.search import marked, words_of
from services.tasks.store.tables import NO_DATE, series_table, task_table
from taskora.domain.due import Due
from taskora.domain.encoding import (
    excluded_from_json,
    reminder_from_json,
    reminder_to_json,
    repeat_to_json,
    rule_from_json,
)
from taskora.domain.series import Anchor, End, Repeat, Series, SeriesState
from taskora.domain.task import NextOutcome, Priority, Status, Task

_DERIVED = ("due_at", "search_text", "shown", "shown_form")
TASK_COLUMNS = tuple(column for column in task_table.c if column.name not in _DERIVED)
SERIES_COLUMNS = tuple(series_table.c)
WIDTH = len(TASK_COLUMNS)
JOINED_WIDTH = WIDTH + len(SERIES_COLUMNS)

_STATUS = {status.value: status for status in Status}
_PRIORITIES = tuple(Priority)


def read_task(row: Sequence[Any], tags: tuple[str, ...]) -> Task:
    """Return the task of a row that begins with TASK_COLUMNS."""
    task_id, user_id, number, title, description, status, priority = row[:7]
    duration, deadline, reminders, series_id = row[13:17]
    predecessor_id, caused_by, completed_by, next_reason, next_task_id, passed_over = row[20:26]
    version, created_at, updated_at, completed_at, deleted_at, usual, taken_back = row[26:WIDTH]
    return Task(
        id=task_id,
        user_id=user_id,
        number=number,
        title=title,
        created_at=created_at,
        updated_at=updated_at,
        description=description,
        status=_STATUS[status],
        priority=_PRIORITIES[priority],
        tags=tags,
        due=_due(row[7:10]),
        end=_due(row[10:13]),
        duration=None if duration is None else dt.timedelta(seconds=duration),
        deadline=deadline,
        reminders=tuple(reminder_from_json(reminder) for reminder in reminders) if reminders else (),
        series_id=series_id,
        occurrence=_due(row[17:20]),
        predecessor_id=predecessor_id,
        caused_by=caused_by,
        completed_at=completed_at,
        completed_by=completed_by,
        deleted_at=deleted_at,
        next=None if next_reason is None else NextOutcome(next_reason, next_task_id, passed_over or 0),
        usual=usual,
        taken_back=taken_back,
        version=version,
    )


def read_series(row: Sequence[Any]) -> Series | None:
    """Return the series of a row that goes on with SERIES_COLUMNS after TASK_COLUMNS; None when there is none."""
    return None if row[WIDTH] is None else series_of(row[WIDTH:JOINED_WIDTH])


def series_of(row: Sequence[Any]) -> Series:
    """Return the series of a row of SERIES_COLUMNS."""
    series_id, user_id, rules, excluded_dates, excluded_rules, anchor = row[:6]
    until, count, zone, state, version, made, stopped_by = row[6:]
    repeat = Repeat(
        rules=tuple(rule_from_json(rule) for rule in rules),
        excluded_dates=tuple(excluded_from_json(date) for date in excluded_dates),
        excluded_rules=tuple(rule_from_json(rule) for rule in excluded_rules),
        anchor=Anchor(anchor),
        end=End(until, count),
    )
    return Series(series_id, user_id, repeat, zone, SeriesState(state), version, made, stopped_by)


def _due(columns: Sequence[Any]) -> Due | None:
    date, time, zone = columns
    return None if date is None else Due(date, time, zone)


def write_task(task: Task, user_zone: str) -> dict[str, Any]:
    """Return the columns of a task. `user_zone` says when an all-day due begins."""
    outcome = task.next
    return {
        "id": task.id,
        "user_id": task.user_id,
        "number": task.number,
        "title": task.title,
        "description": task.description,
        "status": task.status.value,
        "priority": task.priority.rank,
        **_due_columns("due", task.due),
        "due_at": due_at(task.due, user_zone),
        **_due_columns("end", task.end),
        "duration_seconds": None if task.duration is None else round(task.duration.total_seconds()),
        "deadline": task.deadline,
        "reminders": [reminder_to_json(reminder) for reminder in task.reminders],
        "series_id": task.series_id,
        **_due_columns("occurrence", task.occurrence),
        "predecessor_id": task.predecessor_id,
        "caused_by": task.caused_by,
        "completed_by": task.completed_by,
        "next_reason": outcome and outcome.reason,
        "next_task_id": outcome and outcome.task_id,
        "next_passed_over": outcome and outcome.passed_over,
        "search_text": search_text(task),
        "version": task.version,
        "created_at": task.created_at,
        "updated_at": task.updated_at,
        "completed_at": task.completed_at,
        "deleted_at": task.deleted_at,
        "usual": dict(task.usual),
        "taken_back": task.taken_back,
    }


def write_shown(task: Task, series: Series | None, user_zone: str) -> dict[str, Any]:
    """Return the columns from which a list is put together."""
    shown = to_json(render.task(task, series, user_zone)).decode()
    return {"shown": shown, "shown_form": render.form(user_zone)}


def due_at(due: Due | None, user_zone: str) -> dt.datetime:
    """Return the instant by which a task is sorted and found."""
    return NO_DATE if due is None else due.instant(user_zone)


def _due_columns(name: str, due: Due | None) -> dict[str, object]:
    if due is None:
        return {f"{name}_date": None, f"{name}_time": None, f"{name}_zone": None}
    return {f"{name}_date": due.date, f"{name}_time": due.time, f"{name}_zone": due.zone}


def write_series(series: Series) -> dict[str, Any]:
    """Return the columns of a series."""
    repeat = repeat_to_json(series.repeat)
    return {
        **repeat,
        "id": series.id,
        "user_id": series.user_id,
        "until": series.repeat.end.until,
        "zone": series.zone,
        "state": series.state.value,
        "version": series.version,
        "made": series.made,
        "stopped_by": series.stopped_by,
    }


def search_text(task: Task) -> str:
    """Return the words that the task is found by, with one that says whose it is (see `search`)."""
    return " ".join(marked(task.user_id, words_of("\n".join((task.title, *task.tags, task.description)))))
