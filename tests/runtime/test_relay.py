"""The relay: from the outbox to the broker, whatever happens between."""

import datetime as dt
from collections.abc import AsyncIterator, Sequence

import pytest
from sqlalchemy import text

from taskora.domain.errors import TooLarge, Unavailable
from taskora.domain.events import Event, Topic
from taskora.runtime.embedded.broker import Broker
from taskora.runtime.ports import DONE, Handled, Subscription
from taskora.runtime.relay import Relay
from taskora.storage import outbox
from taskora.storage.database import Database
from taskora.storage.unit_of_work import UnitOfWork
from tests.waiting import until

pytestmark = pytest.mark.anyio
KIND = "task.completed"


def event(name: str, user: str = "ann") -> Event:
    now = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
    return Event(name, KIND, "/taskora/tasks", f"task of {name}", now, user, f"correlation of {name}", {"schema": 1})


class Gate:
    """The way to a broker, which can be shut, can refuse an event, and can break after the broker has it."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker
        self.shut = False
        self.refused: set[str] = set()
        self.breaks = 0
        self.calls: list[tuple[Topic, list[str]]] = []

    async def publish(self, topic: Topic, events: Sequence[Event]) -> None:
        names = [one.id for one in events]
        self.calls.append((topic, names))
        if self.shut:
            raise Unavailable("The broker is away.")
        if self.refused & set(names):
            raise TooLarge("This one will never fit.")
        await self._broker.publish(topic, events)
        if self.breaks:
            self.breaks -= 1
            raise Unavailable("The connection broke after the broker had it.")

    def attempts(self, topic: Topic = Topic.TASK_EVENTS) -> int:
        return sum(1 for one, _ in self.calls if one is topic)


class World:
    """A database with an outbox, a gate to a broker with one consumer, and what that consumer saw."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.seen: list[str] = []
        self.open()

    def open(self) -> None:
        self.database = Database(self.url)
        self.broker = Broker(self.database)
        self.broker.subscribe([Subscription("worker", Topic.TASK_EVENTS, {KIND: self._see})])
        self.gate = Gate(self.broker)
        self.relay = Relay(self.database, "tasks", self.gate, sweep=0.05)

    async def _see(self, got: Event) -> Handled:
        self.seen.append(got.id)
        return DONE

    def start(self) -> None:
        self.broker.start()
        self.relay.start()

    async def close(self) -> None:
        await self.relay.stop()
        await self.broker.stop()
        await self.database.close()

    async def send(self, *events: Event) -> None:
        def work(unit: UnitOfWork) -> None:
            for one in events:
                unit.send("tasks", one)

        await self.database.write(work)

    async def parked(self) -> list[tuple[str, str | None]]:
        rows = await self.database.read(lambda connection: outbox.parked(connection, "tasks"))
        return [(row.event_id, row.reason) for row in rows]

    async def waiting(self) -> int:
        return (await self.database.read(lambda connection: outbox.counts(connection, "tasks")))[0]


@pytest.fixture
async def world(database_url: str, anyio_backend: str) -> AsyncIterator[World]:  # noqa: ARG001  the loop comes first
    made = World(database_url)
    yield made
    await made.close()


async def test_a_commit_wakes_the_relay_and_the_outbox_is_emptied_in_order(world: World) -> None:
    world.start()
    for number in range(20):
        await world.send(event(f"e{number:02}"))
    await until(lambda: len(world.seen) == 20)
    assert world.seen == [f"e{number:02}" for number in range(20)]

    async def empty() -> bool:
        return await world.waiting() == 0

    await until(empty)
    assert {topic for topic, _ in world.gate.calls} == {Topic.TASK_EVENTS, Topic.TASK_UPDATES}


async def test_what_waits_is_published_in_batches(world: World) -> None:
    await world.send(*(event(f"e{number:03}") for number in range(120)))
    world.start()
    await until(lambda: len(world.seen) == 120)
    sizes = [len(names) for topic, names in world.gate.calls if topic is Topic.TASK_EVENTS]
    assert sizes == [50, 50, 20]  # a hundred rows, half of each topic


@pytest.mark.requirement("R-064")
async def test_what_an_ended_process_left_is_published_by_the_next(world: World) -> None:
    await world.send(event("left"))
    await world.close()
    world.open()
    world.start()
    await until(lambda: world.seen == ["left"])


async def test_while_the_broker_is_away_commands_succeed_and_everything_flows_when_it_is_back(world: World) -> None:
    world.gate.shut = True
    world.start()
    await world.send(event("first"))
    await until(lambda: world.gate.attempts() >= 2)
    await world.send(event("second"), event("third"))
    assert world.seen == []
    world.gate.shut = False
    await until(lambda: len(world.seen) == 3)
    assert world.seen == ["first", "second", "third"]


async def test_a_break_after_publishing_repeats_under_the_same_id(world: World) -> None:
    world.gate.breaks = 1
    await world.send(event("once"))
    world.start()
    await until(lambda: world.gate.attempts() == 2)
    published = [names for topic, names in world.gate.calls if topic is Topic.TASK_EVENTS]
    assert published == [["once"], ["once"]]
    await until(lambda: "once" in world.seen)


async def test_what_a_healthy_broker_refuses_is_parked_and_blocks_nobody(world: World) -> None:
    world.gate.refused = {"bad"}
    await world.send(event("before"), event("bad"), event("after"))
    world.start()
    await until(lambda: len(world.seen) == 2)
    assert world.seen == ["before", "after"]
    parked = await until(world.parked)
    assert parked == [("bad", "This one will never fit."), ("bad", "This one will never fit.")]  # of both topics


async def test_a_row_that_cannot_be_read_is_parked_with_the_reason(world: World) -> None:
    await world.send(event("bad"), event("good"))
    spoil = text("UPDATE tasks_outbox SET envelope = '{' WHERE event_id = 'bad' AND topic = 'task-events'")
    assert await world.database.write(lambda unit: unit.connection.execute(spoil).rowcount) == 1
    world.start()
    await until(lambda: world.seen == ["good"])
    [(name, reason)] = await until(world.parked)
    assert name == "bad"
    assert reason is not None
    assert reason.startswith("cannot be read")
