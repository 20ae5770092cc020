"""Live subscriptions of this process: best effort, in memory, once the event is safe with its consumers. Above: `broker`."""

import asyncio
import contextlib

import structlog

from taskora.domain.events import Event
from taskora.runtime.handling import handle
from taskora.runtime.ports import DONE, Handled, LiveSubscription, Outcome

WAITING_LIMIT = 10_000
log = structlog.get_logger()


class Listener:
    """Hands events of one topic to one live handler, one after the other. `patience` is how many seconds it has for each."""

    def __init__(self, subscription: LiveSubscription, patience: float) -> None:
        self.topic = subscription.topic
        self._handler = subscription.handler
        self._patience = patience
        self._waiting: asyncio.Queue[Event] = asyncio.Queue(WAITING_LIMIT)
        self._task: asyncio.Task[None] | None = None

    def offer(self, event: Event) -> None:
        """Pass an event on without waiting; when too many wait, it is lost here."""
        try:
            self._waiting.put_nowait(event)
        except asyncio.QueueFull:
            log.warning("live event lost", event_id=event.id, reason="too many wait")

    def start(self) -> None:
        """Begin."""
        self._task = asyncio.create_task(self._listen(), name=f"live {self.topic.value}")

    async def stop(self) -> None:
        """End; what waits is lost, which is the nature of it."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _listen(self) -> None:
        while True:
            event = await self._waiting.get()
            handled = await handle(event, {event.type: self._notice}, self._patience)
            if handled.outcome is not Outcome.SUCCESS:
                log.warning("live event lost", event_id=event.id, reason=handled.reason)

    async def _notice(self, event: Event) -> Handled:
        await self._handler(event)
        return DONE
