"""recurrence-cron: announces again the completions of which nothing has come, under the same event id.

It repairs what was lost on the way and is not the trigger: completions of the last half minute are left to the usual path. A
round takes a bounded number and the next one goes on behind it, so that a completion of which nothing can come holds up no
other.
"""

import datetime as dt

from services.tasks.steps import SERVICE
from services.tasks.store import Connection, unanswered
from services.tasks.store.unanswered import Place
from taskora.runtime.ports import Clock, Interval
from taskora.storage.changes import event_of
from taskora.storage.database import Database
from taskora.storage.unit_of_work import UnitOfWork

NAME = "recurrence-cron"
EVERY = dt.timedelta(minutes=1)
PATIENCE = dt.timedelta(seconds=30)
"""So long a completion may take on the usual path."""
LIMIT = 200
"""Completions that one round announces again."""


def recurrence_cron(database: Database, clock: Clock) -> Interval:
    """Return the rounds of the reconciler over one database."""
    rounds = _Rounds(database, clock)
    return Interval(NAME, EVERY, rounds.run)


class _Rounds:
    """Rounds that go through what is unanswered from its oldest on, and begin again at the end. One process makes them."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._after: Place | None = None

    async def run(self) -> None:
        """Announce the next ones again; a round with nothing to do writes nothing."""
        if not await self._database.claim(NAME):
            return
        before = self._clock.now() - PATIENCE
        found = await self._database.read(lambda connection: self._found(connection, before))
        self._after = found[-1] if len(found) == LIMIT else None
        if found:
            await self._database.write(lambda unit: _announce(unit, found))

    def _found(self, connection: Connection, before: dt.datetime) -> list[Place]:
        return unanswered.places(connection, before, self._after, LIMIT)


def _announce(unit: UnitOfWork, found: list[Place]) -> None:
    """Send the events of completions that are still unanswered; one that still waits in the outbox is there already."""
    for numbered in unanswered.completions(unit.connection, found):
        unit.send(SERVICE, event_of(numbered))
