"""What the recurrence service does: of a completed occurrence it asks for the next one. It reads no clock and stores nothing.

The command's id and content follow from the completion event alone, so an event that comes twice gives the same command twice,
and the task service does it once.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID, uuid5

from services.kit.subscriptions import handler
from taskora.domain.due import Due, local_datetime
from taskora.domain.encoding import due_to_json, instant_from_json, instant_to_json, series_from_json, task_from_json
from taskora.domain.events import EVENT_TABLE, SOURCE_RECURRENCE, Event, EventType, Topic
from taskora.domain.recurrence import Occurrence, next_occurrence
from taskora.domain.series import Series, SeriesState
from taskora.domain.task import Task
from taskora.runtime.ports import Publisher, Subscription

CONSUMER = "recurrence"


@dataclass(frozen=True, slots=True)
class Completion:
    """A completed occurrence as its event tells of it; `next_id` is the id of the command that may follow.

    `series` is None for a task that does not repeat.
    """

    event: Event
    next_id: str
    task: Task
    series: Series | None
    completed_at: dt.datetime
    user_zone: str


def subscriptions(publisher: Publisher) -> tuple[Subscription, ...]:
    """Return the handler table of the recurrence service."""

    async def ask_for_next(completion: Completion) -> None:
        command = next_command(completion)
        if command is not None:
            await publisher.publish(Topic.TASK_COMMANDS, [command])

    handlers = {EventType.TASK_COMPLETED.value: handler(read_completion, ask_for_next)}
    return (Subscription(CONSUMER, Topic.TASK_EVENTS, handlers),)


def read_completion(event: Event) -> Completion:
    """Read a completion event. Raises KeyError, TypeError or ValueError when it is malformed."""
    data = event.data
    task, series = data["task"], data["series"]
    if not isinstance(task, dict) or not isinstance(series, dict | None):
        raise TypeError("task and series are objects")
    return Completion(
        event=event,
        next_id=str(uuid5(UUID(event.id), "recurrence/next/0")),
        task=task_from_json(task),
        series=None if series is None else series_from_json(series),
        completed_at=instant_from_json(str(data["completed_at"])),
        user_zone=str(data["user_zone"]),
    )


def next_command(completion: Completion) -> Event | None:
    """Return the command to create the next occurrence; without a date when the series has ended.

    None when the task does not repeat, or not any more.
    """
    series = completion.series
    if series is None or series.state is SeriesState.STOPPED:
        return None
    event, task = completion.event, completion.task
    occurrence = _next(completion, series)
    data: dict[str, object] = {
        "schema": EVENT_TABLE[EventType.TASK_CREATE].schema_version,
        "user_id": task.user_id,
        "series_id": series.id,
        "series_version": series.version,
        "predecessor_id": task.id,
        "completed_by": event.id,
        "completed_at": instant_to_json(completion.completed_at),
        "user_zone": completion.user_zone,
        "due": None if occurrence is None else due_to_json(occurrence.due),
        "passed_over": 0 if occurrence is None else occurrence.passed_over,
    }
    return Event(
        id=completion.next_id,
        type=EventType.TASK_CREATE,
        source=SOURCE_RECURRENCE,
        subject=task.id,
        time=event.time,
        partitionkey=task.user_id,
        correlationid=event.correlationid,
        data=data,
        traceparent=event.traceparent,
    )


def _next(completion: Completion, series: Series) -> Occurrence | None:
    task = completion.task
    completed_on = Due(local_datetime(completion.completed_at, completion.user_zone).date())
    return next_occurrence(
        series.repeat,
        series.zone or completion.user_zone,
        occurrence=task.occurrence or task.due or completed_on,
        due=task.due,
        completed_at=completion.completed_at,
        user_zone=completion.user_zone,
        made=series.made,
    )
