"""The ports of the Dapr host, for the contracts of tests/contracts: real sidecars, a real broker, a real scheduler."""

import json
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

from uuid_utils import uuid7

from taskora.runtime.dapr.broker import DaprBroker
from taskora.runtime.embedded.clock import open_clock
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
from tests.dapr.houses import House, Letters
from tests.dapr.resources import component, cron, write
from tests.dapr.stack import Member, Redis, Scheduler


class DaprWorld:
    """A sidecar for each consumer; the first one's process keeps the dead letters of all."""

    def __init__(self, base: Member, redis: Redis, scheduler: Scheduler, folder: Path) -> None:
        self._base = base
        self._redis = redis
        self._scheduler = scheduler
        self._folder = folder
        self._app = f"test-{uuid7()}"  # jobs of another test are another app's
        self._letters = Letters()
        self._running = AsyncExitStack()

    @property
    def state(self) -> State:
        return self._base.dapr.state

    @property
    def invoker(self) -> Invoker:
        return self._base.dapr.invoker

    def clock(self, file: Path | None) -> Clock:
        return open_clock(file)

    async def secrets(self, given: Mapping[str, str]) -> Secrets:
        """Return a store that holds these secrets."""
        file = self._folder / "secrets.json"
        file.write_text(json.dumps(dict(given)))
        store = component("secretstore", "secretstores.local.file", {"secretsFile": str(file)})
        return (await self._serve(Inbound(self._app), store)).dapr.secrets

    async def subscribe(
        self, subscriptions: Sequence[Subscription], live: Sequence[LiveSubscription] = ()
    ) -> DaprBroker:
        """Begin to deliver to these consumers. Attempts come quickly: three, then the dead letters."""
        names = dict.fromkeys(one.consumer for one in subscriptions)
        services = [Inbound(name, tuple(one for one in subscriptions if one.consumer == name)) for name in names]
        services[0] = replace(services[0], live=tuple(live))
        house = House(self._redis, self._folder, services, letters=self._letters)
        members = await self._running.enter_async_context(house.running())
        return members[0].dapr.broker

    async def jobs(self, handlers: Mapping[str, JobHandler]) -> Jobs:
        """Begin to do the jobs of a service; a failed one comes again soon."""
        return (await self._serve(Inbound(self._app, jobs=handlers))).dapr.jobs

    async def intervals(self, *intervals: Interval) -> None:
        """Begin with these rounds."""
        await self._serve(Inbound(self._app, intervals=intervals), *(cron(one.name, one.every) for one in intervals))

    async def dead_letters(self) -> list[tuple[str, str, str]]:
        """Return consumer, event id and reason of each."""
        return [(letter.consumer, letter.event_id, letter.reason) for letter in self._letters.kept.values()]

    async def restart(self) -> None:
        """Leave everything as a process does that ends."""
        await self._running.aclose()
        self._running = AsyncExitStack()

    async def _serve(self, inbound: Inbound, *documents: Mapping[str, object]) -> Member:
        resources = write(self._folder / "resources", documents)
        port = self._scheduler.ports.api
        member = Member(inbound, [resources], self._folder, scheduler_port=port, patience=0.5)
        return await self._running.enter_async_context(member.running())
