"""Says words at a fixed moment and shows what was read in the short forms of the evaluation cases."""

import datetime as dt
from collections.abc import Mapping

from taskora.domain.due import Due
from taskora.domain.preferences import DateOrder, Preferences, WeekStart
from taskora.nlu.reading import Command, Context
from taskora.nlu.task_entry import read_task
from taskora.nlu.when_entry import read_when

NEW_YORK = "America/New_York"
WEDNESDAY = "2026-11-18T10:15:00-05:00"


def context(
    now: str = WEDNESDAY,
    zone: str = NEW_YORK,
    week_start: WeekStart = WeekStart.MONDAY,
    order: DateOrder = DateOrder.MONTH_FIRST,
) -> Context:
    """Return the moment and the person that says the words; by default a Wednesday morning in New York."""
    return Context(dt.datetime.fromisoformat(now), Preferences(zone=zone, week_start=week_start, date_order=order))


def task(text: str, when: Context | None = None) -> Command:
    """Return what the words of one task were read as."""
    return read_task(text, when or context())


def due_of(words: str, when: Context | None = None) -> str | None:
    """Return what date words mean on their own."""
    return shown(read_when(words, when or context()).due)


def shown(due: Due | None) -> str | None:
    """Return a due as 2026-11-18 or 2026-11-18T17:00."""
    if due is None:
        return None
    return due.date.isoformat() if due.time is None else f"{due.date.isoformat()}T{due.time:%H:%M}"


def title_and_due(text: str, when: Context | None = None) -> tuple[str | None, str | None]:
    """Return the title and the due of a task's words."""
    read = task(text, when)
    return read.title, shown(read.due)


def parts(text: str) -> Mapping[str, object]:
    """Return everything that was read beside title and due, only what was said."""
    read = task(text)
    reminders = [
        int(reminder.total_seconds() // 60) if isinstance(reminder, dt.timedelta) else shown(reminder)
        for reminder in read.reminders
    ]
    found: dict[str, object] = {
        "end": shown(read.end),
        "minutes": int(read.duration.total_seconds() // 60) if read.duration else None,
        "deadline": shown(read.deadline),
        "priority": read.priority.value if read.priority else None,
        "tags": list(read.tags),
        "reminders": reminders,
        "note": read.description,
    }
    return {name: value for name, value in found.items() if value}
