"""The outbox: events written in the transaction of their change, waiting for the relay. One row per event and topic.

Above: `unit_of_work` adds rows, `taskora.runtime.relay` takes them. Times are POSIX seconds of system time: sending has nothing
to do with the domain's clock. A row waits while `next_try_at` is set; one that was sent or parked has none.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import (
    Column,
    Connection,
    Float,
    Index,
    Integer,
    Select,
    String,
    Table,
    Text,
    UniqueConstraint,
    Update,
    delete,
    func,
    select,
    update,
)
from sqlmodel import SQLModel

from taskora.storage.columns import ROW_NUMBER


@cache
def outbox_table(service: str) -> Table:
    """Return the outbox of a service; `id` is the order in which a user's rows were committed."""
    name = f"{service}_outbox"
    return Table(
        name,
        SQLModel.metadata,
        Column("id", ROW_NUMBER, primary_key=True),
        Column("event_id", String(36), nullable=False),
        Column("topic", String(100), nullable=False),
        Column("user_id", String(255), nullable=False),
        Column("envelope", Text, nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("next_try_at", Float, nullable=True),
        Column("error", Text, nullable=True),
        Column("parked_at", Float, nullable=True),
        Column("sent_at", Float, nullable=True),
        UniqueConstraint("event_id", "topic", name=f"uq_{name}_event_id_topic"),
        Index(f"ix_{name}_next_try_at", "next_try_at"),
        Index(f"ix_{name}_sent_at", "sent_at"),
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row that waits or is parked. `envelope` is the event as JSON text; `error` the last failure."""

    id: int
    event_id: str
    topic: str
    user_id: str
    envelope: str
    attempts: int
    error: str | None


def pending(connection: Connection, service: str, limit: int = 100) -> list[Waiting]:
    """Return the rows to send now, in order; none overtakes an earlier one of its user that waits for a retry."""
    table = outbox_table(service)
    now = time.time()
    held = (
        select(table.c.user_id, func.min(table.c.id).label("first"))
        .where(table.c.next_try_at > now)
        .group_by(table.c.user_id)
        .subquery("held")
    )
    query = (
        _waiting(table)
        .outerjoin(held, held.c.user_id == table.c.user_id)
        .where(table.c.next_try_at <= now, held.c.first.is_(None) | (table.c.id < held.c.first))
        .order_by(table.c.id)
        .limit(limit)
    )
    return [Waiting(*row) for row in connection.execute(query)]


def sent(connection: Connection, service: str, ids: Sequence[int]) -> None:
    """Note that the broker holds these rows."""
    connection.execute(_rows(service, ids).values(sent_at=time.time(), next_try_at=None, parked_at=None))


def failed(connection: Connection, service: str, ids: Sequence[int], reason: str, pause: float) -> None:
    """Count a failed attempt and let the rows wait for a number of seconds."""
    attempts = outbox_table(service).c.attempts + 1
    connection.execute(_rows(service, ids).values(attempts=attempts, error=reason, next_try_at=time.time() + pause))


def park(connection: Connection, service: str, row_id: int, reason: str) -> None:
    """Set a row aside that a healthy broker refuses; it holds up nobody until it is replayed."""
    change = {"attempts": outbox_table(service).c.attempts + 1, "error": reason, "parked_at": time.time()}
    connection.execute(_rows(service, [row_id]).values(next_try_at=None, **change))


def parked(connection: Connection, service: str, limit: int = 100) -> list[Waiting]:
    """Return the rows set aside, oldest first."""
    table = outbox_table(service)
    query = _waiting(table).where(table.c.parked_at.is_not(None)).order_by(table.c.id).limit(limit)
    return [Waiting(*row) for row in connection.execute(query)]


def replay(connection: Connection, service: str, ids: Sequence[int]) -> int:
    """Let parked rows be sent again and return how many there were."""
    change = _rows(service, ids).where(outbox_table(service).c.parked_at.is_not(None))
    return connection.execute(change.values(next_try_at=time.time(), parked_at=None)).rowcount


def counts(connection: Connection, service: str) -> tuple[int, int]:
    """Return how many rows wait (also those that wait for a retry), and how many are parked."""
    table = outbox_table(service)
    query = select(func.count(table.c.next_try_at), func.count(table.c.parked_at)).where(table.c.sent_at.is_(None))
    waiting, set_aside = connection.execute(query).one()
    return int(waiting), int(set_aside)


def purge(connection: Connection, service: str, age: float) -> int:
    """Delete rows that were sent more than `age` seconds ago and return how many there were."""
    table = outbox_table(service)
    return connection.execute(delete(table).where(table.c.sent_at < time.time() - age)).rowcount


def _waiting(table: Table) -> Select[int, str, str, str, str, int, str | None]:
    row = table.c
    return select(row.id, row.event_id, row.topic, row.user_id, row.envelope, row.attempts, row.error)


def _rows(service: str, ids: Sequence[int]) -> Update:
    table = outbox_table(service)
    return update(table).where(table.c.id.in_(ids))
