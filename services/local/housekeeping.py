"""What the host clears away once an hour: inbox rows, which only protect against repetition, after the time for repetition."""

from taskora.runtime.worker import Backoff, Worker
from taskora.storage import inbox
from taskora.storage.database import Database

HOUR = 3600.0
KEEP_SEEN = 30 * 24 * HOUR
"""Longer than the broker tries; what is replayed after that is stopped by the effect's own key."""


def housekeeping(database: Database, service: str) -> Worker:
    """Return the worker that keeps the inbox of a service small."""

    async def clear() -> float:
        await database.write(lambda unit: inbox.forget(unit.connection, service, KEEP_SEEN))
        return HOUR

    return Worker("housekeeping", clear, Backoff(60.0, HOUR))
