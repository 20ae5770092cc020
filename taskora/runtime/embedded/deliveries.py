"""The broker's rows: what is still to be delivered, and what never could be.

Only `broker` uses them. A delivery is one event for one consumer; it goes when the consumer is done with it. Times are POSIX
seconds of system time: delivery has nothing to do with the domain's clock.
"""

from typing import Any, ClassVar

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel


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


class DeadLetter(SQLModel, table=True):
    """An event that a consumer could not handle, with the reason. It stays until somebody replays or removes it."""

    __tablename__ = "broker_dead_letter"

    consumer: str = Field(primary_key=True)
    topic: str = Field(primary_key=True)
    event_id: str = Field(primary_key=True)
    partition_key: str
    envelope: str = Field(sa_type=Text)
    attempts: int
    reason: str = Field(sa_type=Text)
    died_at: float
