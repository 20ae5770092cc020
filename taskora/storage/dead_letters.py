"""Dead letters: events that a consumer could not handle, each with its reason, until somebody replays or removes them.

Above: the hosts keep them here, `services.kit.operations` shows and replays them. Not here: events that the broker refused;
those stay in the outbox. All functions are given a connection and never commit. Times are POSIX seconds of system time.
"""

import time
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Float,
    Integer,
    Row,
    String,
    Table,
    Text,
    UniqueConstraint,
    delete,
    func,
    select,
    text,
)
from sqlmodel import SQLModel

from taskora.storage.columns import NUMBERS_USED_ONCE, ROW_NUMBER


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An event that a consumer could not handle, with the reason. `envelope` is JSON text as it was published."""

    consumer: str
    topic: str
    event_id: str
    partition_key: str
    envelope: str
    reason: str
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class KeptLetter:
    """A dead letter as it is stored; `id` is never used again."""

    id: int
    died_at: float
    letter: DeadLetter


DEAD_LETTERS = Table(
    "broker_dead_letter",
    SQLModel.metadata,
    Column("id", ROW_NUMBER, primary_key=True),
    Column("consumer", String(100), nullable=False),
    Column("topic", String(100), nullable=False),
    Column("event_id", String(255), nullable=False),
    Column("partition_key", String(255), nullable=False),
    Column("envelope", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("died_at", Float, nullable=False),
    UniqueConstraint("consumer", "topic", "event_id", name="uq_broker_dead_letter_event"),
    **NUMBERS_USED_ONCE,
)
"""The same event may die with several consumers."""


def keep(connection: Connection, letter: DeadLetter) -> None:
    """Store a dead letter; of one that died before, the last reason counts."""
    values = {
        "consumer": letter.consumer,
        "topic": letter.topic,
        "event_id": letter.event_id,
        "partition_key": letter.partition_key,
        "envelope": letter.envelope,
        "attempts": letter.attempts,
        "reason": letter.reason,
        "died_at": time.time(),
    }
    connection.execute(_KEEP, values)


def listed(connection: Connection, limit: int = 100, *, after: int = 0) -> list[KeptLetter]:
    """Return dead letters in the order in which they were first kept, those after an id."""
    row_id = DEAD_LETTERS.c.id
    query = select(DEAD_LETTERS).where(row_id > after).order_by(row_id).limit(limit)
    return [_kept(row) for row in connection.execute(query)]


def by_id(connection: Connection, letter_id: int) -> KeptLetter | None:
    """Return one dead letter."""
    row = connection.execute(select(DEAD_LETTERS).where(DEAD_LETTERS.c.id == letter_id)).one_or_none()
    return None if row is None else _kept(row)


def remove(connection: Connection, kept: KeptLetter) -> bool:
    """Remove a dead letter and tell whether it was there; one that died again since it was read stays."""
    row = DEAD_LETTERS.c
    change = delete(DEAD_LETTERS).where(row.id == kept.id, row.died_at == kept.died_at)
    return connection.execute(change).rowcount == 1


def count(connection: Connection) -> int:
    """Return how many dead letters there are."""
    number: int = connection.execute(select(func.count()).select_from(DEAD_LETTERS)).scalar_one()
    return number


def _kept(row: Row[Any]) -> KeptLetter:
    letter = DeadLetter(
        consumer=row.consumer,
        topic=row.topic,
        event_id=row.event_id,
        partition_key=row.partition_key,
        envelope=row.envelope,
        reason=row.reason,
        attempts=row.attempts,
    )
    return KeptLetter(row.id, row.died_at, letter)


_KEEP = text(
    "INSERT INTO broker_dead_letter (consumer, topic, event_id, partition_key, envelope, attempts, reason, died_at) "
    "VALUES (:consumer, :topic, :event_id, :partition_key, :envelope, :attempts, :reason, :died_at) "
    "ON CONFLICT (consumer, topic, event_id) DO UPDATE SET envelope = excluded.envelope, attempts = excluded.attempts, "
    "reason = excluded.reason, died_at = excluded.died_at"
)
