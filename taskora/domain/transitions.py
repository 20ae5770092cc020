"""What can happen to a task and to its series. Each transition takes the present value and returns the new one.

Pure: instants and ids come in. A transition checks that the state allows it and raises Conflict otherwise; it does not check
what only the store knows (the expected version, another open occurrence). Fields have been checked before (`fields`).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from taskora.domain.due import Due
from taskora.domain.edits import Draft, as_usual, describe, later, outside_trash, shifted
from taskora.domain.encoding import read_field, series_from_json, series_to_json
from taskora.domain.errors import Conflict
from taskora.domain.rules import parse
from taskora.domain.series import Anchor, Repeat, Series, SeriesState
from taskora.domain.task import NextOutcome, Status, Task

_REVERTIBLE = frozenset(
    {
        "title",
        "description",
        "status",
        "priority",
        "tags",
        "due",
        "end",
        "duration",
        "deadline",
        "reminders",
        "series_id",
        "occurrence",
        "completed_at",
        "deleted_at",
        "next",
        "usual",
        "taken_back",
    }
)
"""Fields that a revert gives their old value; what the machinery keeps (`completed_by`, …) is set anew."""


_LEFT_OUT_DAYS = 31
"""Skipped dates are remembered for so long, for the case that an occurrence before them is opened again."""


def create(draft: Draft, *, task_id: str, user_id: str, number: int, series_id: str | None, now: dt.datetime) -> Task:
    """Return a new open task; one of a series stands on its due as its first occurrence."""
    return Task(
        id=task_id,
        user_id=user_id,
        number=number,
        title=draft.title,
        description=draft.description,
        priority=draft.priority,
        tags=draft.tags,
        due=draft.due,
        end=draft.end,
        duration=draft.duration,
        deadline=draft.deadline,
        reminders=draft.reminders,
        series_id=series_id,
        occurrence=draft.due if series_id is not None else None,
        created_at=now,
        updated_at=now,
    )


def complete(task: Task, *, event_id: str, now: dt.datetime) -> Task:
    """Return the task as completed by the event of that id. Raises Conflict when it is completed or in the trash."""
    outside_trash(task)
    if task.status is Status.COMPLETED:
        raise Conflict(f"{describe(task)} is completed already.")
    done = replace(task, status=Status.COMPLETED, completed_at=now, completed_by=event_id, next=None)
    return later(done, now)


def reopen(task: Task, *, now: dt.datetime) -> Task:
    """Return the task as open again; its outcome is forgotten. Raises Conflict when it is open or in the trash."""
    outside_trash(task)
    if task.status is Status.OPEN:
        raise Conflict(f"{describe(task)} is open already.")
    return later(replace(task, status=Status.OPEN, completed_at=None, completed_by=None, next=None), now)


def delete(task: Task, *, now: dt.datetime) -> Task:
    """Return the task as it lies in the trash. Raises Conflict when it is there already."""
    if task.deleted_at is not None:
        raise Conflict(f"{describe(task)} is in the trash already.")
    return later(replace(task, deleted_at=now), now)


def restore(task: Task, *, now: dt.datetime) -> Task:
    """Return the task as it was before it went to the trash. Raises Conflict when it is not there."""
    if task.deleted_at is None:
        raise Conflict(f"{describe(task)} is not in the trash.")
    return later(replace(task, deleted_at=None, taken_back=False), now)


def take_back(task: Task, *, now: dt.datetime) -> Task:
    """Return an occurrence as it lies in the trash because the completion that made it was taken back."""
    return replace(delete(task, now=now), taken_back=True)


def single(task: Task) -> Task:
    """Return the task without its series: another occurrence is open, and a series has at most one."""
    return replace(task, series_id=None, occurrence=None, next=None, usual={})


def successor(task: Task, *, task_id: str, number: int, due: Due, caused_by: str, now: dt.datetime) -> Task:
    """Return the next occurrence after a completed one; it copies all but the time, which comes from the rule.

    What was changed for the completed one alone is not copied, nor are reminders at an instant. The end keeps its distance to
    the due, and the deadline its own to the date of the rule, wherever the completed one was moved to.
    """
    usual = _on_date(task, due)
    draft = Draft(
        title=usual.title,
        description=usual.description,
        priority=usual.priority,
        tags=usual.tags,
        due=due,
        end=usual.end,
        duration=usual.duration,
        deadline=usual.deadline,
        reminders=usual.reminders,
    )
    made = create(draft, task_id=task_id, user_id=task.user_id, number=number, series_id=task.series_id, now=now)
    return replace(made, predecessor_id=task.id, caused_by=caused_by)


def skip(task: Task, due: Due, *, now: dt.datetime) -> Task:
    """Return an open occurrence as it stands on another date of its series, with what its successor would have had."""
    return later(_on_date(task, due), now)


def _on_date(task: Task, due: Due) -> Task:
    usual = as_usual(task)
    return replace(
        usual,
        due=due,
        occurrence=due,
        end=shifted(usual.end, usual.due, due),
        deadline=_kept_distance(usual.deadline, task.occurrence or usual.due, due),
        reminders=tuple(reminder for reminder in usual.reminders if isinstance(reminder, dt.timedelta)),
    )


def _kept_distance(deadline: dt.date | None, before: Due | None, after: Due) -> dt.date | None:
    if deadline is None or before is None:
        return None
    try:
        return after.date + (deadline - before.date)
    except OverflowError:
        return None


def settle(task: Task, outcome: NextOutcome) -> Task:
    """Return the completed task with what came of it. This is bookkeeping: the version stays."""
    return replace(task, next=outcome)


def revert(task: Task, fields: Mapping[str, Any], *, now: dt.datetime) -> Task:
    """Return the task with the old values of a change (`{field: [old, new]}`, as JSON)."""
    old = {name: read_field(name, values[0]) for name, values in fields.items() if name in _REVERTIBLE}
    reverted = replace(task, **old)
    if reverted.status is Status.OPEN:
        reverted = replace(reverted, completed_by=None, next=None)
    return later(reverted, now)


def start_series(repeat: Repeat, *, series_id: str, user_id: str, user_zone: str) -> Series:
    """Return a new active series. Timed rules keep the user's present zone; all-day ones have none."""
    return Series(series_id, user_id, repeat, _series_zone(repeat, user_zone))


