"""A step is one numbered change of one subject. Here it becomes its row of the change log, of which its event is made.

The subject is a task, a series or the user (for preferences); the event is `taskora.storage.changes.event_of` of the row.
"""

import datetime as dt
from dataclasses import dataclass

from uuid_utils import uuid7

from services.tasks.store.tags import Tag
from taskora.domain.actor import Principal
from taskora.domain.encoding import Json, changed_fields, instant_to_json, series_to_json, task_to_json
from taskora.domain.events import EventType
from taskora.domain.series import Series
from taskora.domain.task import Task
from taskora.storage.changes import Change

SERVICE = "tasks"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who commands, under which ids, at which instant of domain time, and within which trace (W3C)."""

    principal: Principal
    command_id: str
    correlation_id: str
    now: dt.datetime
    traceparent: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One change: the event's id and type, the subject after it, what differs, and what more the event says."""

    event_id: str
    type: EventType
    subject: str
    version: int | None
    fields: Json
    snapshot: Json
    more: Json


def new_id() -> str:
    """Return a fresh id (UUIDv7) for a task, a series, a command or an event."""
    return str(uuid7())


def task_step(
    kind: EventType,
    before: Task | None,
    task: Task,
    series: Series | None,
    *,
    user_zone: str,
    event_id: str | None = None,
    said: Json | None = None,
) -> Step:
    """Return the step of a task; `said` adds to the fields what is no column of the task, such as `repeat`."""
    snapshot = task_to_json(task)
    fields = changed_fields(None if before is None else task_to_json(before), snapshot) | (said or {})
    more: Json = {"series": None if series is None else series_to_json(series)}
    if kind is EventType.TASK_COMPLETED and task.completed_at is not None:
        more |= {"user_zone": user_zone, "completed_at": instant_to_json(task.completed_at)}
    return Step(event_id or new_id(), kind, task.id, task.version, fields, snapshot, more)


def series_step(kind: EventType, before: Series, series: Series, task: Task) -> Step:
    """Return the step of a series that was changed by way of one of its tasks."""
    snapshot = series_to_json(series)
    fields = changed_fields(series_to_json(before), snapshot)
    return Step(new_id(), kind, series.id, None, fields, snapshot, {"task": task_to_json(task)})


def tag_step(before: Tag | None, tag: Tag | None, more: Json | None = None) -> Step:
    """Return the step of a tag that was renamed, coloured, taken away (`tag` is None), or has come back (`before` is)."""
    shown = tag or before
    if shown is None:
        raise ValueError("a tag is needed")
    snapshot: Json = {"id": shown.id, "name": shown.name, "colour": shown.colour}
    if before is None or tag is None:
        fields: Json = {"deleted": [before is None, tag is None]}
    else:
        former: Json = {"name": before.name, "colour": before.colour}
        fields = {name: [old, snapshot[name]] for name, old in former.items() if old != snapshot[name]}
    return Step(new_id(), EventType.TAG_UPDATED, shown.id, None, fields, snapshot, more or {})


def preferences_step(user_id: str, before: Json, preferences: Json) -> Step:
    """Return the step of changed preferences."""
    fields = changed_fields(before, preferences)
    return Step(new_id(), EventType.PREFERENCES_UPDATED, user_id, None, fields, preferences, {})


def change_of(step: Step, caller: Caller) -> Change:
    """Return the row of the change log."""
    return Change(
        service=SERVICE,
        user_id=caller.principal.user_id,
        event_id=step.event_id,
        type=step.type,
        subject=step.subject,
        fields=step.fields,
        snapshot=step.snapshot,
        actor=caller.principal.actor,
        channel=caller.principal.channel,
        command_id=caller.command_id,
        correlation_id=caller.correlation_id,
        at=caller.now,
        task_version=step.version,
        traceparent=caller.traceparent,
        more=step.more,
    )
