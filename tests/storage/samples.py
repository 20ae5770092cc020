"""What the tests of the storage layer write and count."""

import datetime as dt

from sqlalchemy import Connection, text
from uuid_utils import uuid7

from taskora.domain.actor import Actor, ActorKind, Channel
from taskora.domain.events import SOURCE_TASKS, Event
from taskora.storage.changes import Change
from taskora.storage.unit_of_work import UnitOfWork

NOW = dt.datetime(2026, 11, 24, 15, 0, 0, 123456, tzinfo=dt.UTC)
LIMIT = 20.0


def event(user: str = "ann", type_: str = "task.created", **data: object) -> Event:
    return Event(
        id=str(uuid7()),
        type=type_,
        source=SOURCE_TASKS,
        subject="task-1",
        time=NOW,
        partitionkey=user,
        correlationid="c-1",
        data={"schema": 1, **data},
    )


def change(of: Event, command: str = "command-1") -> Change:
    return Change(
        service="tasks",
        user_id=of.partitionkey,
        event_id=of.id,
        type=of.type,
        subject=of.subject,
        fields={"title": [None, "Büro"]},
        snapshot={"title": "Büro"},
        actor=Actor(ActorKind.AGENT, "assistant"),
        channel=Channel.CHAT,
        command_id=command,
        correlation_id="c-1",
        at=of.time,
        task_version=1,
    )


def add_user(unit: UnitOfWork, user: str = "ann") -> None:
    insert = text("INSERT INTO tasks_user (user_id, sequence, task_number, preferences) VALUES (:user, 0, 0, '{}')")
    unit.connection.execute(insert, {"user": user})


def put(unit: UnitOfWork, key: str, value: str = "1") -> None:
    """Write a row of the plainest table there is."""
    insert = text("INSERT INTO state_entry (key, value, etag) VALUES (:key, :value, '')")
    unit.connection.execute(insert, {"key": key, "value": value})


def keys(connection: Connection) -> list[str]:
    return list(connection.execute(text("SELECT key FROM state_entry ORDER BY key")).scalars())


def count(connection: Connection, table: str) -> int:
    return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608  names of our tables


def numbered(unit: UnitOfWork, user: str = "ann", command: str = "command-1") -> int:
    """Do what a command does: a change with its number, and its event."""
    created = event(user)
    number = unit.record(change(created, command))
    unit.send("tasks", created)
    return number
