"""Services of a test with what they need of the broker: short times, dead letters kept in a list."""

import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from taskora.runtime.dapr.broker import DEAD_LETTERS
from taskora.runtime.ports import Inbound
from taskora.storage.dead_letters import DeadLetter
from tests.dapr.resources import component, resiliency, subscription, subscriptions_of, write
from tests.dapr.stack import Member, Redis

BUS = {"processingTimeout": "2000", "redeliverInterval": "500", "concurrency": "20"}
"""What a consumer that died held comes again after 2 seconds."""
LIVE = {"consumerID": "{uuid}", "processingTimeout": "0", "redeliverInterval": "0"}


@dataclass
class Letters:
    """A keeper of dead letters."""

    kept: dict[tuple[str, str], DeadLetter] = field(default_factory=dict)

    async def __call__(self, letter: DeadLetter) -> None:
        self.kept[letter.consumer, letter.event_id] = letter

    def of(self, event_id: str) -> DeadLetter | None:
        return next((letter for (_, name), letter in self.kept.items() if name == event_id), None)


@dataclass
class House:
    """Services on one broker. The first keeps the dead letters of all."""

    redis: Redis
    folder: Path
    services: Sequence[Inbound]
    tries: int = 5
    patience: float = 0.5
    letters: Letters = field(default_factory=Letters)

    def member(self, inbound: Inbound) -> Member:
        """One more instance of a service."""
        names = [one.service for one in self.services]
        keeper = self.letters if inbound.service == names[0] else None
        return Member(inbound, [self._resources()], self.folder, keeper=keeper, patience=self.patience, consumers=names)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[list[Member]]:
        """Run an instance of each service for the time of the block."""
        async with contextlib.AsyncExitStack() as stack:
            yield [await stack.enter_async_context(self.member(one).running()) for one in self.services]

    def _resources(self) -> Path:
        keeping = self.services[0].service
        host = {"redisHost": self.redis.address}
        documents = [
            component("taskbus", "pubsub.redis", host | BUS),
            component("taskbus-live", "pubsub.redis", host | LIVE),
            resiliency(self.tries, "300ms"),
        ]
        for inbound in self.services:
            documents += subscriptions_of(inbound)
            name = inbound.service
            documents.append(subscription("taskbus", DEAD_LETTERS + name, f"/dead-letters/{name}", keeping))
        return write(self.folder / "resources", documents)
