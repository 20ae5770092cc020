"""The broker behind the sidecar: the publish and redeliver ports, and how a consumer's dead letters reach their keeper.

Every event travels as the complete CloudEvents envelope that the outbox holds, so that its id is the same however often it is
published. Which broker it is, nobody here knows: that is a component (dapr/components/taskbus.yaml).
"""

import asyncio
import json
from collections.abc import Awaitable, Collection, Mapping, Sequence
from typing import Final

import httpx2

from taskora.config import Settings
from taskora.domain.errors import Forbidden, NotFound, Refused, TooLarge, Unavailable
from taskora.domain.events import EVENT_SIZE_LIMIT, Event, Topic
from taskora.runtime.dapr.sidecar import Sidecar, reason

DEAD_LETTERS: Final = "dead-letters-"
REDELIVER: Final = "redeliver-"
ORIGINAL_TOPIC: Final = "originaltopic"
DEAD_REASON: Final = "deadreason"
_TYPE: Final = {"content-type": "application/cloudevents+json"}
_ABREAST: Final = 32
"""Users whose events are published side by side; one user's go one after the other."""


class DaprBroker:
    """Publishes through the sidecar. `consumers` are those to which events can be redelivered."""

    def __init__(self, sidecar: Sidecar, settings: Settings, consumers: Collection[str] = ()) -> None:
        self._sidecar = sidecar
        self._settings = settings
        self._consumers = frozenset(consumers)
        self._abreast = asyncio.Semaphore(_ABREAST)

    async def publish(self, topic: Topic, events: Sequence[Event]) -> None:
        """Return once the broker has confirmed every event.

        Raises Unavailable while the sidecar or the broker is away, Refused for what a healthy broker does not take.
        """
        by_user: dict[str, list[tuple[Event, bytes]]] = {}
        for event in events:
            by_user.setdefault(event.partitionkey, []).append((event, encode(event.to_dict())))
        component, name = self._place(topic)
        await self._side_by_side([self._in_order(component, name, mine) for mine in by_user.values()])

    async def redeliver(self, consumer: str, topic: Topic, events: Sequence[Event]) -> None:
        """Publish on the consumer's own topic; the topic they stand for goes along as an extension attribute.

        Raises NotFound for a consumer that is not known, Unavailable and Refused as `publish` does.
        """
        if consumer not in self._consumers:
            known = ", ".join(sorted(self._consumers))
            raise NotFound(f"There is no consumer {consumer}.", advice=f"There are: {known}.")
        mine = [(event, encode({**event.to_dict(), ORIGINAL_TOPIC: topic.value})) for event in events]
        await self._in_order(self._settings.pubsub, REDELIVER + consumer, mine)

    async def bury(self, consumer: str, topic: str, envelope: Mapping[str, object], why: str) -> None:
        """Hand an event that a consumer can never handle to the keeper of dead letters, with the reason.

        Raises Unavailable and Refused as `publish` does.
        """
        body = encode({**envelope, ORIGINAL_TOPIC: topic, DEAD_REASON: why})
        await self._post(self._settings.pubsub, DEAD_LETTERS + consumer, str(envelope.get("partitionkey", "")), body)

    def _place(self, topic: Topic) -> tuple[str, str]:
        """Return the component and the name of a topic: what every instance must hear has a component of its own."""
        component = self._settings.pubsub_live if topic is Topic.TASK_UPDATES else self._settings.pubsub
        return component, self._settings.topics.get(topic.value, topic.value)

    @staticmethod
    async def _side_by_side(ways: Sequence[Awaitable[None]]) -> None:
        """Let all of them end, then raise the first error: what was published meanwhile is published."""
        outcomes = await asyncio.gather(*ways, return_exceptions=True)
        errors = [one for one in outcomes if one is not None]
        if errors:
            away = [one for one in errors if isinstance(one, Unavailable)]
            raise (away or errors)[0]

    async def _in_order(self, component: str, name: str, events: Sequence[tuple[Event, bytes]]) -> None:
        for event, body in events:
            async with self._abreast:
                await self._post(component, name, event.partitionkey, body)

    async def _post(self, component: str, name: str, key: str, body: bytes) -> None:
        path = f"/v1.0/publish/{component}/{name}"
        params = {"metadata.partitionKey": key}
        answer = await self._sidecar.send("POST", path, content=body, headers=_TYPE, params=params)
        if answer.status_code >= 400:
            raise _refusal(answer, component, name)


def encode(envelope: Mapping[str, object]) -> bytes:
    """Return the JSON of an envelope. Raises TooLarge for one over the limit.

    `traceid` is what the sidecar looks at before it replaces `traceparent` by its own: given, even empty, ours stays.
    """
    traced = {"traceid": envelope.get("traceparent", ""), **envelope}
    body = json.dumps(traced, ensure_ascii=False, separators=(",", ":")).encode()
    if len(body) > EVENT_SIZE_LIMIT:
        raise TooLarge(f"Event {envelope.get('id')} is over {EVENT_SIZE_LIMIT // 1024} KiB.")
    return body


def _refusal(answer: httpx2.Response, component: str, name: str) -> Refused | Unavailable:
    """Tell a broker that is not there from one that refuses."""
    said = f"{component}/{name}: {reason(answer)}"
    if answer.status_code == 404 or "ERR_PUBSUB_NOT" in answer.text:
        return Unavailable(f"The component is not loaded: {said}")
    if answer.status_code == 403:
        return Forbidden(f"This service may not publish there: {said}")
    if answer.status_code == 413:
        return TooLarge(f"The event is too large: {said}")
    return Refused(f"The broker refused the event: {said}")
