"""The routes by which the sidecar delivers events: the handler tables of `ports`, served.

One consumer is one service, one app id, one group at the broker. Answers are SUCCESS, RETRY or DROP with status 200 and nothing
else: 404 would lose the event, any other body would repeat it for ever. An event that can never be handled, or was tried often
enough, goes to the dead letters from here, because only here its reason is known; what the sidecar itself gives up after its
own tries (dapr/resiliency.yaml) comes to the same topic without one.
"""

import asyncio
import datetime as dt
import json
import time
from collections import OrderedDict
from collections.abc import Mapping

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from taskora.domain.errors import Refused, Unavailable
from taskora.domain.events import Event
from taskora.runtime.dapr.broker import ORIGINAL_TOPIC, DaprBroker
from taskora.runtime.dapr.guard import Guard
from taskora.runtime.handling import handle, read
from taskora.runtime.ports import Handled, Handler, Inbound, LiveHandler, Outcome
from taskora.telemetry import correlated

Key = tuple[str, str, str]
REMEMBERED = 10_000
"""Events whose failed attempts are counted at a time; an event that is forgotten begins anew."""
HELD = 2 / 3
"""Part of a handler's time for which an event waits here for a part that is away."""
log = structlog.get_logger()


class Deliveries:
    """Serves the subscriptions of one service. `attempts` and `patience` (seconds) bound what a handler gets."""

    def __init__(self, inbound: Inbound, broker: DaprBroker, *, attempts: int, patience: float = 30.0) -> None:
        self._handlers: dict[tuple[str, str], dict[str, Handler]] = {}
        for one in inbound.subscriptions:
            self._handlers.setdefault((one.consumer, one.topic.value), {}).update(one.handlers)
        self._live: dict[str, list[LiveHandler]] = {}
        for live in inbound.live:
            self._live.setdefault(live.topic.value, []).append(live.handler)
        self._broker = broker
        self._attempts = attempts
        self._patience = patience
        self._failed: OrderedDict[Key, int] = OrderedDict()
        self._started = dt.datetime.now(tz=dt.UTC)

    def add_to(self, router: APIRouter, guard: Guard) -> None:
        """Add the routes."""
        guard.add(router, "/events/{consumer}/{topic}", self._event)
        guard.add(router, "/redeliver/{consumer}", self._redelivery)
        guard.add(router, "/live/{topic}", self._live_event)

    async def _event(self, request: Request) -> Response:
        names = request.path_params
        return await self._delivered(names["consumer"], names["topic"], await _envelope(request))

    async def _redelivery(self, request: Request) -> Response:
        envelope = await _envelope(request)
        topic = envelope.get(ORIGINAL_TOPIC, "") if isinstance(envelope, Mapping) else ""
        return await self._delivered(request.path_params["consumer"], str(topic), envelope)

    async def _delivered(self, consumer: str, topic: str, envelope: object) -> Response:
        event = read(envelope)
        if isinstance(event, Handled):
            return await self._bury(consumer, topic, envelope, event.reason)
        with correlated(event.correlationid, event.traceparent):
            handled = await self._handled(consumer, topic, event)
            if handled.outcome is Outcome.DROP:
                why = handled.reason or "the handler gave no reason"
                return await self._bury(consumer, topic, envelope, why)
        return _answer(handled.outcome)

    async def _handled(self, consumer: str, topic: str, event: Event) -> Handled:
        handlers = self._handlers.get((consumer, topic))
        if handlers is None:
            return Handled(Outcome.DROP, f"{consumer} has no handlers for {topic or 'no topic'}")
        return self._bounded((consumer, topic, event.id), await self._waited(event, handlers))

    async def _waited(self, event: Event, handlers: Mapping[str, Handler]) -> Handled:
        """Handle an event; while a part is away wait for it here, as long as the sidecar waits for one answer.

        The sidecar's tries are few, so that one whose service has died lets go of its events soon; they would not outlast a
        database that is away for minutes.
        """
        deadline, pause = time.monotonic() + self._patience * HELD, 0.5
        while True:
            handled = await handle(event, handlers, self._patience)
            if handled.outcome is not Outcome.RETRY or handled.counted or time.monotonic() + pause > deadline:
                return handled
            await asyncio.sleep(pause)
            pause = min(2 * pause, 5.0)

    def _bounded(self, key: Key, handled: Handled) -> Handled:
        """Turn the last counted attempt into a drop, and forget the event once it is settled."""
        if handled.outcome is not Outcome.RETRY:
            self._failed.pop(key, None)
            return handled
        attempt = self._failed.get(key, 0) + handled.counted
        log.warning("delivery put off", consumer=key[0], event_id=key[2], attempt=attempt, reason=handled.reason)
        if attempt >= self._attempts:
            self._failed.pop(key, None)
            return Handled(Outcome.DROP, handled.reason)
        self._failed[key] = attempt
        if len(self._failed) > REMEMBERED:
            self._failed.popitem(last=False)
        return handled

    async def _bury(self, consumer: str, topic: str, envelope: object, why: str) -> Response:
        """Send it to the dead letters and be done; while that cannot be done, it is delivered again."""
        kept = envelope if isinstance(envelope, Mapping) else {"id": "", "data": envelope}
        log.error("dead letter", consumer=consumer, topic=topic, event_id=kept.get("id"), reason=why)
        try:
            await self._broker.bury(consumer, topic, kept, why)
        except Unavailable:
            return _answer(Outcome.RETRY)
        except Refused:
            return _answer(Outcome.DROP)  # the sidecar moves it there itself, without a reason
        return _answer(Outcome.SUCCESS)

    async def _live_event(self, request: Request) -> Response:
        """Hand an event to the live handlers. A broker may replay what it holds to a new instance: older ones pass unseen."""
        event = read(await _envelope(request))
        if isinstance(event, Event) and event.time >= self._started:
            handlers = self._live.get(request.path_params["topic"], ())
            await asyncio.gather(*(self._notice(live, event) for live in handlers))
        return _answer(Outcome.SUCCESS)

    async def _notice(self, live: LiveHandler, event: Event) -> None:
        async def noticed(event: Event) -> Handled:
            await live(event)
            return Handled(Outcome.SUCCESS)

        handled = await handle(event, {event.type: noticed}, self._patience)
        if handled.outcome is not Outcome.SUCCESS:
            log.warning("live event lost", event_id=event.id, reason=handled.reason)


async def _envelope(request: Request) -> object:
    """Return the JSON of the body, or its text where it is none."""
    body = await request.body()
    try:
        value: object = json.loads(body)
    except ValueError:
        return body.decode(errors="replace")
    return value


def _answer(outcome: Outcome) -> Response:
    return JSONResponse({"status": outcome.value})
