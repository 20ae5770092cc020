"""The broker of the embedded host: the publish and redeliver ports and the driver of subscriptions, durable in the database.

Publishing stores one delivery per event and consumer; a repeated publish of what still waits is ignored. Each consumer is a
task of this process (see `consumer`), each live subscription another (see `live`). Not here: the outbox, which `relay` empties
into `publish`.
"""

import asyncio
import datetime as dt
from collections.abc import Sequence

from taskora.domain.errors import NotFound, TooLarge
from taskora.domain.events import EVENT_SIZE_LIMIT, Event, Topic
from taskora.runtime.embedded import deliveries
from taskora.runtime.embedded.clock import SystemClock
from taskora.runtime.embedded.consumer import Consumer, Retry
from taskora.runtime.embedded.live import Listener
from taskora.runtime.ports import Clock, LiveSubscription, Subscription
from taskora.storage.database import Database


class Broker:
    """Holds events for the consumers of this process until they are handled, or dead."""

    def __init__(self, database: Database, *, clock: Clock | None = None, retry: Retry | None = None) -> None:
        self._database = database
        self._clock = clock or SystemClock()
        self._retry = retry or Retry()
        self._consumers: dict[str, Consumer] = {}
        self._listeners: list[Listener] = []
        self._started_at = dt.datetime.max.replace(tzinfo=dt.UTC)

    def subscribe(self, subscriptions: Sequence[Subscription], live: Sequence[LiveSubscription] = ()) -> None:
        """Add consumers and live subscriptions. All of them must be there before the first event is published."""
        for name in dict.fromkeys(one.consumer for one in subscriptions):
            mine = [one for one in subscriptions if one.consumer == name]
            self._consumers[name] = Consumer(name, mine, self._database, self._retry)
        self._listeners += [Listener(one, self._retry.patience) for one in live]

    def start(self) -> None:
        """Begin to deliver, with what an earlier process left first."""
        self._started_at = self._clock.now()
        for consumer in self._consumers.values():
            consumer.start()
        for listener in self._listeners:
            listener.start()

    async def stop(self) -> None:
        """Stop delivering; what was not handled waits for the next start."""
        for listener in self._listeners:
            await listener.stop()
        await asyncio.gather(*(consumer.stop() for consumer in self._consumers.values()))

    async def publish(self, topic: Topic, events: Sequence[Event]) -> None:
        """Return once every event is held durably for each consumer that takes it.

        Raises Unavailable when the database does not take them, TooLarge for an event over the limit.
        """
        takers = {
            consumer: [event for event in events if consumer.takes(topic.value, event.type)]
            for consumer in self._consumers.values()
        }
        await self._add(topic, takers)
        for listener in self._listeners:
            if listener.topic is topic:
                for event in events:
                    if event.time >= self._started_at:
                        listener.offer(event)

    async def redeliver(self, consumer: str, topic: Topic, events: Sequence[Event]) -> None:
        """Return once the events are held for that consumer, as far as it takes them.

        Raises NotFound for a consumer that is not known, and what `publish` does.
        """
        taker = self._consumers.get(consumer)
        if taker is None:
            known = ", ".join(sorted(self._consumers))
            raise NotFound(f"There is no consumer {consumer}.", field="consumer", advice=f"There are: {known}.")
        await self._add(topic, {taker: [event for event in events if taker.takes(topic.value, event.type)]})

    async def backlog(self) -> int:
        """Return how many deliveries wait."""
        return await self._database.read(deliveries.count)

    async def _add(self, topic: Topic, takers: dict[Consumer, list[Event]]) -> None:
        rows = [_row(consumer.name, topic, event) for consumer, events in takers.items() for event in events]
        if not rows:
            return
        await self._database.write(lambda unit: deliveries.add(unit.connection, rows))
        for consumer, events in takers.items():
            if events:
                consumer.wake()


def _row(consumer: str, topic: Topic, event: Event) -> dict[str, object]:
    envelope = event.to_text()
    if len(envelope) * 4 > EVENT_SIZE_LIMIT and len(envelope.encode()) > EVENT_SIZE_LIMIT:
        raise TooLarge(f"Event {event.id} is over {EVENT_SIZE_LIMIT // 1024} KiB.")
    return {
        "consumer": consumer,
        "topic": topic.value,
        "event_id": event.id,
        "partition_key": event.partitionkey,
        "envelope": envelope,
    }
