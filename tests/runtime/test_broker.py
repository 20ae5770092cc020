"""What the embedded broker promises beyond the contract of every host: order, and no second delivery of what still waits."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from taskora.domain.errors import StorageBusy
from taskora.domain.events import Event
from taskora.runtime.embedded.broker import Broker
from taskora.runtime.embedded.consumer import Retry
from taskora.runtime.ports import DONE, Handled, Outcome
from taskora.storage import dead_letters
from taskora.storage.database import Database
from tests.contracts.events import Recorder, event, publish, subscription
from tests.waiting import until

pytestmark = pytest.mark.anyio


class World:
    """A broker over a database of either system."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.broker = Broker(database, retry=Retry(attempts=3, first=0.01, cap=0.02, patience=0.5))

    async def subscribe(self, *subscriptions: object) -> Broker:
        self.broker.subscribe(subscriptions)  # type: ignore[arg-type]  # see the callers
        self.broker.start()
        return self.broker


@pytest.fixture
async def world(database_url: str, anyio_backend: str) -> AsyncIterator[World]:  # noqa: ARG001  the loop comes first
    made = World(Database(database_url))
    yield made
    await made.broker.stop()
    await made.database.close()


async def test_events_of_a_user_come_in_order(world: World) -> None:
    recorder = Recorder()
    publisher = await world.subscribe(subscription(recorder))
    names = [f"e{number:03}" for number in range(150)]
    for start in range(0, 150, 30):
        await publish(publisher, *(event(name) for name in names[start : start + 30]))
    await until(lambda: len(recorder.seen) == 150)
    assert recorder.seen == names


async def test_a_repeated_publish_of_what_still_waits_is_ignored(world: World) -> None:
    released = asyncio.Event()
    seen: list[str] = []

    async def wait_for_release(got: Event) -> Handled:
        seen.append(got.id)
        await released.wait()
        return DONE

    publisher = await world.subscribe(subscription(wait_for_release))
    await publish(publisher, event("e1"))
    await until(lambda: seen)
    await publish(publisher, event("e1"), event("e2"))
    released.set()
    await until(lambda: "e2" in seen)
    assert seen == ["e1", "e2"]


async def test_attempts_while_a_part_is_away_do_not_count(world: World) -> None:
    recorder = Recorder({"e1": [StorageBusy()] * 4 + [Handled(Outcome.RETRY, "once"), StorageBusy()]})
    publisher = await world.subscribe(subscription(recorder))
    await publish(publisher, event("e1"))
    await until(lambda: len(recorder.seen) == 7)
    assert await world.broker.backlog() in {0, 1}
    assert await world.database.read(dead_letters.count) == 0


async def test_a_handler_that_runs_when_the_broker_stops_ends_and_is_not_repeated(world: World) -> None:
    released = asyncio.Event()
    ended: list[str] = []

    async def slow(got: Event) -> Handled:
        await released.wait()
        ended.append(got.id)
        return DONE

    begun = Recorder()

    async def note_and_wait(got: Event) -> Handled:
        await begun(got)
        return await slow(got)

    publisher = await world.subscribe(subscription(note_and_wait))
    await publish(publisher, event("e1"))
    await until(lambda: begun.seen)
    stopping = asyncio.create_task(world.broker.stop())
    await asyncio.sleep(0)
    released.set()
    await stopping
    assert ended == ["e1"]
    assert await world.broker.backlog() == 0
