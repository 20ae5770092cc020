"""The inbox: which consumer has done which event already, written in the transaction of the effect.

Above: `unit_of_work`. A row outlives the broker's retention; until it is forgotten, a repeated event changes nothing. Times
are POSIX seconds of system time.
"""

import time
from functools import cache

from sqlalchemy import Column, Connection, Float, Index, String, Table, delete
from sqlmodel import SQLModel


@cache
def inbox_table(service: str) -> Table:
    """Return the inbox of a service."""
    name = f"{service}_inbox"
    return Table(
        name,
        SQLModel.metadata,
        Column("event_id", String(36), primary_key=True),
        Column("topic", String(100), primary_key=True),
        Column("consumer", String(100), primary_key=True),
        Column("seen_at", Float, nullable=False),
        Index(f"ix_{name}_seen_at", "seen_at"),
    )


def forget(connection: Connection, service: str, age: float) -> int:
    """Delete what was seen more than `age` seconds ago and return how many rows there were."""
    table = inbox_table(service)
    return connection.execute(delete(table).where(table.c.seen_at < time.time() - age)).rowcount
