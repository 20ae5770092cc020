"""Shows what the reader understood in the form of the cases, so that expected and got stand side by side in one language."""

import datetime as dt
from collections.abc import Mapping

from evals.form import Json
from evals.occurrences import COMPARED, Series, first_dates, midnight
from taskora.domain.due import Due, local_datetime
from taskora.domain.durations import write_duration
from taskora.domain.series import Anchor, Repeat, Rule
from taskora.domain.task import Status
from taskora.nlu.reading import Changes, Command, Filter

_LOOKED_AT = 400


def show_command(command: Command, tz: str) -> Json:
    """Return a command by the keys of the form; wall times are those of `tz`. Keys without a value are left out."""
    shown = {
        "intent": str(command.intent),
        "title": command.title,
        **_show_time(command, tz),
        "deadline": show_due(command.deadline, tz),
        **show_repeat(command.repeat, command.due),
        "priority": str(command.priority) if command.priority else None,
        "tags": list(command.tags),
        "reminders": [_show_reminder(reminder, tz) for reminder in command.reminders],
        "target": command.target,
        "filter": show_filter(command.filter, tz) if command.filter is not None else None,
        "changes": show_changes(command.changes, tz) if command.changes is not None else None,
        "needs_confirmation": command.needs_confirmation,
    }
    return without_empty(shown)


def without_empty(shown: Mapping[str, object]) -> Json:
    """Return the mapping without keys that hold nothing; an empty filter is something: it means all open tasks."""
    return {key: value for key, value in shown.items() if not (value is None or value is False or value == [])}


def show_due(due: Due | None, tz: str) -> str | None:
    """Return a day, or the wall time in `tz`, or None."""
    if due is None:
        return None
    if due.all_day:
        return due.date.isoformat()
    return local_datetime(due.instant(tz), tz).strftime("%Y-%m-%dT%H:%M")


def _show_time(command: Command, tz: str) -> Json:
    """Return due, end and length; of end and length one follows from the other when the due has a time."""
    due, end, length = command.due, command.end, command.duration
    if due is not None and not due.all_day:
        if end is not None and not end.all_day and length is None:
            length = end.instant(tz) - due.instant(tz)
        elif end is None and length is not None:
            return {
                "due": show_due(due, tz),
                "end": local_datetime(due.instant(tz) + length, tz).strftime("%Y-%m-%dT%H:%M"),
                "duration_min": _minutes(length),
            }
    return {
        "due": show_due(due, tz),
        "end": show_due(end, tz),
        "duration_min": _minutes(length) if length is not None else None,
    }


def _minutes(length: dt.timedelta) -> int:
    return round(length.total_seconds() / 60)


def _show_reminder(reminder: dt.timedelta | Due, tz: str) -> str | None:
    return write_duration(reminder) if isinstance(reminder, dt.timedelta) else show_due(reminder, tz)


def show_repeat(repeat: Repeat | None, due: Due | None) -> Json:
    """Return `rrule` or `rrules`, `exdates` and `anchor` of a repetition whose first date is `due`."""
    if repeat is None or not repeat.rules:
        return {}
    rules = [_show_rule(rule, repeat, due) for rule in repeat.rules]
    shown: dict[str, object] = {"rrule": rules[0]} if len(rules) == 1 else {"rrules": rules}
    if left_out := _left_out(rules, repeat, due):
        shown["exdates"] = [date.isoformat() for date in left_out]
    if repeat.anchor is not Anchor.SCHEDULE:
        shown["anchor"] = str(repeat.anchor)
    return shown


def _show_rule(rule: Rule, repeat: Repeat, due: Due | None) -> str:
    parts = [rule.rrule]
    one_time = len(repeat.rules) == 1 and due is not None and rule.time == due.time
    if rule.time is not None and not one_time and "BYHOUR" not in rule.rrule and "HOURLY" not in rule.rrule:
        parts.append(f"BYHOUR={rule.time.hour};BYMINUTE={rule.time.minute}")
    if repeat.end.until is not None:
        parts.append(f"UNTIL={repeat.end.until:%Y%m%d}")
    if repeat.end.count is not None:
        parts.append(f"COUNT={repeat.end.count}")
    return ";".join(parts)


def _left_out(rules: list[str], repeat: Repeat, due: Due | None) -> list[dt.date]:
    """Return the dates left out, those of excluded rules as far as the first dates of the series reach."""
    out = set(repeat.excluded_dates)
    if repeat.excluded_rules and due is not None:
        start = dt.datetime.combine(due.date, due.time or dt.time(0))
        kept = 0
        excluded = {date.date() for rule in repeat.excluded_rules for date in _excluded(rule)}
        for date in first_dates(Series(tuple(rules), start), _LOOKED_AT):
            if date.date() in excluded:
                out.add(date.date())
            kept += date.date() not in excluded
            if kept == COMPARED:
                break
    return sorted(out)


def _excluded(rule: Rule) -> list[dt.datetime]:
    return first_dates(Series((rule.rrule,), midnight(rule.start)), _LOOKED_AT)


def show_filter(meant: Filter, tz: str) -> Json:
    """Return a filter by the keys of the form. Open is the default status and is not shown."""
    priority = meant.priority or meant.min_priority
    return without_empty(
        {
            "due_from": show_due(meant.due_from, tz),
            "due_to": show_due(meant.due_to, tz),
            "overdue": meant.overdue,
            "no_due": meant.no_due,
            "tags": list(meant.tags),
            "priority": str(priority) if priority else None,
            "status": str(meant.status) if meant.status not in (None, Status.OPEN) else None,
            "text": meant.text,
            "sort": meant.sort,
        }
    )


_CLEARED: Mapping[str, tuple[str, object]] = {
    "due": ("due", None),
    "repeat": ("rrule", None),
    "tags": ("tags", []),
    "reminders": ("reminders", []),
    "deadline": ("deadline", None),
    "end": ("end", None),
    "priority": ("priority", None),
}


def show_changes(changes: Changes, tz: str) -> Json:
    """Return new values by the keys of the form; what is emptied is null or an empty list."""
    shown = without_empty(
        {
            "title": changes.title,
            "due": show_due(changes.due, tz),
            "end": show_due(changes.end, tz),
            **show_repeat(changes.repeat, changes.due),
            "priority": str(changes.priority) if changes.priority else None,
            "tags_add": list(changes.tags_add),
            "tags_remove": list(changes.tags_remove),
        }
    )
    emptied = dict(_CLEARED.get(name, (name, None)) for name in sorted(changes.cleared))
    return {**shown, **emptied}
