"""A new task as it was sent, as a draft: the words of one task, fields, or both."""

import datetime as dt
from dataclasses import replace

from services.tasks.requests.said import Said, read, time_of
from taskora.api import wire
from taskora.domain.due import Due
from taskora.domain.edits import Draft
from taskora.domain.encoding import reminder_to_json
from taskora.domain.errors import InvalidField
from taskora.domain.fields import (
    check_description,
    check_end,
    check_reminders,
    check_tags,
    check_title,
)
from taskora.domain.recurrence import first_occurrence
from taskora.domain.task import Priority
from taskora.nlu.reader import read_task
from taskora.nlu.reading import Command, Context, Intent


def draft_of(task: wire.NewTask, context: Context) -> tuple[Draft, Said]:
    """Return the draft, and what was said of its time with the assumptions.

    Raises NotUnderstood for words that can't be read, InvalidField that names the field at fault.
    """
    spoken = None if task.text is None else read(task.text, "text", read_task, context)
    words = spoken or _NOTHING_SPOKEN
    said = time_of(task, context, spoken=spoken)
    due = said.due
    if due is None and said.repeat is not None:
        due = first_occurrence(said.repeat, context.preferences.zone, context.now)
        if due is None:
            raise InvalidField("This repetition ends before it begins.", field="repeat")
    draft = Draft(
        title=check_title(words.title or "" if task.title is None else task.title),
        description=check_description(words.description or "" if task.description is None else task.description),
        priority=task.priority or words.priority or Priority.MEDIUM,
        tags=check_tags(words.tags if task.tags is None else task.tags),
        due=due,
        end=check_end(said.end, due, context.preferences.zone),
        duration=said.duration,
        deadline=said.deadline,
        reminders=reminders_of(words, context) if task.reminders is None else check_reminders(task.reminders),
        repeat=said.repeat,
    )
    return draft, replace(said, due=due)


def reminders_of(command: Command, context: Context) -> tuple[dt.timedelta | dt.datetime, ...]:
    """Return the reminders that words asked for; wall times become instants in their zone."""
    zone = context.preferences.zone
    instants = (one.instant(zone) if isinstance(one, Due) else one for one in command.reminders)
    return check_reminders(reminder_to_json(one) for one in instants)


_NOTHING_SPOKEN = Command(Intent.ADD)
