"""The rest of the model: tasks that are created and edited, and commands that are taken back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.faults.soaking import dates
from tests.faults.soaking.model import (
    COPIED,
    Command,
    Json,
    Refusal,
    Step,
    Work,
    alone_if_needed,
    complete,
    completed,
    delete,
    deleted,
    outside_trash,
    recount,
    reopen,
    reopened,
    restore,
    skip,
    stop,
    stopped,
)

ITEMS: dict[str, Callable[[Work, Json], Json]] = {
    "complete": complete,
    "reopen": reopen,
    "delete": delete,
    "restore": restore,
    "skip": skip,
    "stop": stop,
}
_REVERTED = (
    *COPIED, "status", "due", "series_id", "occurrence", "completed_at", "deleted_at", "next", "usual", "taken_back",
)  # fmt: skip


def carry_out(work: Work, kind: str, body: Json) -> list[Json | str | None]:
    """Carry out a command; return the task after each item, or the code of its refusal."""
    if kind == "undo":
        return undo(work, body.get("command_id"))
    if kind == "preferences":
        return [set_zone(work, body["zone"])]
    act = {**ITEMS, "create": create, "update": update}[kind]
    return [work.attempt(lambda item=item: act(work, item)) for item in body["items"]]  # type: ignore[misc]  # mypy cannot infer a lambda with a default


def set_zone(work: Work, zone: str) -> Json:
    """Choose another time zone."""
    if zone != work.state.zone:
        work.state.zone = zone
        work.steps.append(Step("preferences.updated", work.state.user, None, {"zone": zone}))
    return {}


def create(work: Work, item: Json) -> Json:
    """Create a task, perhaps with a series."""
    if not item["title"]:
        raise Refusal("invalid")
    due = item.get("due")
    if due is not None:
        zone = due.get("zone") or work.state.zone
        due = dates.settled({"date": due["date"], "time": due.get("time"), "zone": zone if due.get("time") else None})
    row = work.row()
    series_id = None
    if item.get("rrule"):
        series_id = str(row.get("snapshot", {}).get("series_id"))
        work.state.series[series_id] = _series(work, item, due, series_id)
    work.state.number += 1
    task = {
        "id": row["subject"], "user_id": work.state.user, "number": work.state.number, "title": item["title"],
        "description": item.get("description", ""), "status": "open", "priority": item.get("priority", "medium"),
        "tags": item.get("tags", []), "due": due, "end": None, "duration": None, "deadline": None,
        "reminders": item.get("reminders", []), "series_id": series_id, "occurrence": due if series_id else None,
        "predecessor_id": None, "caused_by": None, "completed_at": None, "completed_by": None, "deleted_at": None,
        "next": None, "usual": {}, "taken_back": False, "version": 1, "created_at": work.now, "updated_at": work.now,
    }  # fmt: skip
    return work.store("task.created", None, task)


def _series(work: Work, item: Json, due: Any, series_id: str) -> Json:
    parts = item["rrule"].split(";")
    ends = dict(part.split("=") for part in parts if part.startswith(("COUNT", "UNTIL")))
    rule = ";".join(part for part in parts if not part.startswith(("COUNT", "UNTIL")))
    until = ends.get("UNTIL")
    return {
        "id": series_id, "user_id": work.state.user,
        "rules": [{"rrule": rule, "start": due["date"], "time": due["time"]}],
        "excluded_dates": [], "excluded_rules": [], "anchor": item.get("anchor", "schedule"),
        "until": f"{until[:4]}-{until[4:6]}-{until[6:8]}" if until else None,
        "count": int(ends["COUNT"]) if "COUNT" in ends else None,
        "zone": work.state.zone if due["time"] else None, "state": "active", "version": 1, "made": 1, "stopped_by": None,
    }  # fmt: skip


def update(work: Work, item: Json) -> Json:
    """Give a task other values; what is for this one alone, those that follow do not get."""
    before = work.find(item)
    series = work.series_of(before)
    if item.get("scope") and (series is None or series["state"] == "stopped"):
        raise Refusal("invalid")
    outside_trash(before)
    changed: Json = {name: item[name] for name in ("title", "description", "priority") if name in item}
    if "tags_add" in item:
        changed["tags"] = [*before["tags"], *(tag for tag in item["tags_add"] if tag not in before["tags"])]
    if "shift_days" in item:
        if before["due"] is None:
            raise Refusal("invalid")
        changed["due"] = dates.moved(before["due"], item["shift_days"])
    task = {**before, **changed}
    if before["series_id"] is not None:
        differing = [name for name in COPIED if task[name] != before[name]]
        usual = before["usual"]
        if item.get("scope") == "this":
            task["usual"] = {name: before[name] for name in differing} | usual
        else:
            task["usual"] = {name: value for name, value in usual.items() if name not in differing}
    return before if task == before else work.store("task.updated", before, work.later(task))


@dataclass
class Part:
    """What a command did to one task, and to its series by way of it: the former values."""

    task_id: str
    created: bool = False
    old: Json = field(default_factory=dict)
    series: dict[str, tuple[Any, Any]] = field(default_factory=dict)


def undo(work: Work, command_id: str | None) -> list[Json | str | None]:
    """Take a command back. Raises Refusal when there is none."""
    state = work.state
    command = state.last_to_undo() if command_id is None else state.commands.get(command_id)
    if command is None:
        raise Refusal("conflict" if command_id is None else "not_found")
    if command.id in state.undone or command.kind == "undo":
        raise Refusal("conflict")
    state.undone.add(command.id)
    parts = _parts(command)
    return [work.attempt(lambda part=part: _take_back(work, part, command)) for part in reversed(parts)]  # type: ignore[misc]  # as above


def _parts(command: Command) -> list[Part]:
    parts: dict[str, Part] = {}
    of_series: dict[str, dict[str, tuple[Any, Any]]] = {}
    for step in command.steps:
        differing = {} if step.before is None else {
            name: (value, step.after[name]) for name, value in step.before.items()
            if name not in {"version", "updated_at"} and step.after[name] != value
        }  # fmt: skip
        if step.type.startswith("series."):
            fields = of_series.setdefault(step.subject, {})
            fields.update({name: both for name, both in differing.items() if name not in fields})
            continue
        part = parts.setdefault(step.subject, Part(step.subject))
        part.created = part.created or step.type == "task.created"
        part.old = {name: old for name, (old, _) in differing.items()} | part.old
        if step.after["series_id"] is not None:
            part.series = of_series.setdefault(step.after["series_id"], {})
    return list(parts.values())


def _take_back(work: Work, part: Part, command: Command) -> Json:
    before = work.find({"task": part.task_id})
    if work.state.touched(before["id"], command.last):
        raise Refusal("conflict")
    if part.created:
        return before if before["deleted_at"] else deleted(work, before, work.later(before, deleted_at=work.now))
    task = work.later(before, **{name: old for name, old in part.old.items() if name in _REVERTED})
    if task["status"] == "open":
        task |= {"completed_by": None, "next": None}
    return _reverted(work, part, before, task)


def _reverted(work: Work, part: Part, before: Json, task: Json) -> Json:
    """Store what a task was before, as what that is now: a deletion, a reopening, a completion; then its series."""
    present = work.series_of(before)
    series = work.series_of(task)
    wanted = None if series is None else _wanted(series, part)
    if wanted is not None:
        work.state.series[wanted["id"]] = wanted  # what is made of the task goes by the series as it shall be
    stored = _as_it_is_told(work, before, task)
    if wanted is not None and series is not None and stored["series_id"] is not None:
        made = work.state.series[wanted["id"]]["made"]
        work.store_series({**series, "made": series["made"] + made - wanted["made"]}, {**wanted, "made": made})
    elif wanted is not None and series is not None:
        work.state.series[wanted["id"]] = {**series, "made": work.state.series[wanted["id"]]["made"]}
    if present is not None and task["series_id"] is None:
        work.store_series(present, stopped(present))
    return stored


def _wanted(series: Json, part: Part) -> Json:
    wanted = {**series, **{name: old for name, (old, _) in part.series.items()}}
    return series if wanted == series else {**wanted, "version": series["version"] + 1}


def _as_it_is_told(work: Work, before: Json, task: Json) -> Json:
    if before["deleted_at"] is None and task["deleted_at"] is not None:
        return deleted(work, before, task)
    if before["status"] == "completed" and task["status"] == "open":
        return reopened(work, before, task)
    if before["status"] == "open" and task["status"] == "completed":
        return completed(work, before, task)
    back = before["deleted_at"] is not None and task["deleted_at"] is None
    task = alone_if_needed(work, task, before)
    recount(work, before, task)
    return work.store("task.restored" if back else "task.updated", before, task)
