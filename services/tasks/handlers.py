"""The task service's handlers of events: the command to create the next occurrence, which only the recurrence service sends.

The effect is done once: the inbox row, the check that the very completion still stands, and the unique keys of the store are
in one transaction. The user comes from the event.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.kit.subscriptions import handler
from services.tasks.steps import Caller, new_id
from services.tasks.store import tasks, users
from services.tasks.work import Work
from taskora.domain.actor import Actor, ActorKind, Channel, Principal
from taskora.domain.due import Due, local_datetime
from taskora.domain.encoding import due_from_json, instant_from_json
from taskora.domain.events import SOURCE_RECURRENCE, Event, EventType, Topic
from taskora.domain.preferences import Preferences
from taskora.domain.recurrence import Occurrence, next_occurrence
from taskora.domain.series import Series, SeriesState
from taskora.domain.task import NextOutcome, Task
from taskora.domain.transitions import settle, successor
from taskora.runtime.ports import Clock, Subscription
from taskora.storage.database import Database
from taskora.storage.unit_of_work import UnitOfWork

CONSUMER = "tasks"


@dataclass(frozen=True, slots=True)
class NextCommand:
    """The command as it was sent. `occurrence` is None when the series had ended."""

    event_id: str
    correlation_id: str
    traceparent: str | None
    user_id: str
    series_id: str
    series_version: int
    predecessor_id: str
    completed_by: str
    completed_at: dt.datetime
    user_zone: str
    occurrence: Occurrence | None


def subscriptions(
    database: Database, clock: Clock, defaults: Preferences, series_limit: int
) -> tuple[Subscription, ...]:
    """Return the handler table of the task service. `series_limit` is how many tasks a series ever makes."""

    async def create_next(command: NextCommand) -> None:
        now = clock.now()
        await database.write(lambda unit: make_next(unit, command, now, defaults, series_limit))

    handlers = {EventType.TASK_CREATE.value: handler(read_command, create_next)}
    return (Subscription(CONSUMER, Topic.TASK_COMMANDS, handlers),)


def read_command(event: Event) -> NextCommand:
    """Read the command of an event. Raises KeyError, TypeError or ValueError when it is malformed or comes from elsewhere."""
    if event.source != SOURCE_RECURRENCE:
        raise ValueError(f"only the recurrence service sends {event.type}, not {event.source}")
    data: dict[str, Any] = dict(event.data)
    due = due_from_json(data["due"])
    return NextCommand(
        event_id=event.id,
        correlation_id=event.correlationid,
        traceparent=event.traceparent,
        user_id=_text(data["user_id"]),
        series_id=_text(data["series_id"]),
        series_version=int(data["series_version"]),
        predecessor_id=_text(data["predecessor_id"]),
        completed_by=_text(data["completed_by"]),
        completed_at=instant_from_json(data["completed_at"]),
        user_zone=_text(data["user_zone"]),
        occurrence=None if due is None else Occurrence(due, int(data["passed_over"])),
    )


def make_next(
    unit: UnitOfWork, command: NextCommand, now: dt.datetime, defaults: Preferences, series_limit: int
) -> None:
    """Insert the next occurrence if the completion still stands and nothing else is open, and note what came of it.

    The lock on the user's row is the lock on the series as well: nothing of a user's is written without it. Raises NotFound
    for a task that is not there.
    """
    user = users.lock(unit.connection, command.user_id, defaults)
    if not unit.first_time("tasks", command.event_id, Topic.TASK_COMMANDS.value, CONSUMER):
        return
    principal = Principal(command.user_id, Actor(ActorKind.SYSTEM, "recurrence"), Channel.RECURRENCE)
    work = Work(unit, user, Caller(principal, command.event_id, command.correlation_id, now, command.traceparent))
    predecessor, series = work.find(command.predecessor_id)
    if predecessor.completed_by != command.completed_by or predecessor.next is not None:
        return
    if series is None or series.id != command.series_id:
        return
    outcome = _outcome(work, command, predecessor, series, series_limit)
    tasks.store(work.connection, predecessor, settle(predecessor, outcome), series, user.zone)
    work.announce()


def _outcome(work: Work, command: NextCommand, predecessor: Task, series: Series, series_limit: int) -> NextOutcome:
    """Make the next occurrence, or say why there is none."""
    if series.state is SeriesState.STOPPED:
        return NextOutcome("stopped")
    if tasks.has_open_occurrence(work.connection, series.id):
        return NextOutcome("occurrence_open")
    occurrence = _occurrence(command, predecessor, series)
    if occurrence is None:
        return NextOutcome("ended")
    if series.made >= series_limit:
        return NextOutcome("limit")
    task = successor(
        predecessor,
        task_id=new_id(),
        number=work.next_number(),
        due=occurrence.due,
        caused_by=command.completed_by,
        now=work.now,
    )
    work.insert(task, work.count_made(series, +1), like=predecessor)
    return NextOutcome("made", task.id, occurrence.passed_over)


def _occurrence(command: NextCommand, predecessor: Task, series: Series) -> Occurrence | None:
    """Return the date that was computed for the completion; computed anew when the series was changed meanwhile."""
    count = series.repeat.end.count
    if count is not None and series.made >= count:
        return None
    if series.version == command.series_version:
        return command.occurrence
    completed_on = Due(local_datetime(command.completed_at, command.user_zone).date())
    return next_occurrence(
        series.repeat,
        series.zone or command.user_zone,
        occurrence=predecessor.occurrence or predecessor.due or completed_on,
        due=predecessor.due,
        completed_at=command.completed_at,
        user_zone=command.user_zone,
        made=series.made,
    )


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError("a text is needed")
    return value