def at_time_of(repeat: Repeat, due: Due) -> Repeat:
    """Return the repeat with the due's time of day in rules of days that have none of their own."""
    rules = tuple(
        rule if rule.time is not None or parse(rule.rrule).within_a_day else replace(rule, time=due.time)
        for rule in repeat.rules
    )
    return replace(repeat, rules=rules)


def change_rules(series: Series, repeat: Repeat, *, user_zone: str) -> Series:
    """Return the series under new rules, active; they apply from the next completion on.

    A count counts anew: the occurrence that is open now is the first of it.
    """
    return replace(
        series,
        repeat=repeat,
        zone=_series_zone(repeat, user_zone),
        state=SeriesState.ACTIVE,
        stopped_by=None,
        version=series.version + 1,
        made=1,
    )


def leave_out(series: Series, skipped: Due, upcoming: Due) -> Series:
    """Return the series without a date that was skipped; dates left out that are long past are forgotten.

    Of a series with several times a day only that time is left out. Counted from completion there is no date to leave out.
    """
    repeat = series.repeat
    if repeat.anchor is Anchor.COMPLETION:
        return series
    date: dt.date | dt.datetime = skipped.date
    several = len({rule.time for rule in repeat.rules}) > 1 or any(
        parse(rule.rrule).within_a_day for rule in repeat.rules
    )
    if several and skipped.time is not None:
        date = dt.datetime.combine(skipped.date, skipped.time)
    oldest = upcoming.date.toordinal() - _LEFT_OUT_DAYS
    kept = [one for one in repeat.excluded_dates if one.toordinal() >= oldest and one != date]
    return replace(series, repeat=replace(repeat, excluded_dates=(*kept, date)), version=series.version + 1)


def revert_series(series: Series, fields: Mapping[str, Any]) -> Series:
    """Return the series with the old values of a change (`{field: [old, new]}`, as JSON).

    What it made since the change stays counted.
    """
    old = {name: values[0] for name, values in fields.items()}
    if "made" in fields:
        old["made"] = max(0, series.made + fields["made"][0] - fields["made"][1])
    reverted = series_from_json({**series_to_json(series), **old})
    return series if reverted == series else replace(reverted, version=series.version + 1)


def stop(series: Series, *, stopped_by: str | None = None) -> Series:
    """Return the series as stopped; `stopped_by` is the task whose deletion did it. A stopped one comes back as it is."""
    if series.state is SeriesState.STOPPED:
        return series
    return replace(series, state=SeriesState.STOPPED, stopped_by=stopped_by, version=series.version + 1)


def revive(series: Series, *, task_id: str) -> Series:
    """Return the series as active again if it was the deletion of this task that stopped it."""
    if series.stopped_by != task_id:
        return series
    return replace(series, state=SeriesState.ACTIVE, stopped_by=None, version=series.version + 1)


def _series_zone(repeat: Repeat, user_zone: str) -> str | None:
    timed = any(rule.time is not None or parse(rule.rrule).within_a_day for rule in repeat.rules)
    return user_zone if timed else None
