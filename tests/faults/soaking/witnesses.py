"""A consumer that a soak adds to the host: it writes down each event that reaches it, once, as every consumer of ours does."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import text

from services.local.host import Wrappers
from taskora.domain.events import EVENT_TABLE, Event, Topic
from taskora.runtime.embedded.broker import Broker
from taskora.runtime.ports import DONE, Handled, Handler, Publisher, Subscription
from taskora.storage.database import Database
from taskora.storage.unit_of_work import UnitOfWork

CONSUMER = "witness"
TOPICS = (Topic.TASK_EVENTS, Topic.TASK_UPDATES, Topic.USER_EVENTS)
TABLE = "CREATE TABLE IF NOT EXISTS soak_witness (topic TEXT NOT NULL, event_id TEXT NOT NULL, digest TEXT NOT NULL)"
_SEEN = text("INSERT INTO soak_witness (topic, event_id, digest) VALUES (:topic, :event_id, :digest)")


def digest_of(envelope: object) -> str:
    """Return what tells one content from another."""
    return hashlib.sha256(json.dumps(envelope, sort_keys=True).encode()).hexdigest()


def witnessed(wrap: Wrappers, unreliable: Callable[[Handler], Handler]) -> Wrappers:
    """Return the wrappers of a host that has the witness beside its own consumers."""
    held: dict[str, Database] = {}

    def database(inner: Database) -> Database:
        held["database"] = wrap.database(inner)
        return held["database"]

    def publisher(inner: Publisher) -> Publisher:
        assert isinstance(inner, Broker)
        inner.subscribe([_subscription(topic, held["database"], unreliable) for topic in TOPICS], ())
        return wrap.publisher(inner)

    return replace(wrap, database=database, publisher=publisher)


def _subscription(topic: Topic, database: Database, unreliable: Callable[[Handler], Handler]) -> Subscription:
    async def handle(event: Event) -> Handled:
        await database.write(lambda unit: _witness(unit, topic, event))
        return DONE

    return Subscription(CONSUMER, topic, {kind.value: unreliable(handle) for kind in EVENT_TABLE})


def _witness(unit: UnitOfWork | Any, topic: Topic, event: Event) -> None:
    unit.connection.execute(text(TABLE))
    if unit.first_time("tasks", event.id, topic.value, CONSUMER):
        values = {"topic": topic.value, "event_id": event.id, "digest": digest_of(event.to_dict())}
        unit.connection.execute(_SEEN, values)
