"""The broker behind the sidecar: the publish and redeliver ports, and how a consumer's dead letters reach their keeper.

Every event travels as the complete CloudEvents envelope that the outbox holds, so that its id is the same however often it is
published. Which broker it is, nobody here knows: that is a component (dapr/components/taskbus.yaml). A request has many events:
it costs the sidecar and the disk of the broker little more than one (docs/decisions/0004).
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
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
Entry = tuple[str, bytes]
"""A partition key and the envelope that goes with it."""
MOST_EVENTS: Final = 100
MOST_BYTES: Final = 2 * 1024 * 1024
"""Of one request: the sidecar takes 4 MiB."""


class DaprBroker:
    """Publishes through the sidecar. `consumers` are those to which events can be redelivered."""

    def __init__(self, sidecar: Sidecar, settings: Settings, consumers: Collection[str] = ()) -> None:
        self._sidecar = sidecar
        self._settings = settings
        self._consumers = frozenset(consumers)

    async def publish(self, topic: Topic, events: Sequence[Event]) -> None:
        """Return once the broker has confirmed every event.

        Raises Unavailable while the sidecar or the broker is away, Refused for what a healthy broker does not take.
        """
        component, name = self._place(topic)
        for turn in _turns([(event, extended(event.to_text(), _trace(event))) for event in events]):
            await self._send(component, name, turn)

    async def redeliver(self, consumer: str, topic: Topic, events: Sequence[Event]) -> None:
        """Publish on the consumer's own topic; the topic they stand for goes along as an extension attribute.

        Raises NotFound for a consumer that is not known, Unavailable and Refused as `publish` does.
        """
        if consumer not in self._consumers:
            known = ", ".join(sorted(self._consumers))
            raise NotFound(f"There is no consumer {consumer}.", advice=f"There are: {known}.")
        mark = {ORIGINAL_TOPIC: topic.value}
        mine = [(event, extended(event.to_text(), _trace(event) | mark)) for event in events]
        for turn in _turns(mine):
            await self._send(self._settings.pubsub, REDELIVER + consumer, turn)

    async def bury(self, consumer: str, topic: str, envelope: Mapping[str, object], why: str) -> None:
        """Hand an event that a consumer can never handle to the keeper of dead letters, with the reason.

        Raises Unavailable and Refused as `publish` does.
        """
        marked = {**envelope, ORIGINAL_TOPIC: topic, DEAD_REASON: why}
        letter = (str(envelope.get("partitionkey", "")), extended(json.dumps(marked, ensure_ascii=False), {}))
        await self._send(self._settings.pubsub, DEAD_LETTERS + consumer, [letter])

    def _place(self, topic: Topic) -> tuple[str, str]:
        """Return the component and the name of a topic: what every instance must hear has a component of its own."""
        component = self._settings.pubsub_live if topic is Topic.TASK_UPDATES else self._settings.pubsub
        return component, self._settings.topics.get(topic.value, topic.value)

    async def _send(self, component: str, name: str, turn: Sequence[Entry]) -> None:
        """Publish in one request. When only a part of it was taken, all of it is Unavailable and comes again."""
        path = f"/v1.0/publish/bulk/{component}/{name}"
        answer = await self._sidecar.send(
            "POST", path, content=_body(turn), headers={"content-type": "application/json"}
        )
        if answer.status_code >= 400:
            raise _refusal(answer, component, name)


def extended(envelope: str, more: Mapping[str, str]) -> bytes:
    """Return an envelope (JSON text of an object) with more attributes. Raises TooLarge for one over the limit."""
    text = f"{envelope[:-1]},{json.dumps(more, ensure_ascii=False)[1:]}" if more else envelope
    body = text.encode()
    if len(body) > EVENT_SIZE_LIMIT:
        raise TooLarge(f"The event is over {EVENT_SIZE_LIMIT // 1024} KiB.")
    return body


def _trace(event: Event) -> dict[str, str]:
    """Return what the sidecar looks at before it replaces `traceparent` by its own: given, even empty, ours stays."""
    return {"traceid": event.traceparent or ""}


def _turns(events: Sequence[tuple[Event, bytes]]) -> Iterator[list[Entry]]:
    """Divide events into requests that follow each other, a user's in their order, of one task one event in each.

    A broker that takes the events of a request one by one may store them in any order: those of a task still come in theirs.
    """
    turns: list[list[Entry]] = []
    places: dict[str, tuple[int, set[str]]] = {}
    for event, body in events:
        number, tasks = places.get(event.partitionkey, (0, set()))
        if event.subject in tasks:
            number, tasks = number + 1, set()
        tasks.add(event.subject)
        places[event.partitionkey] = (number, tasks)
        if number == len(turns):
            turns.append([])
        turns[number].append((event.partitionkey, body))
    for turn in turns:
        while turn:
            size = count = 0
            while count < min(len(turn), MOST_EVENTS) and (count == 0 or size + len(turn[count][1]) <= MOST_BYTES):
                size += len(turn[count][1])
                count += 1
            yield turn[:count]
            del turn[:count]


def _body(turn: Sequence[Entry]) -> bytes:
    """Return the request: the events as they are, each with its key for brokers that have partitions."""
    form = '{"entryId":"%d","contentType":"application/cloudevents+json","metadata":{"partitionKey":%s},"event":'
    heads = [(form % (number, json.dumps(key))).encode() for number, (key, _) in enumerate(turn)]
    return b"[" + b",".join(head + body + b"}" for head, (_, body) in zip(heads, turn, strict=True)) + b"]"


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
