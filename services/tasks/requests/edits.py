"""New values for a task as they were sent, as an edit. What is not sent stays as it is."""

import datetime as dt

from services.tasks.requests.said import Said, time_of
from services.tasks.requests.series import days_of, end_of
from taskora.api import wire
from taskora.domain.due import Due
from taskora.domain.durations import read_duration
from taskora.domain.edits import Edit
from taskora.domain.errors import InvalidField
from taskora.domain.fields import check_description, check_reminders, check_tags, check_title
from taskora.nlu.reading import Context


def edit_of(task: wire.TaskEdit, context: Context, present: Due | None) -> tuple[Edit, Said]:
    """Return the edit, and what was said of its time with the assumptions; `present` is the due that the task has.

    Raises NotUnderstood for words that can't be read, InvalidField that names the field at fault.
    """
    said = time_of(task, context, present=present)
    cleared = said.cleared | {field.value for field in task.clear or ()}
    edit = Edit(
        title=None if task.title is None else check_title(task.title),
        description=None if task.description is None else check_description(task.description),
        note=None if task.note is None else check_description(task.note) or None,
        priority=task.priority,
        tags=None if task.tags is None else check_tags(task.tags),
        tags_add=check_tags(task.tags_add or (), "tags_add"),
        tags_remove=check_tags(task.tags_remove or (), "tags_remove"),
        due=said.due,
        moved=said.moved,
        shift=None if task.shift is None else _shift(task.shift),
        end=said.end,
        duration=said.duration,
        deadline=said.deadline,
        reminders=None if task.reminders is None else check_reminders(task.reminders),
        repeat=said.repeat,
        exclude=days_of(task.exclude, "exclude", context),
        include=days_of(task.include, "include", context),
        ends=None if task.ends is None else end_of(task.ends, context),
        cleared=cleared,
        scope=task.scope,
    )
    if edit == Edit(scope=task.scope):
        raise InvalidField(
            "There is nothing to change.", field="task", advice="Send at least one field with a new value."
        )
    return edit, said


def _shift(text: str) -> dt.timedelta:
    try:
        return read_duration(text)
    except (ValueError, OverflowError) as error:
        raise InvalidField(
            f"“{text[:40]}” is no duration.", field="shift", advice="Give one such as P2D or -PT1H."
        ) from error
