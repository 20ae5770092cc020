"""What every service that hears events clears away: inbox rows, which only protect against repetition, after the time for it.

Longer than any broker keeps events; what is replayed after that is stopped by the effect's own unique key. Dead letters stay.
"""

import datetime as dt

from taskora.runtime.ports import Interval
from taskora.storage import inbox
from taskora.storage.database import Database

EVERY = dt.timedelta(hours=1)


def forget_seen(database: Database, service: str, days: int) -> Interval:
    """Return the round that keeps the inbox of a service small, by the name `<service>-inbox`."""
    age = dt.timedelta(days=days).total_seconds()

    async def clear() -> None:
        await database.write(lambda unit: inbox.forget(unit.connection, service, age))

    return Interval(f"{service}-inbox", EVERY, clear)
