"""One consumer of the embedded broker: takes its deliveries in order, calls the handlers, writes down what came of it.

Handlers begin in order of arrival and go on side by side, so that their writes share commits; none relies on order. An event
that fails waits for its next attempt, one that hangs is given up after a while; neither holds up anybody, not even later events
of its user. Above it: `broker`.
"""

import contextlib
import time
from collections.abc import Sequence

import structlog
from sqlalchemy import Connection

from taskora.domain.errors import Unavailable
from taskora.domain.events import EVENT_TABLE
from taskora.runtime.embedded import deliveries
from taskora.runtime.embedded.deliveries import Settled, Waiting
from taskora.runtime.embedded.flight import Flight
from taskora.runtime.handling import handle, read_text
from taskora.runtime.ports import Handled, Handler, Outcome, Subscription
from taskora.runtime.worker import Backoff, Worker
from taskora.storage.database import Database

ABREAST = 100
log = structlog.get_logger()


class Retry:
    """How often and how soon a delivery is tried again, and how many seconds a handler has."""

    def __init__(self, *, attempts: int = 10, first: float = 0.2, cap: float = 60.0, patience: float = 30.0) -> None:
        self.attempts = attempts
        self.backoff = Backoff(first, cap)
        self.patience = patience


class Consumer:
    """Drives the handlers of one consumer's subscriptions."""

    def __init__(self, name: str, subscriptions: Sequence[Subscription], database: Database, retry: Retry) -> None:
        self.name = name
        self._handlers: dict[str, dict[str, Handler]] = {}
        for one in subscriptions:
            self._handlers.setdefault(one.topic.value, {}).update(one.handlers)
        self._database = database
        self._retry = retry
        self._worker = Worker(f"consumer {name}", self._round, Backoff(0.1, 5.0))
        self._flight: Flight[int, Settled] = Flight(ABREAST, self._worker.wake)

    def takes(self, topic: str, kind: str) -> bool:
        """Tell whether events of that type on that topic are for this consumer: it has a handler, or nobody knows the type."""
        handlers = self._handlers.get(topic)
        return handlers is not None and (kind in handlers or kind not in EVENT_TABLE)

    def start(self) -> None:
        """Begin with what waits already."""
        self._worker.start()

    def wake(self) -> None:
        """Look for deliveries now."""
        self._worker.wake()

    async def stop(self, grace: float = 5.0) -> None:
        """Begin with nothing more, and let the handlers that run end; what is not done then waits for the next start."""
        await self._worker.stop(grace)
        await self._flight.end(grace)
        with contextlib.suppress(Unavailable):
            await self._settle()

    async def _round(self) -> float | None:
        await self._settle()
        if not self._flight.free:
            return None
        now = time.time()

        def look(connection: Connection) -> tuple[list[Waiting], float | None]:
            waiting = deliveries.due(connection, self.name, now, ABREAST)
            return waiting, deliveries.next_due(connection, self.name, now) if len(waiting) < ABREAST else None

        found, due_at = await self._database.read(look)
        fresh = [one for one in found if one.id not in self._flight]
        for one in fresh[: self._flight.free]:
            self._flight.begin(one.id, self._deliver(one))
        return None if due_at is None else max(due_at - time.time(), 0.001)

    async def _settle(self) -> None:
        """Write down what came of the deliveries that have ended, all of them in one commit."""
        ended = self._flight.outcomes()
        if ended:
            settled = list(ended.values())
            await self._database.write(lambda unit: deliveries.settle(unit.connection, self.name, settled))
            self._flight.settle(list(ended))

    async def _deliver(self, waiting: Waiting) -> Settled:
        event = read_text(waiting.envelope)
        if isinstance(event, Handled):
            return self._settled(waiting, event)
        handlers = self._handlers.get(waiting.topic, {})
        return self._settled(waiting, await handle(event, handlers, self._retry.patience))

    def _settled(self, waiting: Waiting, handled: Handled) -> Settled:
        if handled.outcome is Outcome.SUCCESS:
            return Settled(waiting)
        attempts = waiting.attempts + handled.counted
        facts = {"consumer": self.name, "event_id": waiting.event_id, "attempt": attempts, "reason": handled.reason}
        if handled.outcome is Outcome.DROP or attempts >= self._retry.attempts:
            log.error("dead letter", **facts)
            return Settled(waiting, attempts, reason=handled.reason or "the handler gave no reason")
        log.warning("delivery put off", **facts)
        return Settled(waiting, attempts, due_at=time.time() + self._retry.backoff.pause(max(attempts, 1)))
