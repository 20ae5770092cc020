"""A broker and handlers that misbehave within what they are allowed: late, repeated, out of order, away, refusing.

Whoever keeps a promise here keeps it everywhere: an event that was taken is held durably, and nothing else is sure. In force
while the shared folder has a file `disorder`, which holds a seed.
"""

import asyncio
import random
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from taskora.domain.errors import TooLarge, Unavailable
from taskora.domain.events import Event, Topic
from taskora.runtime.ports import Handled, Handler, Outcome, Publisher

AWAY = 0.04
REFUSES = 0.01
REPEATS = 0.2
FAILS = 0.05
REMEMBERED = 50


class Chance:
    """Chances of one process; none at all while there is no disorder."""

    def __init__(self, shared: Path) -> None:
        self._file = shared / "disorder"
        incarnation = shared / "incarnation"
        which = incarnation.read_text() if incarnation.exists() else "0"
        self._random = random.Random(f"{self.seed} {which}")  # noqa: S311  no secret

    @property
    def seed(self) -> str:
        """Return the seed, or nothing where all is in order."""
        return self._file.read_text() if self._file.exists() else ""

    def of(self, share: float) -> bool:
        """Tell whether something happens that happens in such a share of cases."""
        return bool(self.seed) and self._random.random() < share

    def shuffled(self, events: Sequence[Event]) -> list[Event]:
        """Return events in any order."""
        return self._random.sample(events, len(events)) if self.seed else list(events)

    def some(self, events: Sequence[Event]) -> list[Event]:
        """Return some events of earlier."""
        return self._random.sample(events, min(3, len(events)))


class DisorderedPublisher:
    """Publishes one by one in any order, some again, and is away before or after it has taken them."""

    def __init__(self, inner: Publisher, chance: Chance) -> None:
        self._inner = inner
        self._chance = chance
        self._past: deque[tuple[Topic, Event]] = deque(maxlen=REMEMBERED)

    async def publish(self, topic: Topic, events: Sequence[Event]) -> None:
        """Publish, if all goes well. Raises Unavailable and, of single events, TooLarge."""
        if not self._chance.seed:
            await self._inner.publish(topic, events)
            return
        if self._chance.of(AWAY):
            raise Unavailable("The broker is away.")
        if self._chance.of(REFUSES * len(events)):
            raise TooLarge("The broker does not like it.")
        for event in self._chance.shuffled(events):
            await self._inner.publish(topic, [event])
            await asyncio.sleep(0)
            self._past.append((topic, event))
        if self._chance.of(REPEATS):
            again = [event for at, event in self._past if at is topic]
            await self._inner.publish(topic, self._chance.some(again))
        if self._chance.of(AWAY):
            raise Unavailable("The connection broke after the broker had them.")


def unreliable(handler: Handler, chance: Chance) -> Handler:
    """Return a handler that is sometimes asked for nothing, sometimes twice, and whose answer sometimes gets lost."""

    async def handle(event: Event) -> Handled:
        if chance.of(FAILS):
            return Handled(Outcome.RETRY, "not now", counted=False)
        if chance.of(FAILS):
            await handler(event)
        handled = await handler(event)
        if chance.of(FAILS):
            return Handled(Outcome.RETRY, "the answer got lost", counted=False)
        return handled

    return handle
