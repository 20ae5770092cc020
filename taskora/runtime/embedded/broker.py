"""The broker of the embedded host: the publish port and the driver of subscriptions, durable in the host's database.

Publishing stores one delivery per event and consumer; a repeated publish of what still waits is ignored. Each consumer is a
task of this process (see `consumer`). Not here: the outbox, which `relay` empties into `publish`.
"""

import json
from collections.abc import Sequence

from taskora.domain.errors import TooLarge
from taskora.domain.events import EVENT_SIZE_LIMIT, Event, Topic
from taskora.runtime.embedded import deliveries
from taskora.runtime.embedded.consumer import Consumer, Retry
from taskora.runtime.ports import Subscription
from taskora.storage.database import Database


class Broker:
    """Holds events for the consumers of this process until they are handled, or dead."""

    def __init__(self, database: Database, *, retry: Retry | None = None) -> None:
        self._database = database
        self._retry = retry or Retry()
        self._consumers: list[Consumer] = []

    def subscribe(self, subscriptions: Sequence[Subscription]) -> None:
        """Add consumers. All of them must be there before the first event is published."""
        names = dict.fromkeys(one.consumer for one in subscriptions)
        for name in names:
            mine = [one for one in subscriptions if one.consumer == name]
            self._consumers.append(Consumer(name, mine, self._database, self._retry))

    def start(self) -> None:
        """Begin to deliver, with what an earlier process left first."""
        for consumer in self._consumers:
            consumer.worker.start()

    async def stop(self) -> None:
        """Stop delivering; what was not handled waits for the next start."""
        for consumer in self._consumers:
            await consumer.worker.stop()

    async def publish(self, topic: Topic, events: Sequence[Event]) -> None:
        """Return once every event is held durably for each consumer that has a handler for it.

        Raises Unavailable when the database does not take them, TooLarge for an event over the limit.
        """
        rows = []
        awaited = set()
        for event in events:
            consumers = [one for one in self._consumers if one.takes(topic.value, event.type)]
            envelope = _encode(event)
            awaited.update(consumers)
            rows += [_row(consumer.name, topic, event, envelope) for consumer in consumers]
        if not rows:
            return
        await self._database.write(lambda unit: deliveries.add(unit.connection, rows))
        for consumer in awaited:
            consumer.worker.wake()

    async def counts(self) -> tuple[int, int]:
        """Return how many deliveries wait, and how many dead letters there are."""
        return await self._database.read(deliveries.counts)


def _encode(event: Event) -> str:
    envelope = json.dumps(event.to_dict(), ensure_ascii=False, separators=(",", ":"))
    if len(envelope.encode()) > EVENT_SIZE_LIMIT:
        raise TooLarge(f"Event {event.id} is over {EVENT_SIZE_LIMIT // 1024} KiB.")
    return envelope


def _row(consumer: str, topic: Topic, event: Event, envelope: str) -> dict[str, object]:
    return {
        "consumer": consumer,
        "topic": topic.value,
        "event_id": event.id,
        "partition_key": event.partitionkey,
        "envelope": envelope,
    }
