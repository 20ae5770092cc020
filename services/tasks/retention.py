"""What the task service clears away in rounds: tasks that were in the trash for long, and the answers of old idempotency keys.

A task that goes for good leaves its changes behind, so that its history stays readable; nothing is announced: for everybody
else it went when it was deleted.
"""

import datetime as dt

from services.tasks.store import commands, trash
from taskora.runtime.ports import Clock, Interval
from taskora.storage.database import Database

EVERY = dt.timedelta(hours=1)
ROUND = 500
"""Most tasks of one transaction, so that others get their turn."""


def empty_trash(database: Database, clock: Clock, days: int) -> Interval:
    """Return the round that removes tasks which were deleted more than `days` ago, by the name `trash-cron`."""

    async def empty() -> None:
        before = clock.now() - dt.timedelta(days=days)
        while await database.write(lambda unit: trash.remove(unit.connection, before, ROUND)) == ROUND:
            pass

    return Interval("trash-cron", EVERY, empty)


def forget_answers(database: Database, clock: Clock, days: int) -> Interval:
    """Return the round that forgets the keys and answers of commands older than `days`, by the name `answers-cron`."""

    async def forget() -> None:
        before = clock.now() - dt.timedelta(days=days)
        await database.write(lambda unit: commands.forget_answers(unit.connection, before))

    return Interval("answers-cron", EVERY, forget)
