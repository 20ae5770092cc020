"""One consumer of the embedded broker: takes its deliveries in order, calls the handlers, writes down what came of it.

Handlers begin in order of arrival and go on side by side, so that their writes share commits; none relies on order. An event
that fails waits for its next attempt and holds up nobody meanwhile, not even later events of its user. Above it: `broker`.
"""

import asyncio
import json
import time
from collections.abc import Mapping, Sequence

import structlog

from taskora.domain.errors import TaskoraError
from taskora.domain.events import Event
from taskora.runtime.embedded import deliveries
from taskora.runtime.embedded.deliveries import Settled, Waiting
from taskora.runtime.ports import DONE, Handled, Handler, Outcome, Subscription
from taskora.runtime.worker import Backoff, Worker
from taskora.storage.database import Database

BATCH = 100
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
        self._handlers: Mapping[tuple[str, str], Handler] = {
            (one.topic.value, kind): handler for one in subscriptions for kind, handler in one.handlers.items()
        }
        self._database = database
        self._retry = retry
        self.worker = Worker(f"consumer {name}", self._round, Backoff(0.1, 5.0))

    def takes(self, topic: str, kind: str) -> bool:
        """Tell whether a handler is there for events of that type on that topic."""
        return (topic, kind) in self._handlers

    async def _round(self) -> float | None:
        now = time.time()
        waiting = await self._database.read(lambda connection: deliveries.due(connection, self.name, now, BATCH))
        if not waiting:
            due_at = await self._database.read(lambda connection: deliveries.next_due(connection, self.name))
            return None if due_at is None else max(due_at - now, 0.001)
        settled = await asyncio.gather(*(self._handle(one) for one in waiting))
        await self._database.write(lambda unit: deliveries.settle(unit.connection, self.name, settled, time.time()))
        return 0

    async def _handle(self, waiting: Waiting) -> Settled:
        return self._settle(waiting, await self._deliver(waiting))

    async def _deliver(self, waiting: Waiting) -> Handled:
        try:
            event = Event.from_dict(json.loads(waiting.envelope))
        except (ValueError, TypeError, AttributeError) as error:
            return Handled(Outcome.DROP, f"the envelope cannot be read: {error}")
        handler = self._handlers.get((waiting.topic, event.type))
        if handler is None:
            return DONE
        with structlog.contextvars.bound_contextvars(correlation_id=event.correlationid, event_id=event.id):
            try:
                async with asyncio.timeout(self._retry.patience):
                    return await handler(event)
            except TimeoutError:
                return Handled(Outcome.RETRY, f"the handler took longer than {self._retry.patience:g} seconds")
            except TaskoraError as error:
                return Handled(Outcome.RETRY, f"{error.code}: {error.detail}")
            except Exception as error:
                log.exception("handler failed", consumer=self.name, type=event.type, attempt=waiting.attempts + 1)
                return Handled(Outcome.RETRY, f"{type(error).__name__}: {error}")

    def _settle(self, waiting: Waiting, handled: Handled) -> Settled:
        if handled.outcome is Outcome.SUCCESS:
            return Settled(waiting)
        attempt = waiting.attempts + 1
        facts = {"consumer": self.name, "event_id": waiting.event_id, "attempt": attempt, "reason": handled.reason}
        if handled.outcome is Outcome.DROP or attempt >= self._retry.attempts:
            log.error("dead letter", **facts)
            return Settled(waiting, reason=handled.reason or "the handler gave no reason")
        log.warning("delivery put off", **facts)
        return Settled(waiting, due_at=time.time() + self._retry.backoff.pause(attempt))
