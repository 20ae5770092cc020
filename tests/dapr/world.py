"""The ports of the Dapr host, for the contracts of tests/contracts: real sidecars, a real broker, a real scheduler."""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from taskora.runtime.dapr.broker import DEAD_LETTERS
from taskora.runtime.dapr.dead_letters import DeadLetter
from taskora.runtime.embedded.clock import open_clock
from taskora.runtime.ports import Clock, Inbound, Invoker, Publisher, State, Subscription
from tests.dapr.resources import component, resiliency, subscription, subscriptions_of, write
from tests.dapr.stack import Member, Redis

BUS = {"processingTimeout": "2s", "redeliverInterval": "500", "concurrency": "20"}
"""What a consumer that died held comes again after 2 seconds."""


class DaprWorld:
    """A sidecar for each consumer; the first one's process keeps the dead letters of all."""

    def __init__(self, base: Member, redis: Redis, folder: Path) -> None:
        self._base = base
        self._redis = redis
        self._folder = folder
        self._letters: list[tuple[str, str, str]] = []
        self._running = AsyncExitStack()

    @property
    def state(self) -> State:
        return self._base.dapr.state

    @property
    def invoker(self) -> Invoker:
        return self._base.dapr.invoker

    def clock(self, file: Path | None) -> Clock:
        return open_clock(file)

    async def subscribe(self, subscriptions: Sequence[Subscription]) -> Publisher:
        """Begin to deliver to these consumers. Attempts come quickly: three, then the dead letters."""
        names = list(dict.fromkeys(one.consumer for one in subscriptions))
        members = [self._member(name, subscriptions) for name in names]
        first = members[0]
        documents = [
            component("taskbus", "pubsub.redis", {"redisHost": self._redis.address, **BUS}),
            resiliency(5, "300ms"),
        ]
        for member in members:
            documents += subscriptions_of(member.inbound, member.settings)
        documents += [
            subscription("taskbus", DEAD_LETTERS + name, f"/dead-letters/{name}", first.inbound.service)
            for name in names
        ]
        first.keeper = self._keep
        write(self._folder / "resources", documents)
        for member in members:
            await self._running.enter_async_context(member.running())
        return first.dapr.broker

    def _member(self, name: str, subscriptions: Sequence[Subscription]) -> Member:
        mine = tuple(one for one in subscriptions if one.consumer == name)
        return Member(Inbound(name, mine), [self._folder / "resources"], self._folder, patience=0.5)

    async def _keep(self, letter: DeadLetter) -> None:
        kept = (letter.consumer, letter.event_id, letter.reason)
        if kept not in self._letters:
            self._letters.append(kept)

    async def dead_letters(self) -> list[tuple[str, str, str]]:
        """Return consumer, event id and reason of each."""
        return self._letters

    async def restart(self) -> None:
        """Leave everything as a process does that ends."""
        await self._running.aclose()
        self._running = AsyncExitStack()
