"""Shows a stored task, as the task service returns it, in the form of the cases."""

import datetime as dt

from evals.form import Json
from evals.view import without_empty
from taskora.api import wire
from taskora.domain.due import local_datetime

TRASH = "trash"


def show_task(task: wire.Task, tz: str) -> Json:
    """Return a task by the keys of the form; wall times are those of `tz`, a task in the trash has that status."""
    shown = {
        "title": task.title,
        "status": TRASH if task.deleted_at is not None else str(task.status),
        "due": _wall(task.due, tz),
        "end": _wall(task.end, tz),
        "duration_min": task.duration_min,
        "deadline": task.deadline.isoformat() if task.deadline else None,
        "priority": str(task.priority),
        "tags": task.tags,
        "reminders": [_reminder(one, tz) for one in task.reminders],
        **_repeats(task),
    }
    return without_empty(shown)


def _wall(due: wire.Due | None, tz: str) -> str | None:
    if due is None:
        return None
    return due.date.isoformat() if due.time is None else local_datetime(due.at, tz).strftime("%Y-%m-%dT%H:%M")


def _reminder(said: str, tz: str) -> str:
    """Return an offset as it is, an instant as wall time."""
    if said.startswith(("P", "-P")):
        return said
    return local_datetime(dt.datetime.fromisoformat(said), tz).strftime("%Y-%m-%dT%H:%M")


def _repeats(task: wire.Task) -> Json:
    """Return the rules of a task that goes on repeating."""
    repeats = task.repeats
    if repeats is None or repeats.state != "active":
        return {}
    rules = [_rule(rule, repeats, task) for rule in repeats.rules]
    shown: Json = {"rrule": rules[0]} if len(rules) == 1 else {"rrules": rules}
    return {**shown, "anchor": repeats.anchor}


def _rule(rule: wire.Rule, repeats: wire.Repeats, task: wire.Task) -> str:
    parts = [rule.rrule]
    due_time = task.due.time if task.due is not None else None
    if rule.time is not None and (len(repeats.rules) > 1 or rule.time != due_time) and "HOURLY" not in rule.rrule:
        parts.append(f"BYHOUR={rule.time.hour};BYMINUTE={rule.time.minute}")
    if repeats.until is not None:
        parts.append(f"UNTIL={repeats.until:%Y%m%d}")
    if repeats.count is not None:
        parts.append(f"COUNT={repeats.count}")
    return ";".join(parts)


def changes_between(before: Json, after: Json) -> Json:
    """Return what an update changed, by the keys that a case uses for it."""
    changed = {
        key: after.get(key)
        for key in (before.keys() | after.keys()) - {"tags", "status", "anchor"}
        if before.get(key) != after.get(key)
    }
    old, new = _tags(before), _tags(after)
    added, removed = [tag for tag in new if tag not in old], [tag for tag in old if tag not in new]
    return changed | ({"tags_add": added} if added else {}) | ({"tags_remove": removed} if removed else {})


def _tags(task: Json) -> list[str]:
    tags = task.get("tags", [])
    return [str(tag) for tag in tags] if isinstance(tags, list) else []
