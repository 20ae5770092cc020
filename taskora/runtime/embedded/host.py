"""The ports of the embedded host over one database, and what drives the services: deliveries, jobs, intervals.

A composition root adds the inbound table of each service, then starts it. The counterpart on Dapr has the same name.
"""

from taskora.config import Settings
from taskora.runtime.embedded.broker import Broker
from taskora.runtime.embedded.consumer import Retry
from taskora.runtime.embedded.intervals import worker_of
from taskora.runtime.embedded.jobs import StoredJobs, Timer
from taskora.runtime.embedded.secrets import SettingsSecrets
from taskora.runtime.embedded.state import StoredState
from taskora.runtime.ports import Clock, Inbound
from taskora.runtime.worker import Worker
from taskora.storage.database import Database


class EmbeddedHost:
    """What the services of this process may ask for, and what calls them. `retry` is what a handler gets."""

    def __init__(self, database: Database, clock: Clock, settings: Settings, *, retry: Retry | None = None) -> None:
        retry = retry or Retry(attempts=settings.delivery_attempts, cap=settings.delivery_pause)
        self.broker = Broker(database, clock=clock, retry=retry)
        self.state = StoredState(database)
        self.secrets = SettingsSecrets(settings)
        self._timer = Timer(database, clock, pause=retry.backoff, patience=retry.patience)
        self._intervals: list[Worker] = []

    def jobs_of(self, service: str) -> StoredJobs:
        """Return the jobs port of a service."""
        return self._timer.jobs_of(service)

    def add(self, inbound: Inbound) -> None:
        """Drive a service from the start on."""
        self.broker.subscribe(inbound.subscriptions, inbound.live)
        if inbound.jobs:
            self._timer.add(inbound.service, inbound.jobs)
        self._intervals += [worker_of(interval) for interval in inbound.intervals]

    def start(self) -> None:
        """Begin to deliver, to do jobs and rounds, with what an earlier process left first."""
        self.broker.start()
        self._timer.start()
        for interval in self._intervals:
            interval.start()

    async def stop(self) -> None:
        """End everything that runs in the background; what is not done goes on at the next start."""
        for interval in self._intervals:
            await interval.stop()
        await self._timer.stop()
        await self.broker.stop()
