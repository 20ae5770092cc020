"""A task of the API in words for the terminal: number, title, weekday and date, the repetition, priority, tags. Pure."""

import datetime as dt
from collections.abc import Iterable, Sequence

from services.local.cli.host_client import Json
from services.local.cli.screen import clean


def name(task: Json) -> str:
    """Return "#12 buy milk"."""
    return f"#{task['number']} {clean(task['title'])}"


def when(task: Json) -> str:
    """Return when it is due, with its end; empty for no date."""
    said = task.get("due_text") or ""
    end = task.get("end")
    if not (said and end):
        return said
    same_day = end["date"] == task["due"]["date"]
    return f"{said} to {_clock(end) if same_day else _moment(end)}"


def short_when(task: Json, year: int) -> str:
    """Return the same without this year."""
    return when(task).replace(f" {year}", "")


def repeats(task: Json) -> str:
    """Return how a task repeats, in words; empty for one that does not."""
    rule = task.get("repeats")
    if not rule:
        return ""
    stopped = rule.get("state") == "stopped"
    return f"{rule['text']} (stopped)" if stopped else str(rule["text"])


def features(task: Json) -> list[str]:
    """Return what a list shows beside number, title and date: repetition, priority, tags."""
    said = [repeats(task)] if task.get("repeats") else []
    if task["priority"] != "medium":
        said.append("urgent" if task["priority"] == "urgent" else f"{task['priority']} priority")
    return [*said, *(f"#{clean(tag)}" for tag in task.get("tags", ()))]


def details(task: Json) -> str:
    """Return all that was understood of a task on one line."""
    parts = [when(task) or "no date"]
    if task.get("duration_min") and not task.get("end"):
        parts.append(f"for {length(task['duration_min'])}")
    said = features(task)
    rule = task.get("repeats")
    if rule and not rule.get("until") and not rule.get("count") and rule.get("state") != "stopped":
        said.insert(1, "repeats with no end")
    parts += said
    if task.get("deadline"):
        parts.append(f"deadline {day(task['deadline'])}")
    if task.get("reminders"):
        parts.append("reminder " + ", ".join(map(reminder, task["reminders"])))
    if task.get("description"):
        parts.append(f"note: {clean(task['description'])[:60]}")
    return " · ".join(parts)


def rows(tasks: Sequence[Json]) -> Iterable[str]:
    """Yield a line for each task, in columns."""
    cells = [
        (f"#{task['number']}", clean(task["title"]), when(task) or "no date", " · ".join(features(task)))
        for task in tasks
    ]
    widths = [max((len(row[column]) for row in cells), default=0) for column in range(3)]
    for row in cells:
        yield "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]]).rstrip()


def card(task: Json, dates: Sequence[Json], now: dt.datetime) -> Iterable[tuple[str, str]]:
    """Yield what a card says of a task, each as a word and a text; `dates` are the next ones of a repeating task."""
    status = "deleted" if task.get("deleted_at") else task["status"]
    at = task.get("deleted_at") or task.get("completed_at")
    rows: list[tuple[str, str]] = [
        ("status", f"{status}, {moment(at, now)}" if at else status),
        ("due", when(task) or "no date"),
        ("takes", length(task["duration_min"]) if task.get("duration_min") and not task.get("end") else ""),
        ("deadline", day(task["deadline"]) if task.get("deadline") else ""),
        ("repeats", repeats(task)),
        ("then", "\n".join(_moment(date) for date in dates)),
        ("priority", task["priority"]),
        ("tags", " ".join(f"#{clean(tag)}" for tag in task.get("tags", ()))),
        ("reminders", ", ".join(map(reminder, task.get("reminders", ())))),
        ("added", moment(task["created_at"], now)),
    ]
    return [row for row in rows if row[1]]


def reminder(text: str) -> str:
    """Return a reminder in words: "30 min before", "Fri 27 Nov 2026, 09:00 UTC"."""
    if not text.lstrip("-+").startswith("P"):
        instant = dt.datetime.fromisoformat(text)
        return f"{day(instant.date().isoformat())}, {instant:%H:%M} UTC"
    from taskora.domain.durations import read_duration

    minutes = round(read_duration(text).total_seconds() / 60)
    return f"{length(-minutes)} before" if minutes < 0 else f"{length(minutes)} after" if minutes else "at its time"


def length(minutes: int) -> str:
    """Return minutes as "1 h 30 min"."""
    days, rest = divmod(minutes, 24 * 60)
    hours, rest = divmod(rest, 60)
    parts = (f"{days} d" if days else "", f"{hours} h" if hours else "", f"{rest} min" if rest else "")
    return " ".join(part for part in parts if part)


def day(iso: str) -> str:
    """Return a date as "Fri 27 Nov 2026", whatever the locale."""
    from taskora.domain.wording import date_text

    return date_text(dt.date.fromisoformat(iso[:10]))


def moment(iso: str, now: dt.datetime) -> str:
    """Return an instant in the zone of `now`: "Fri 27 Nov 2026, 09:00"."""
    instant = dt.datetime.fromisoformat(iso).astimezone(now.tzinfo)
    return f"{day(instant.date().isoformat())}, {instant:%H:%M}"


def count(number: int, noun: str) -> str:
    """Return "1 task" or "3 tasks"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _clock(due: Json) -> str:
    return str(due["time"])[:5] if due.get("time") else day(due["date"])


def _moment(due: Json) -> str:
    return f"{day(due['date'])}, {_clock(due)}" if due.get("time") else day(due["date"])
