"""Domain values as JSON and back: what stands in events, in the change log and in the tables.

Dates are `YYYY-MM-DD`, times of day ISO 8601, instants UTC with `Z`, durations ISO 8601. Reading raises ValueError, KeyError or
TypeError for what was never written here.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from taskora.domain.due import Due
from taskora.domain.durations import read_duration, write_duration
from taskora.domain.preferences import DateOrder, Preferences, WeekStart
from taskora.domain.series import Anchor, End, Repeat, Rule, Series, SeriesState
from taskora.domain.task import NextOutcome, Priority, Status, Task

Json = dict[str, Any]


def instant_to_json(instant: dt.datetime) -> str:
    """Return an aware instant in UTC with `Z`."""
    return instant.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def instant_from_json(text: str) -> dt.datetime:
    """Read an instant. Raises ValueError when it has no offset."""
    instant = dt.datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(f"an instant needs an offset: {text}")
    return instant.astimezone(dt.UTC)


def due_to_json(due: Due | None) -> Json | None:
    """Return `{date, time, zone}`; the last two are null for an all-day due."""
    if due is None:
        return None
    return {"date": due.date.isoformat(), "time": due.time.isoformat() if due.time else None, "zone": due.zone}


def due_from_json(value: Mapping[str, Any] | None) -> Due | None:
    """Read what `due_to_json` wrote."""
    if value is None:
        return None
    time = value["time"]
    return Due(dt.date.fromisoformat(value["date"]), dt.time.fromisoformat(time) if time else None, value["zone"])


def reminder_to_json(reminder: dt.timedelta | dt.datetime) -> str:
    """Return an offset as a duration, an instant as an instant."""
    return write_duration(reminder) if isinstance(reminder, dt.timedelta) else instant_to_json(reminder)


def reminder_from_json(text: str) -> dt.timedelta | dt.datetime:
    """Read an offset (`-PT30M`) or an instant with its offset."""
    return read_duration(text) if "P" in text[:2] else instant_from_json(text)


def rule_to_json(rule: Rule) -> Json:
    """Return `{rrule, start, time}`."""
    return {
        "rrule": rule.rrule,
        "start": rule.start.isoformat(),
        "time": rule.time.isoformat() if rule.time is not None else None,
    }


def rule_from_json(value: Mapping[str, Any]) -> Rule:
    """Read what `rule_to_json` wrote."""
    time = value["time"]
    return Rule(value["rrule"], dt.date.fromisoformat(value["start"]), dt.time.fromisoformat(time) if time else None)


def repeat_to_json(repeat: Repeat) -> Json:
    """Return the rules, what is excluded, the anchor and the end."""
    return {
        "rules": [rule_to_json(rule) for rule in repeat.rules],
        "excluded_dates": [date.isoformat() for date in repeat.excluded_dates],
        "excluded_rules": [rule_to_json(rule) for rule in repeat.excluded_rules],
        "anchor": repeat.anchor.value,
        "until": repeat.end.until.isoformat() if repeat.end.until else None,
        "count": repeat.end.count,
    }


def excluded_from_json(text: str) -> dt.date | dt.datetime:
    """Read an excluded date: a day, or a wall time of one."""
    return dt.datetime.fromisoformat(text) if "T" in text else dt.date.fromisoformat(text)


def repeat_from_json(value: Mapping[str, Any]) -> Repeat:
    """Read what `repeat_to_json` wrote."""
    until = value["until"]
    return Repeat(
        rules=tuple(rule_from_json(rule) for rule in value["rules"]),
        excluded_dates=tuple(excluded_from_json(date) for date in value["excluded_dates"]),
        excluded_rules=tuple(rule_from_json(rule) for rule in value["excluded_rules"]),
        anchor=Anchor(value["anchor"]),
        end=End(dt.date.fromisoformat(until) if until else None, value["count"]),
    )


def series_to_json(series: Series) -> Json:
    """Return a series with its repeat flattened into it."""
    return {
        "id": series.id,
        "user_id": series.user_id,
        **repeat_to_json(series.repeat),
        "zone": series.zone,
        "state": series.state.value,
        "version": series.version,
        "made": series.made,
        "stopped_by": series.stopped_by,
    }


def series_from_json(value: Mapping[str, Any]) -> Series:
    """Read what `series_to_json` wrote."""
    return Series(
        id=value["id"],
        user_id=value["user_id"],
        repeat=repeat_from_json(value),
        zone=value["zone"],
        state=SeriesState(value["state"]),
        version=value["version"],
        made=value["made"],
        stopped_by=value["stopped_by"],
    )


def next_to_json(outcome: NextOutcome | None) -> Json | None:
    """Return `{reason, task_id, passed_over}`."""
    if outcome is None:
        return None
    return {"reason": outcome.reason, "task_id": outcome.task_id, "passed_over": outcome.passed_over}


def task_to_json(task: Task) -> Json:
    """Return the whole task: the snapshot of events and of the change log."""
    return {
        "id": task.id,
        "user_id": task.user_id,
        "number": task.number,
        "title": task.title,
        "description": task.description,
        "status": task.status.value,
        "priority": task.priority.value,
        "tags": list(task.tags),
        "due": due_to_json(task.due),
        "end": due_to_json(task.end),
        "duration": write_duration(task.duration) if task.duration is not None else None,
        "deadline": task.deadline.isoformat() if task.deadline else None,
        "reminders": [reminder_to_json(reminder) for reminder in task.reminders],
        "series_id": task.series_id,
        "occurrence": due_to_json(task.occurrence),
        "predecessor_id": task.predecessor_id,
        "caused_by": task.caused_by,
        "completed_at": _instant(task.completed_at),
        "completed_by": task.completed_by,
        "deleted_at": _instant(task.deleted_at),
        "next": next_to_json(task.next),
        "usual": dict(task.usual),
        "taken_back": task.taken_back,
        "version": task.version,
        "created_at": instant_to_json(task.created_at),
        "updated_at": instant_to_json(task.updated_at),
    }


def task_from_json(value: Mapping[str, Any]) -> Task:
    """Read what `task_to_json` wrote, also before the members of `_ADDED` were there."""
    names = _TASK_READERS.keys() - (_ADDED - value.keys())
    return Task(**{name: _TASK_READERS[name](value[name]) for name in names})


def read_field(name: str, value: Any) -> Any:
    """Read the value of one field of a task as it stands in a change (`{field: [old, new]}`). Raises KeyError for no field."""
    return _TASK_READERS[name](value)


def preferences_to_json(preferences: Preferences) -> Json:
    """Return the preferences by name."""
    return {
        "zone": preferences.zone,
        "locale": preferences.locale,
        "week_start": preferences.week_start.value,
        "date_order": preferences.date_order.value,
        "all_day_time": preferences.all_day_time.isoformat("minutes"),
        "default_reminder_minutes": preferences.default_reminder_minutes,
        "require_end": preferences.require_end,
    }


def preferences_from_json(value: Mapping[str, Any], defaults: Preferences) -> Preferences:
    """Read preferences; those that are not there are taken from `defaults`."""
    if not value:
        return defaults
    said = {**preferences_to_json(defaults), **value}
    return Preferences(
        zone=said["zone"],
        locale=said["locale"],
        week_start=WeekStart(said["week_start"]),
        date_order=DateOrder(said["date_order"]),
        all_day_time=dt.time.fromisoformat(said["all_day_time"]),
        default_reminder_minutes=said["default_reminder_minutes"],
        require_end=said["require_end"],
    )


def changed_fields(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> Json:
    """Return `{field: [old, new]}` of two values as JSON, without the version and the time of the change.

    Without a value before, the fields that hold something are listed as new.
    """
    names = [name for name in after if name not in _NO_CHANGE]
    if before is None:
        return {name: [None, after[name]] for name in names if name not in _GIVEN and after[name] not in _EMPTY}
    return {name: [before[name], after[name]] for name in names if before[name] != after[name]}


def _instant(instant: dt.datetime | None) -> str | None:
    return None if instant is None else instant_to_json(instant)


def _read_next(value: Mapping[str, Any] | None) -> NextOutcome | None:
    return None if value is None else NextOutcome(value["reason"], value["task_id"], value["passed_over"])


def _as_is(value: Any) -> Any:
    return value


def _optional_instant(value: str | None) -> dt.datetime | None:
    return None if value is None else instant_from_json(value)


_NO_CHANGE = frozenset({"version", "updated_at"})
_GIVEN = frozenset({"id", "user_id", "created_at"})
_EMPTY: tuple[object, ...] = (None, "", [], {}, False)
_ADDED = frozenset({"usual", "taken_back"})
_TASK_READERS: Mapping[str, Any] = {
    "id": _as_is,
    "user_id": _as_is,
    "number": _as_is,
    "title": _as_is,
    "description": _as_is,
    "status": Status,
    "priority": Priority,
    "tags": tuple,
    "due": due_from_json,
    "end": due_from_json,
    "duration": lambda value: None if value is None else read_duration(value),
    "deadline": lambda value: None if value is None else dt.date.fromisoformat(value),
    "reminders": lambda value: tuple(reminder_from_json(reminder) for reminder in value),
    "series_id": _as_is,
    "occurrence": due_from_json,
    "predecessor_id": _as_is,
    "caused_by": _as_is,
    "completed_at": _optional_instant,
    "completed_by": _as_is,
    "deleted_at": _optional_instant,
    "next": _read_next,
    "usual": dict,
    "taken_back": bool,
    "version": _as_is,
    "created_at": instant_from_json,
    "updated_at": instant_from_json,
}
