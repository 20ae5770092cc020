"""A task in words, as a line or two that people read: number, title, weekday, date, rule, priority, tags."""

import datetime as dt
from collections.abc import Iterable, Sequence

from agent.speaking.facts import Candidate, Item, Task
from taskora.domain.due import local_datetime
from taskora.domain.durations import read_duration

TITLE_WIDTH = 60


def name(task: Task | Candidate) -> str:
    """Return "#12 buy milk"."""
    return f"#{task.number} {task.title}"


def when(task: Task) -> str:
    """Return when it is due, with its end."""
    if task.due_text is None:
        return "no date"
    if task.end is not None:
        return f"{task.due_text} to {_end(task.end, task.due)}"
    return task.due_text


def features(task: Task) -> list[str]:
    """Return what else a list shows of a task: rule, priority, tags."""
    said = [task.repeats] if task.repeats else []
    if task.priority != "medium":
        said.append(f"{task.priority} priority" if task.priority != "urgent" else "urgent")
    return [*said, *(f"#{tag}" for tag in task.tags)]


def details(task: Task) -> str:
    """Return everything that was understood of a task, on one line."""
    parts = [when(task)]
    if task.duration_min and task.end is None:
        parts.append(f"for {length(task.duration_min)}")
    if task.repeats:
        endless = not task.repeats_until and not task.repeats_times
        parts += [task.repeats, *(["repeats with no end"] if endless else [])]
    parts += [feature for feature in features(task) if feature != task.repeats]
    if task.deadline:
        parts.append(f"deadline {day(task.deadline)}")
    if task.reminders:
        parts.append(f"reminder {reminders(task)}")
    if task.description:
        parts.append(f"note: {_short(task.description)}")
    return " · ".join(parts)


def table(tasks: Sequence[Task], indent: str = "  ") -> list[str]:
    """Return a line for each task, in columns."""
    rows = [(f"#{task.number}", _short(task.title), when(task), " · ".join(features(task))) for task in tasks]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    return [
        (indent + "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]])).rstrip()
        for row in rows
    ]


def remarks(item: Item) -> Iterable[str]:
    """Return what was assumed, and what looked like a date but stayed in the title."""
    for assumption in item.assumptions:
        yield f"  ({assumption})"
    for left in item.left_in_title:
        yield f'  ("{left}" stayed in the title)'


def day(iso: str) -> str:
    """Return a date with its weekday."""
    date = dt.date.fromisoformat(iso[:10])
    return f"{date:%a} {date.day} {date:%b %Y}"


def _end(end: str, due: str | None) -> str:
    """Return the end of a range: the time alone when it is on the day of the start."""
    if due is not None and end[:10] == due[:10]:
        return end[11:]
    return f"{day(end)}, {end[11:]}" if len(end) > 10 else day(end)


def length(minutes: int) -> str:
    """Return a length of time in words."""
    days, rest = divmod(minutes, 24 * 60)
    hours, rest = divmod(rest, 60)
    said = (
        f"{days} {'day' if days == 1 else 'days'}" if days else "",
        f"{hours} h" if hours else "",
        f"{rest} min" if rest else "",
    )
    return " ".join(part for part in said if part)


def reminders(task: Task) -> str:
    """Return the reminders of a task in words: "15 min before and 1 day before"."""
    return " and ".join(_reminder(one, task.zone) for one in task.reminders)


def _reminder(text: str, zone: str | None) -> str:
    """Return an offset as "15 min before", an instant as its day and time in the zone of the task."""
    if not text.startswith(("P", "-P")):
        at = dt.datetime.fromisoformat(text)
        return day_and_time(local_datetime(at, zone).isoformat()) if zone else f"{day_and_time(text)} UTC"
    minutes = round(read_duration(text).total_seconds() / 60)
    if not minutes:
        return "when it is due"
    return f"{length(abs(minutes))} {'before' if minutes < 0 else 'after'}"


def day_and_time(iso: str) -> str:
    """Return an instant as weekday, date and time, as it is written."""
    return f"{day(iso)}, {iso[11:16]}" if len(iso) > 10 else day(iso)


def card(task: Task, dates: Sequence[str] = ()) -> str:
    """Return a task with everything that is known of it, a line for each."""
    lines = {
        "state": "" if task.status == "open" and not task.deleted_at else _state(task),
        "due": when(task),
        "for": length(task.duration_min) if task.duration_min and task.end is None else "",
        "repeats": _repeats(task),
        "then": ", ".join(dates),
        "deadline": day(task.deadline) if task.deadline else "",
        "priority": task.priority,
        "tags": " ".join(f"#{tag}" for tag in task.tags),
        "reminder": reminders(task) if task.reminders else "",
        "note": task.description,
    }
    return "\n".join([name(task), *(f"  {what}: {said}" for what, said in lines.items() if said)])


def _repeats(task: Task) -> str:
    if not task.repeats:
        return "no more" if task.series else ""
    return task.repeats if task.repeats_until or task.repeats_times else f"{task.repeats}, with no end"


def _state(task: Task) -> str:
    return "in the trash" if task.deleted_at else task.status


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= TITLE_WIDTH else line[: TITLE_WIDTH - 1] + "…"
