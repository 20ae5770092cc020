"""The broker's rows: what is still to be delivered. What never could be goes to `storage.dead_letters`.

Only `broker` and `consumer` use them. A delivery is one event for one consumer; it goes when the consumer is done with it.
Times are POSIX seconds of system time: delivery has nothing to do with the domain's clock. All functions are given a
connection and never commit. The statements of every delivery are text: they are on the hot path.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import Connection, Index, Text, UniqueConstraint, func, select, text
from sqlmodel import Field, SQLModel

from taskora.storage import dead_letters
from taskora.storage.dead_letters import DeadLetter


class Delivery(SQLModel, table=True):
    """An event that waits for a consumer. `id` is the order of arrival; `envelope` is JSON text as it was published."""

    __tablename__ = "broker_delivery"
    __table_args__: ClassVar[Any] = (
        UniqueConstraint("consumer", "topic", "event_id"),
        Index("ix_broker_delivery_next", "consumer", "due_at", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    consumer: str
    topic: str
    event_id: str
    partition_key: str
    envelope: str = Field(sa_type=Text)
    attempts: int = 0
    due_at: float


@dataclass(frozen=True, slots=True)
class Waiting:
    """A delivery as a consumer takes it; `attempts` counts those that failed before."""

    id: int
    topic: str
    event_id: str
    partition_key: str
    envelope: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a delivery: done, to be tried again at `due_at`, or dead for a `reason`.

    `attempts` is how many have failed by now and used up a try.
    """

    waiting: Waiting
    attempts: int = 0
    due_at: float | None = None
    reason: str | None = None


def add(connection: Connection, rows: Sequence[dict[str, object]]) -> None:
    """Store deliveries; one that waits already is left as it is."""
    connection.execute(_ADD, rows)


def due(connection: Connection, consumer: str, now: float, limit: int) -> list[Waiting]:
    """Return a consumer's deliveries whose time has come, in order of arrival."""
    rows = connection.execute(_DUE, {"consumer": consumer, "now": now, "limit": limit})
    return [Waiting(*row) for row in rows]


def next_due(connection: Connection, consumer: str, now: float) -> float | None:
    """Return when the first of the consumer's deliveries that are not due yet will be, None when there is none."""
    due_at: float | None = connection.execute(_NEXT, {"consumer": consumer, "now": now}).scalar_one()
    return due_at


def settle(connection: Connection, consumer: str, settled: Sequence[Settled]) -> None:
    """Write down what became of deliveries."""
    again = [
        {"row": one.waiting.id, "at": one.due_at, "attempts": one.attempts} for one in settled if one.due_at is not None
    ]
    gone = [one for one in settled if one.due_at is None]
    if again:
        connection.execute(_AGAIN, again)
    for one in gone:
        if one.reason is not None:
            dead_letters.keep(connection, _dead(consumer, one, one.reason))
    if gone:
        connection.execute(_GONE, [{"row": one.waiting.id} for one in gone])


def count(connection: Connection) -> int:
    """Return how many deliveries wait."""
    number: int = connection.execute(select(func.count()).select_from(Delivery)).scalar_one()
    return number


def _dead(consumer: str, settled: Settled, reason: str) -> DeadLetter:
    waiting = settled.waiting
    return DeadLetter(
        consumer=consumer,
        topic=waiting.topic,
        event_id=waiting.event_id,
        partition_key=waiting.partition_key,
        envelope=waiting.envelope,
        reason=reason,
        attempts=settled.attempts,
    )


_ADD = text(
    "INSERT INTO broker_delivery (consumer, topic, event_id, partition_key, envelope, attempts, due_at) "
    "VALUES (:consumer, :topic, :event_id, :partition_key, :envelope, 0, 0) ON CONFLICT DO NOTHING"
)
_DUE = text(
    "SELECT id, topic, event_id, partition_key, envelope, attempts FROM broker_delivery "
    "WHERE consumer = :consumer AND due_at <= :now ORDER BY id LIMIT :limit"
)
_NEXT = text("SELECT min(due_at) FROM broker_delivery WHERE consumer = :consumer AND due_at > :now")
_AGAIN = text("UPDATE broker_delivery SET attempts = :attempts, due_at = :at WHERE id = :row")
_GONE = text("DELETE FROM broker_delivery WHERE id = :row")
