"""What a person says of a task: a draft of a new one, or an edit of one that is there, and what an edit makes of it.

An edit leaves alone what it does not say. Moving the day keeps the time of day, moving the time keeps the day, and an end keeps
its distance. Pure: fields have been checked before (`fields`); states and series are in `transitions`.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from taskora.domain.due import Due, due_of, local_datetime
from taskora.domain.encoding import due_to_json, read_field, task_to_json
from taskora.domain.errors import Conflict, InvalidField
from taskora.domain.exceptions import Days
from taskora.domain.fields import check_description, check_due, check_end, check_tags, tag_key
from taskora.domain.series import End, Repeat
from taskora.domain.task import Priority, Task

_DAY = dt.timedelta(days=1)
_COPIED = frozenset({"title", "description", "priority", "tags", "end", "duration", "deadline", "reminders"})


@dataclass(frozen=True, slots=True)
class Draft:
    """What a new task is made of."""

    title: str
    description: str = ""
    priority: Priority = Priority.MEDIUM
    tags: tuple[str, ...] = ()
    due: Due | None = None
    end: Due | None = None
    duration: dt.timedelta | None = None
    deadline: dt.date | None = None
    reminders: tuple[dt.timedelta | dt.datetime, ...] = ()
    repeat: Repeat | None = None


class Scope(StrEnum):
    """For which occurrences a change of a repeating task is meant: for this one alone, or also for all that follow.

    Not said: what an occurrence copies from the one before it (title, description, priority, tags, end, duration, deadline,
    reminders) is for all that follow, and a moved due for this one alone.
    """

    THIS = "this"
    FUTURE = "future"


class Moved(StrEnum):
    """Which part of the due was said: a day alone keeps the time of day, a time alone keeps the day."""

    WHOLE = "whole"
    DAY = "day"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Edit:
    """New values for a task. None: not said. `cleared` names the fields to empty.

    `note` is added to the description, `shift` moves the due: whole days on the wall, the rest as time that passes.
    `exclude` and `include` are days of the series, `ends` is where it ends: all three are the series' affair.
    """

    title: str | None = None
    description: str | None = None
    note: str | None = None
    priority: Priority | None = None
    tags: tuple[str, ...] | None = None
    tags_add: tuple[str, ...] = ()
    tags_remove: tuple[str, ...] = ()
    due: Due | None = None
    moved: Moved = Moved.WHOLE
    shift: dt.timedelta | None = None
    end: Due | None = None
    duration: dt.timedelta | None = None
    deadline: dt.date | None = None
    reminders: tuple[dt.timedelta | dt.datetime, ...] | None = None
    repeat: Repeat | None = None
    exclude: tuple[Days, ...] = ()
    include: tuple[Days, ...] = ()
    ends: End | None = None
    cleared: frozenset[str] = frozenset()
    scope: Scope | None = None

    @property
    def of_series(self) -> bool:
        """Tell whether it changes how a task repeats without stating its rules anew."""
        return bool(self.exclude or self.include) or self.ends is not None


def describe(task: Task) -> str:
    """Return how a sentence names a task."""
    return f"“{task.title}” (#{task.number})"


def update(task: Task, edit: Edit, *, user_zone: str, now: dt.datetime) -> Task:
    """Return the task with the new values; the very same task when they change nothing. The series is another matter.

    Raises Conflict for a task in the trash, InvalidField when due and end don't go together.
    """
    outside_trash(task)
    due = _moved(task.due, edit, now, user_zone)
    if edit.shift is not None:
        due = _pushed(due, edit.shift)
    end = _moved_end(task, due, edit)
    changed = replace(
        task,
        title=task.title if edit.title is None else edit.title,
        description=_description(task.description, edit),
        priority=edit.priority or task.priority,
        tags=_tags(task.tags, edit),
        due=due,
        end=check_end(end, due, user_zone) if (end, due) != (task.end, task.due) else end,
        duration=_kept(task.duration, edit.duration, None, "end" in edit.cleared),
        deadline=_kept(task.deadline, edit.deadline, None, "deadline" in edit.cleared),
        reminders=_kept(task.reminders, edit.reminders, (), "reminders" in edit.cleared),
    )
    changed = replace(changed, usual=_usual(task, changed, edit))
    return task if changed == task else later(changed, now)


def later(task: Task, now: dt.datetime) -> Task:
    """Return the next version of a task."""
    return replace(task, version=task.version + 1, updated_at=now)


def outside_trash(task: Task) -> None:
    """Raise Conflict for a task in the trash."""
    if task.deleted_at is not None:
        raise Conflict(f"{describe(task)} is in the trash.", advice="Restore it first.")


def shifted(end: Due | None, before: Due | None, after: Due) -> Due | None:
    """Move an end as far as the due was moved on the wall; None when a time of day came or went."""
    if end is None or before is None or before.all_day != after.all_day:
        return None
    wall = _wall(end) + (_wall(after) - _wall(before))
    return Due(wall.date(), None if end.all_day else wall.time(), None if end.all_day else after.zone)


def as_usual(task: Task) -> Task:
    """Return the task without what was changed for this occurrence alone."""
    usual = {name: read_field(name, value) for name, value in task.usual.items()}
    return replace(task, **usual, usual={}) if usual else task


def _usual(task: Task, changed: Task, edit: Edit) -> Mapping[str, Any]:
    """Return what later occurrences keep after an edit: the former values of what was changed for this one alone."""
    if task.series_id is None:
        return {}
    before = {name: value for name, value in task_to_json(task).items() if name in _COPIED}
    after = task_to_json(changed)
    differing = {name for name, value in before.items() if after[name] != value}
    if edit.scope is Scope.THIS:
        alone = differing
    else:
        alone = (
            {"end"}
            if task.end is not None and changed.end is None and edit.scope is None and "end" not in edit.cleared
            else set()
        )
    kept = {name: value for name, value in task.usual.items() if name in alone or name not in differing}
    if "end" in alone and "end" not in kept:
        kept["due"] = due_to_json(task.due)
    return {name: before[name] for name in alone} | kept


def _wall(due: Due) -> dt.datetime:
    return dt.datetime.combine(due.date, due.time or dt.time(0))


def _kept(present: Any, said: Any, empty: Any, cleared: bool) -> Any:
    """Return what was said, else nothing if that was asked for, else the present value."""
    if said is not None:
        return said
    return empty if cleared else present


def _description(present: str, edit: Edit) -> str:
    start: str = _kept(present, edit.description, "", "description" in edit.cleared)
    if edit.note is None:
        return start
    return check_description(f"{start}\n\n{edit.note}" if start else edit.note)


def _tags(present: tuple[str, ...], edit: Edit) -> tuple[str, ...]:
    if edit.tags is None and not (edit.tags_add or edit.tags_remove or "tags" in edit.cleared):
        return present
    start = _kept(present, edit.tags, (), "tags" in edit.cleared)
    removed = {tag_key(tag) for tag in edit.tags_remove}
    return check_tags([*(tag for tag in start if tag_key(tag) not in removed), *edit.tags_add])


def _moved(present: Due | None, edit: Edit, now: dt.datetime, user_zone: str) -> Due | None:
    due = edit.due
    if due is None:
        due = None if "due" in edit.cleared else present
    elif present is not None and edit.moved is Moved.DAY and due.all_day:
        due = Due(due.date, present.time, present.zone)
    elif present is not None and edit.moved is Moved.TIME and present.instant(user_zone) >= _midnight(now, user_zone):
        due = Due(present.date, due.time, due.zone)
    if due is not None and "time" in edit.cleared:
        return Due(due.date)
    return due


def _pushed(due: Due | None, shift: dt.timedelta) -> Due:
    """Move a due by a duration. Raises InvalidField when there is none, or no time of day for the hours."""
    if due is None:
        raise InvalidField("The task has no due date that could be moved.", field="shift", advice="Say when it is due.")
    days = int(shift / _DAY)
    passing = shift - days * _DAY
    try:
        date = due.date + days * _DAY
        if due.zone is None or due.time is None:
            if passing:
                raise InvalidField(
                    "The task has no time of day.", field="shift", advice="Move it by days, or say a time."
                )
            return check_due(Due(date))
        moved = Due(date, due.time, due.zone)
        return check_due(due_of(moved.instant(due.zone) + passing, due.zone) if passing else moved)
    except OverflowError as error:
        raise InvalidField("That is too far away.", field="shift") from error


def _midnight(now: dt.datetime, user_zone: str) -> dt.datetime:
    """Return where the user's today begins: a time alone does not move an overdue task back into the past."""
    today = Due(local_datetime(now, user_zone).date())
    return today.instant(user_zone)


def _moved_end(task: Task, due: Due | None, edit: Edit) -> Due | None:
    """Keep the distance between due and end when only the due was moved."""
    if edit.end is not None:
        return edit.end
    if "end" in edit.cleared or due is None:
        return None
    return task.end if due == task.due else shifted(task.end, task.due, due)
