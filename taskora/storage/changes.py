"""The change log: every change of a user's data under a gapless number. It feeds sync, undo and the audit's completeness.

Above: `unit_of_work` adds rows, a service's queries read them. A row keeps all that its event says, so that `event_of` makes
the same event whenever it is asked to: when it is first sent, and when it is replayed to a new consumer. The number comes from
the user's counter row, which is the service's own table `<service>_user` with at least `user_id` and `sequence`.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    Row,
    String,
    Table,
    TableClause,
    column,
    select,
    table,
    tuple_,
)
from sqlmodel import SQLModel

from taskora.domain.actor import Actor, ActorKind, Channel
from taskora.domain.events import EVENT_TABLE, Event, EventType
from taskora.storage.columns import UtcDateTime


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one subject (a task, a series, the preferences), with who made it and how it looked before and after.

    `fields` is {name: [old, new]}, `snapshot` the whole subject after the change and `more` what else its event says, all
    JSON-ready; `event_id` is the id of its event, `correlation_id` and `traceparent` those of the request that led to it.
    """

    service: str
    user_id: str
    event_id: str
    type: str
    subject: str
    fields: Mapping[str, object]
    snapshot: Mapping[str, object]
    actor: Actor
    channel: Channel
    command_id: str
    correlation_id: str
    at: dt.datetime
    task_version: int | None = None
    traceparent: str | None = None
    more: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NumberedChange:
    """A change as it stands in the log, with its number."""

    sequence: int
    change: Change


@cache
def change_table(service: str) -> Table:
    """Return the change log of a service."""
    name = f"{service}_change"
    return Table(
        name,
        SQLModel.metadata,
        Column("user_id", String(255), primary_key=True),
        Column("sequence", BigInteger, primary_key=True, autoincrement=False),
        Column("event_id", String(36), nullable=False),
        Column("type", String(100), nullable=False),
        Column("subject", String(255), nullable=False),
        Column("task_version", Integer, nullable=True),
        Column("fields", JSON, nullable=False),
        Column("snapshot", JSON, nullable=False),
        Column("actor_kind", String(20), nullable=False),
        Column("actor_name", String(255), nullable=False),
        Column("channel", String(20), nullable=False),
        Column("command_id", String(36), nullable=False),
        Column("at", UtcDateTime, nullable=False),
        Column("correlation_id", String(255), nullable=True),
        Column("traceparent", String(100), nullable=True),
        Column("more", JSON, nullable=True),
        Index(f"uq_{name}_event_id", "event_id", unique=True),
        Index(f"ix_{name}_command_id", "command_id"),
        Index(f"ix_{name}_subject", "user_id", "subject", "sequence"),
    )


@cache
def counter_table(service: str) -> TableClause:
    """Return what storage knows of a service's counter row; the table itself is the service's."""
    return table(f"{service}_user", column("user_id", String), column("sequence", BigInteger))


def since(connection: Connection, service: str, user_id: str, sequence: int, limit: int = 100) -> list[NumberedChange]:
    """Return a user's changes after a number, in order."""
    log = change_table(service)
    query = select(log).where(log.c.user_id == user_id, log.c.sequence > sequence).order_by(log.c.sequence).limit(limit)
    return [read_change(service, row) for row in connection.execute(query)]


def of_command(connection: Connection, service: str, user_id: str, command_id: str) -> list[NumberedChange]:
    """Return the changes that one command made, in order."""
    log = change_table(service)
    query = select(log).where(log.c.command_id == command_id, log.c.user_id == user_id).order_by(log.c.sequence)
    return [read_change(service, row) for row in connection.execute(query)]


def by_events(connection: Connection, service: str, event_ids: Sequence[str]) -> list[NumberedChange]:
    """Return the changes of which these are the events, user by user in order."""
    log = change_table(service)
    query = select(log).where(log.c.event_id.in_(event_ids)).order_by(log.c.user_id, log.c.sequence)
    return [read_change(service, row) for row in connection.execute(query)] if event_ids else []


def walk(
    connection: Connection,
    service: str,
    *,
    after: tuple[str, int] = ("", 0),
    user_id: str | None = None,
    at_least: dt.datetime | None = None,
    limit: int = 500,
) -> list[NumberedChange]:
    """Return changes of all users or one, in order, after a user's number; `at_least` leaves out older ones."""
    log = change_table(service)
    query = select(log).where(tuple_(log.c.user_id, log.c.sequence) > tuple_(*after))
    if user_id is not None:
        query = query.where(log.c.user_id == user_id)
    if at_least is not None:
        query = query.where(log.c.at >= at_least)
    rows = connection.execute(query.order_by(log.c.user_id, log.c.sequence).limit(limit))
    return [read_change(service, row) for row in rows]


def event_of(numbered: NumberedChange) -> Event:
    """Return the event of a change; its snapshot stands under the name of what was changed (`task.updated`: `task`)."""
    change = numbered.change
    data: dict[str, object] = {
        "schema": EVENT_TABLE[EventType(change.type)].schema_version,
        "user_id": change.user_id,
        "audience": [change.user_id],
        "sequence": numbered.sequence,
        "actor": {"kind": change.actor.kind.value, "name": change.actor.name},
        "channel": change.channel.value,
        "command_id": change.command_id,
        "changes": change.fields,
        change.type.partition(".")[0]: change.snapshot,
        **change.more,
    }
    return Event(
        id=change.event_id,
        type=change.type,
        source=f"/taskora/{change.service}",
        subject=change.subject,
        time=change.at,
        partitionkey=change.user_id,
        correlationid=change.correlation_id,
        data=data,
        traceparent=change.traceparent,
    )


def read_change(service: str, row: Row[Any]) -> NumberedChange:
    """Return the change of a row that has at least the columns of the log."""
    change = Change(
        service=service,
        user_id=row.user_id,
        event_id=row.event_id,
        type=row.type,
        subject=row.subject,
        fields=row.fields,
        snapshot=row.snapshot,
        actor=Actor(ActorKind(row.actor_kind), row.actor_name),
        channel=Channel(row.channel),
        command_id=row.command_id,
        correlation_id=row.correlation_id or row.command_id,  # rows of before revision 0002 have none
        at=row.at,
        task_version=row.task_version,
        traceparent=row.traceparent,
        more=row.more or {},
    )
    return NumberedChange(row.sequence, change)
