"""The outbox: events written in the transaction of their change, waiting for the relay. One row per event and topic.

Above: `unit_of_work` adds rows, `taskora.runtime.relay` takes them. A row goes when the broker holds its event: what is here
waits, or was parked because a healthy broker refused it. Times are POSIX seconds of system time: sending has nothing to do
with the domain's clock.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import (
    Column,
    Connection,
    Delete,
    Float,
    Integer,
    Select,
    String,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    select,
    update,
)
from sqlmodel import SQLModel

from taskora.storage.columns import NUMBERS_USED_ONCE, ROW_NUMBER


@cache
def outbox_table(service: str) -> Table:
    """Return the outbox of a service; `id` is the order in which a user's rows were committed, never used again."""
    name = f"{service}_outbox"
    return Table(
        name,
        SQLModel.metadata,
        Column("id", ROW_NUMBER, primary_key=True),
        Column("event_id", String(36), nullable=False),
        Column("topic", String(100), nullable=False),
        Column("user_id", String(255), nullable=False),
        Column("envelope", Text, nullable=False),
        Column("reason", Text, nullable=True),
        Column("parked_at", Float, nullable=True),
        UniqueConstraint("event_id", "topic", name=f"uq_{name}_event_id_topic"),
        **NUMBERS_USED_ONCE,
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row that waits, or one that is parked for a `reason`. `envelope` is the event as JSON text."""

    id: int
    event_id: str
    topic: str
    user_id: str
    envelope: str
    reason: str | None


def pending(connection: Connection, service: str, limit: int = 100) -> list[Waiting]:
    """Return the rows to send, in order."""
    return [Waiting(*row) for row in connection.execute(_pending(service), {"most": limit})]


def waiting_of(connection: Connection, service: str, event_ids: Sequence[str]) -> set[str]:
    """Return those of these events that wait here for any of their topics, or are set aside."""
    table = outbox_table(service)
    query = select(table.c.event_id).where(table.c.event_id.in_(event_ids)).distinct()
    return {event_id for (event_id,) in connection.execute(query)} if event_ids else set()


def sent(connection: Connection, service: str, ids: Sequence[int]) -> None:
    """Remove rows whose events the broker holds."""
    if ids:
        connection.execute(_sent(service), [{"row": row_id} for row_id in ids])


def park(connection: Connection, service: str, row_id: int, reason: str) -> None:
    """Set a row aside that a healthy broker refuses; it holds up nobody until it is replayed."""
    table = outbox_table(service)
    connection.execute(update(table).where(table.c.id == row_id).values(reason=reason, parked_at=time.time()))


def parked(connection: Connection, service: str, limit: int = 100) -> list[Waiting]:
    """Return the rows set aside, oldest first."""
    table = outbox_table(service)
    query = _waiting(table).where(table.c.parked_at.is_not(None)).order_by(table.c.id).limit(limit)
    return [Waiting(*row) for row in connection.execute(query)]


def parked_row(connection: Connection, service: str, row_id: int) -> Waiting | None:
    """Return one of the rows set aside."""
    table = outbox_table(service)
    row = connection.execute(_waiting(table).where(table.c.id == row_id, table.c.parked_at.is_not(None))).one_or_none()
    return None if row is None else Waiting(*row)


def replay(connection: Connection, service: str, ids: Sequence[int]) -> int:
    """Let parked rows be sent again and return how many there were."""
    table = outbox_table(service)
    change = update(table).where(table.c.id.in_(ids), table.c.parked_at.is_not(None))
    return connection.execute(change.values(reason=None, parked_at=None)).rowcount


def counts(connection: Connection, service: str) -> tuple[int, int]:
    """Return how many rows wait, and how many are parked."""
    table = outbox_table(service)
    rows, set_aside = connection.execute(select(func.count(table.c.id), func.count(table.c.parked_at))).one()
    return int(rows) - int(set_aside), int(set_aside)


@cache
def _pending(service: str) -> Select[int, str, str, str, str, str | None]:
    table = outbox_table(service)
    query = _waiting(table).where(table.c.parked_at.is_(None)).order_by(table.c.id)
    return query.limit(bindparam("most", type_=Integer))


@cache
def _sent(service: str) -> Delete:
    """Return the statement for one row: one that names several would be another for each number of them."""
    table = outbox_table(service)
    return delete(table).where(table.c.id == bindparam("row"))


def _waiting(table: Table) -> Select[int, str, str, str, str, str | None]:
    row = table.c
    return select(row.id, row.event_id, row.topic, row.user_id, row.envelope, row.reason)
