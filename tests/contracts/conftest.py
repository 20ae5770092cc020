"""The hosts over which the contracts run. A second host is a second class here and a second parameter."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import text

from taskora.runtime.embedded.broker import Broker
from taskora.runtime.embedded.clock import open_clock
from taskora.runtime.embedded.consumer import Retry
from taskora.runtime.embedded.invoke import LocalInvoker
from taskora.runtime.embedded.state import StoredState
from taskora.runtime.ports import Clock, Invoker, Publisher, State, Subscription
from taskora.storage.database import Database
from taskora.storage.migration import migrate
from tests.contracts.echo import app


class EmbeddedWorld:
    """The ports of the embedded host, over a database that can be left and opened again as by a new process."""

    def __init__(self, folder: Path) -> None:
        self._url = f"sqlite:///{folder / 'taskora.db'}"
        self._database: Database | None = None
        self._broker: Broker | None = None
        migrate(self._url)

    @property
    def database(self) -> Database:
        if self._database is None:
            self._database = Database(self._url)
        return self._database

    @property
    def state(self) -> State:
        return StoredState(self.database)

    @property
    def invoker(self) -> Invoker:
        return LocalInvoker({"echo": app})

    def clock(self, file: Path | None) -> Clock:
        return open_clock(file)

    async def subscribe(self, subscriptions: Sequence[Subscription]) -> Publisher:
        """Begin to deliver to these consumers. Attempts come quickly: three, then the dead letters."""
        self._broker = Broker(self.database, retry=Retry(attempts=3, first=0.02, cap=0.05, patience=0.5))
        self._broker.subscribe(subscriptions)
        self._broker.start()
        return self._broker

    async def restart(self) -> None:
        """Leave everything as a process does that ends."""
        if self._broker is not None:
            await self._broker.stop()
        if self._database is not None:
            await self._database.close()
        self._broker = self._database = None

    async def dead_letters(self) -> list[tuple[str, str, str]]:
        """Return consumer, event id and reason of each."""
        query = text("SELECT consumer, event_id, reason FROM broker_dead_letter ORDER BY died_at")
        rows = await self.database.read(lambda connection: connection.execute(query).all())
        return [(row.consumer, row.event_id, row.reason) for row in rows]


@pytest.fixture(params=[EmbeddedWorld], ids=["embedded"])
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[EmbeddedWorld]:
    host: EmbeddedWorld = request.param(tmp_path)
    yield host
    await host.restart()
