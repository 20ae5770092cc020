"""The path of `delivery` on Dapr: the same person, the same tasks, over real sidecars, Redis and PostgreSQL.

Task service and recurrence service run in this process, each with its sidecar and the product's components (dapr/).
"""

import asyncio
import tempfile
import time
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from benchmarks.delivery import BURST, PAUSE, TIMES, Person, Watch, workload
from benchmarks.figures import Figure, Section, percentile
from benchmarks.tasks import COUNT
from services.kit.app import make_app
from services.kit.identity import TokenVerifier
from services.tasks.app import TasksService
from taskora.config import Settings
from taskora.domain.errors import Unavailable
from taskora.domain.events import Event, EventType, Topic
from taskora.domain.preferences import Preferences
from taskora.runtime.dapr.broker import DaprBroker
from taskora.runtime.embedded.clock import open_clock
from taskora.runtime.ports import DONE, Handled, Handler, Inbound, Publisher
from taskora.storage.database import Database
from tests.dapr.chain import Chain
from tests.dapr.stack import Redis, started
from tests.postgresql import Server

KEY = "a key for measuring that is long enough"
FLOOD = 2_000


class _Timed:
    """Notes when an event was published and when its consumer had handled it."""

    def __init__(self) -> None:
        self.published: dict[str, float] = {}
        self.handled: dict[str, float] = {}
        self.under_way = 0

    async def note(self, handler: Handler, event: Event) -> Handled:
        handled = await handler(event)
        self.handled[event.id] = time.perf_counter()
        return handled


class _Publishing:
    def __init__(self, inner: Publisher, timed: _Timed) -> None:
        self._inner = inner
        self._timed = timed

    async def publish(self, topic: Topic, events: list[Event]) -> None:
        await self._inner.publish(topic, events)
        now = time.perf_counter()
        if topic is Topic.TASK_EVENTS:
            self._timed.published |= {event.id: now for event in events}


class _WatchedChain(Chain):
    """The chain with its publisher and its handlers watched. Every type of event has a handler, so that all are counted."""

    watch: Watch
    timed: _Timed

    def published(self, broker: DaprBroker) -> Publisher:
        return self.watch.wrappers().publisher(_Publishing(broker, self.timed))  # type: ignore[arg-type]  # a list is a sequence

    def recurrence(self, broker: DaprBroker) -> Inbound:
        inbound = super().recurrence(broker)
        (subscription,) = inbound.subscriptions
        handlers = {kind.value: subscription.handlers.get(kind.value, _pass) for kind in EventType}
        watched = {kind: partial(self.timed.note, handler) for kind, handler in handlers.items()}
        return replace(inbound, subscriptions=(replace(subscription, handlers=watched),))

    @property
    def publisher(self) -> DaprBroker:
        """Return what publishes by the task service's sidecar."""
        if self.broker is None:
            raise Unavailable("The chain does not run.")
        return self.broker

    async def drain(self, limit: float) -> None:
        """Return once the outbox is empty and every event has reached its consumer."""
        deadline = time.perf_counter() + limit
        while await self.backlog() or len(self.timed.handled) < len(self.timed.published):
            if time.perf_counter() > deadline:
                raise Unavailable(f"Events are still under way after {limit:g} seconds.")
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.5)  # what follows from the last of them


async def _pass(_: Event) -> Handled:
    return DONE


def measure() -> Section:
    """Measure completions one by one, a hundred in one command, and a flood of events."""
    server = Server()
    with tempfile.TemporaryDirectory(prefix="taskora-bench-") as path:
        redis = Redis(Path(path) / "redis")
        with started(redis):
            server.start()
            try:
                figures = asyncio.run(_measure(Path(path), redis, server.migrated()))
            finally:
                server.stop()
    return Section(
        "Events and the next occurrence on Dapr",
        f"The same on Dapr: PostgreSQL, Redis with appendfsync always, a sidecar for each service; {TIMES} completions, "
        f"{1 / PAUSE:.0f} a second, then {BURST} in one command; {COUNT:,} tasks. Both services run in one process.",
        figures,
    )


async def _measure(folder: Path, redis: Redis, url: str) -> tuple[Figure, ...]:
    watch, timed = Watch(), _Timed()
    database = watch.wrappers().database(Database(url))
    service = TasksService(database, open_clock(None), TokenVerifier(KEY), Preferences(zone="America/New_York"))
    app = make_app("tasks", Settings())
    app.include_router(service.router)
    chain = _WatchedChain(redis, folder, database, _watched(service.inbound, watch))
    chain.watch, chain.timed = watch, timed
    person = Person(app, KEY)
    async with chain.running():
        figures = await workload(person, watch, chain.drain)
        lags = [(timed.handled[one] - at) * 1000 for one, at in timed.published.items() if one in timed.handled]
        rate = await _flood(chain, timed)
    await database.close()
    return (
        *figures,
        Figure("publication to consumer done, P99", percentile(lags, 0.99), "ms", 1000),
        Figure(f"events from publisher to consumer, {FLOOD:,} of 100 users", rate, "a second", rate=True),
    )


async def _flood(chain: _WatchedChain, timed: _Timed) -> float:
    """Publish many events as fast as the broker takes them, and return how many a second reached their consumer."""
    before = len(timed.handled)
    some = Event.from_dict(_ENVELOPE)
    events = [replace(some, id=f"flood-{n}", partitionkey=f"user {n % 100}") for n in range(FLOOD)]
    began = time.perf_counter()
    for first in range(0, FLOOD, 100):
        await chain.publisher.publish(Topic.TASK_EVENTS, events[first : first + 100])
    while len(timed.handled) < before + FLOOD:  # noqa: ASYNC110  a figure, read often enough
        await asyncio.sleep(0.002)
    return FLOOD / (time.perf_counter() - began)


def _watched(inbound: Inbound, watch: Watch) -> Inbound:
    subscriptions = tuple(
        replace(one, handlers={kind: partial(watch.handle, handler) for kind, handler in one.handlers.items()})
        for one in inbound.subscriptions
    )
    return replace(inbound, subscriptions=subscriptions)


_ENVELOPE: Mapping[str, object] = {
    "specversion": "1.0",
    "id": "flood",
    "type": EventType.TASK_UPDATED.value,
    "source": "/taskora/tasks",
    "subject": "a task",
    "time": "2026-11-24T09:00:00Z",
    "partitionkey": "user",
    "correlationid": "flood",
    "data": {"schema": 1, "text": "x" * 1500},
}
