"""The change log: every change of a user's data under a gapless number. It feeds sync, undo and the audit's completeness.

Above: `unit_of_work` adds rows, a service's queries read them. The number comes from the user's counter row, which is the
service's own table `<service>_user` with at least `user_id` and `sequence`.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
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
)
from sqlmodel import SQLModel

from taskora.domain.actor import Actor, ActorKind, Channel
from taskora.storage.columns import UtcDateTime


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one subject (a task, a series, the preferences), with who made it and how it looked before and after.

    `fields` is {name: [old, new]} and `snapshot` the whole subject after the change, both JSON-ready; `event_id` is the id
    of its event.
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
    at: dt.datetime
    task_version: int | None = None


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
    return [_numbered(service, row) for row in connection.execute(query)]


def of_command(connection: Connection, service: str, user_id: str, command_id: str) -> list[NumberedChange]:
    """Return the changes that one command made, in order."""
    log = change_table(service)
    query = select(log).where(log.c.command_id == command_id, log.c.user_id == user_id).order_by(log.c.sequence)
    return [_numbered(service, row) for row in connection.execute(query)]


def _numbered(service: str, row: Row[Any]) -> NumberedChange:
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
        at=row.at,
        task_version=row.task_version,
    )
    return NumberedChange(row.sequence, change)
