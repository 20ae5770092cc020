"""A task in words, as a line or two that people read: number, title, weekday, date, rule, priority, tags."""

import datetime as dt
from collections.abc import Iterable, Sequence

from agent.facts import Candidate, Item, Task

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
        parts.append(f"for {_length(task.duration_min)}")
    if task.repeats:
        endless = not task.repeats_until and not task.repeats_times
        parts += [task.repeats, *(["repeats with no end"] if endless else [])]
    parts += [feature for feature in features(task) if feature != task.repeats]
    if task.deadline:
        parts.append(f"deadline {_day(task.deadline)}")
    if task.reminders:
        parts.append(f"reminders: {len(task.reminders)}")
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


def _day(iso: str) -> str:
    date = dt.date.fromisoformat(iso[:10])
    return f"{date:%a} {date.day} {date:%b %Y}"


def _end(end: str, due: str | None) -> str:
    """Return the end of a range: the time alone when it is on the day of the start."""
    if due is not None and end[:10] == due[:10]:
        return end[11:]
    return f"{_day(end)}, {end[11:]}" if len(end) > 10 else _day(end)


def _length(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= TITLE_WIDTH else line[: TITLE_WIDTH - 1] + "…"
