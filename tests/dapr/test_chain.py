"""From a completion to the next occurrence over real sidecars, with the product's own YAML, on both databases."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.domain.events import Event, Topic
from taskora.storage import dead_letters
from taskora.storage.database import Database
from tests.contracts.events import event
from tests.dapr.chain import Chain
from tests.dapr.stack import Redis, started
from tests.tasks.world import World, only, repeating, target
from tests.waiting import until

pytestmark = pytest.mark.anyio


@pytest.fixture
async def world(database_url: str, anyio_backend: str) -> AsyncIterator[World]:  # noqa: ARG001  the loop comes first
    database = Database(database_url)
    yield World(database)
    await database.close()


async def next_of(client: TasksClient, task: wire.Task) -> wire.Task | None:
    """The occurrence that follows a completed one, once it is there."""
    done = await client.task(task.id)
    return None if done.next is None or done.next.task_id is None else await client.task(done.next.task_id)


@pytest.mark.requirement("R-031")
async def test_a_completed_task_gets_its_next_occurrence_through_the_broker(
    world: World, redis: Redis, tmp_path: Path
) -> None:
    ada = world.client()
    async with Chain(redis, tmp_path, world.database, world.service.inbound).running() as chain:
        first = only(await ada.create([repeating()]))
        await ada.complete([target(first)])
        following = await until(lambda: next_of(ada, first))
        assert str(following.due.date if following.due else None) == "2026-11-26"
        assert (await ada.tasks()).tasks[0].id == following.id

        async def settled() -> bool:
            return await chain.backlog() == 0

        await until(settled)
    assert await world.database.read(dead_letters.listed) == []


@pytest.mark.requirement("R-061")
async def test_while_the_broker_is_away_tasks_are_written_and_their_events_flow_when_it_is_back(
    world: World, tmp_path: Path
) -> None:
    ada = world.client()
    server = Redis(tmp_path / "redis")
    with started(server):
        async with Chain(server, tmp_path, world.database, world.service.inbound).running() as chain:
            tasks = [only(await ada.create([repeating(f"standup {number}")])) for number in range(3)]
            await until(lambda: server.say("XLEN", "task-events") == ["3"])
            server.process.kill()
            for task in tasks:
                assert only(await ada.complete([target(task)])).status == "completed"
            assert await chain.backlog() >= 3
            await ada.create([wire.NewTask(title="bring the umbrella")])
            assert len((await ada.tasks()).tasks) == 1
            server.process.start()
            for task in tasks:
                await until(lambda: next_of(ada, task), limit=60)  # noqa: B023  awaited in this round
            assert len((await ada.tasks()).tasks) == 4


async def test_a_poison_message_is_kept_with_its_reason_and_blocks_nobody_and_can_be_replayed(
    world: World, redis: Redis, tmp_path: Path
) -> None:
    ada = world.client()
    async with Chain(redis, tmp_path, world.database, world.service.inbound).running() as chain:
        assert chain.broker is not None
        await chain.broker.publish(Topic.TASK_EVENTS, [event("poison")])
        first = only(await ada.create([repeating()]))
        await ada.complete([target(first)])
        await until(lambda: next_of(ada, first))
        [kept] = await until(lambda: world.database.read(dead_letters.listed))
        letter = kept.letter
        assert (letter.consumer, letter.topic, letter.event_id) == ("recurrence", "task-events", "poison")
        assert "malformed task.completed" in letter.reason
        await world.database.write(lambda unit: dead_letters.remove(unit.connection, kept))
        again = Event.from_dict(json.loads(letter.envelope))
        await chain.broker.redeliver(letter.consumer, Topic(letter.topic), [again])
        [twice] = await until(lambda: world.database.read(dead_letters.listed))
        assert twice.id != kept.id
        assert twice.letter.envelope == letter.envelope
