"""The embedded host as a world for the contracts; tests/dapr/world.py is the other one. Tests use a world's methods only."""

from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from taskora.config import Settings
from taskora.runtime.embedded.broker import Broker
from taskora.runtime.embedded.clock import SystemClock, open_clock
from taskora.runtime.embedded.consumer import Retry
from taskora.runtime.embedded.host import EmbeddedHost
from taskora.runtime.embedded.invoke import LocalInvoker
from taskora.runtime.embedded.secrets import SettingsSecrets
from taskora.runtime.ports import (
    Clock,
    Inbound,
    Interval,
    Invoker,
    JobHandler,
    Jobs,
    LiveSubscription,
    Secrets,
    State,
    Subscription,
)
from taskora.storage import dead_letters
from taskora.storage.database import Database
from tests.contracts.echo import app


class EmbeddedWorld:
    """The ports of the embedded host, over a database that can be left and opened again as by a new process."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._database: Database | None = None
        self._hosts: list[EmbeddedHost] = []

    @property
    def database(self) -> Database:
        if self._database is None:
            self._database = Database(self._url)
        return self._database

    @property
    def state(self) -> State:
        return self._host().state

    @property
    def invoker(self) -> Invoker:
        return LocalInvoker({"echo": app})

    def clock(self, file: Path | None) -> Clock:
        return open_clock(file)

    async def secrets(self, given: Mapping[str, str]) -> Secrets:
        """Return a store that holds these secrets."""
        names: dict[str, Any] = {name.replace("-", "_"): value for name, value in given.items()}
        return SettingsSecrets(Settings(**names))

    async def subscribe(self, subscriptions: Sequence[Subscription], live: Sequence[LiveSubscription] = ()) -> Broker:
        """Begin to deliver to these consumers. Attempts come quickly: three, then the dead letters."""
        return self._serve(Inbound("test", tuple(subscriptions), tuple(live))).broker

    async def jobs(self, handlers: Mapping[str, JobHandler]) -> Jobs:
        """Begin to do the jobs of a service; a failed one comes again soon."""
        return self._serve(Inbound("test", jobs=handlers)).jobs_of("test")

    async def intervals(self, *intervals: Interval) -> None:
        """Begin with these rounds."""
        self._serve(Inbound("test", intervals=intervals))

    async def restart(self) -> None:
        """Leave everything as a process does that ends."""
        for host in self._hosts:
            await host.stop()
        if self._database is not None:
            await self._database.close()
        self._hosts, self._database = [], None

    async def dead_letters(self) -> list[tuple[str, str, str]]:
        """Return consumer, event id and reason of each."""
        letters = [kept.letter for kept in await self.database.read(dead_letters.listed)]
        return [(letter.consumer, letter.event_id, letter.reason) for letter in letters]

    def _host(self) -> EmbeddedHost:
        retry = Retry(attempts=3, first=0.02, cap=0.05, patience=0.5)
        return EmbeddedHost(self.database, SystemClock(), Settings(), retry=retry)

    def _serve(self, inbound: Inbound) -> EmbeddedHost:
        host = self._host()
        host.add(inbound)
        host.start()
        self._hosts.append(host)
        return host


@pytest.fixture
async def world(database_url: str, anyio_backend: str) -> AsyncIterator[EmbeddedWorld]:  # noqa: ARG001  the loop comes first
    host = EmbeddedWorld(database_url)
    yield host
    await host.restart()
