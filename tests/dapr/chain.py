"""The whole path of a recurring task on Dapr: task service, relay, broker, recurrence service and back.

Both services run in this process, each with its own sidecar and the product's YAML; what is between them is real.
"""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

from services.recurrence.app import inbound as recurrence_inbound
from taskora.runtime.dapr.broker import DaprBroker
from taskora.runtime.ports import Inbound, Publisher
from taskora.runtime.relay import Relay
from taskora.storage import dead_letters
from taskora.storage.database import Database
from taskora.storage.dead_letters import DeadLetter
from tests.dapr.product import CONFIG, FOLDERS
from tests.dapr.stack import Member, Redis

CONSUMERS = ("tasks", "recurrence")


@dataclass
class Chain:
    """`tasks` is what may reach the task service over `database`."""

    redis: Redis
    folder: Path
    database: Database
    tasks: Inbound
    relay: Relay | None = field(default=None, init=False)
    broker: DaprBroker | None = field(default=None, init=False)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["Chain"]:
        """Run services, sidecars and relay for the time of the block."""
        async with contextlib.AsyncExitStack() as stack:
            tasks = self._member(self.tasks)
            tasks.keeper = self._keep
            recurrence = self._member(Inbound("recurrence"))
            recurrence.inbound = self.recurrence(recurrence.dapr.broker)
            for member in (tasks, recurrence):
                await stack.enter_async_context(member.serving())
                stack.push_async_callback(asyncio.to_thread, member.sidecar.kill)
            await asyncio.gather(*(asyncio.to_thread(one.sidecar.start) for one in (tasks, recurrence)))
            self.broker = tasks.dapr.broker
            self.relay = Relay(self.database, "tasks", self.published(tasks.dapr.broker))
            self.relay.start()
            stack.push_async_callback(self.relay.stop)
            yield self

    def published(self, broker: DaprBroker) -> Publisher:
        """Return what the relay publishes by."""
        return broker

    def recurrence(self, broker: DaprBroker) -> Inbound:
        """Return what may reach the recurrence service."""
        return recurrence_inbound(broker)

    async def backlog(self) -> int:
        """Return how many events wait in the outbox."""
        assert self.relay is not None
        return await self.relay.backlog()

    def _member(self, inbound: Inbound) -> Member:
        secrets = self.folder / "secrets.json"
        secrets.write_text(json.dumps({"signing-key": "a secret of thirty-two bytes or more"}))
        environment = {"REDIS_HOST": self.redis.address, "SECRETS_FILE": str(secrets)}
        return Member(
            inbound, FOLDERS, self.folder, config=CONFIG, environment=environment, attempts=10, consumers=CONSUMERS
        )

    async def _keep(self, letter: DeadLetter) -> None:
        await self.database.write(lambda unit: dead_letters.keep(unit.connection, letter))
