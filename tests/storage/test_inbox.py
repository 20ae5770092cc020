"""A consumer does an event once, and whether it did is decided with its effect."""

import asyncio

import pytest

from taskora.storage.database import Database
from taskora.storage.inbox import forget
from taskora.storage.unit_of_work import UnitOfWork
from tests.storage.samples import count, keys, put

pytestmark = pytest.mark.anyio


@pytest.fixture
def url(database_url: str) -> str:
    """Let every test of this module run on both systems."""
    return database_url


async def first_time(database: Database, event_id: str = "e", topic: str = "t", consumer: str = "c") -> bool:
    return await database.write(lambda unit: unit.first_time("tasks", event_id, topic, consumer))


async def test_only_the_first_time_is_the_first_time(database: Database) -> None:
    assert await first_time(database)
    assert not await first_time(database)


async def test_event_topic_and_consumer_are_told_apart(database: Database) -> None:
    assert await first_time(database)
    assert await first_time(database, event_id="other")
    assert await first_time(database, topic="other")
    assert await first_time(database, consumer="other")


async def test_an_effect_that_failed_has_not_been_done(database: Database) -> None:
    def work(unit: UnitOfWork) -> None:
        assert unit.first_time("tasks", "e", "t", "c")
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await database.write(work)
    assert await first_time(database)


async def test_twenty_deliveries_at_once_have_one_effect(database: Database) -> None:
    def work(unit: UnitOfWork) -> bool:
        first = unit.first_time("tasks", "e", "t", "c")
        if first:
            put(unit, "effect")
        return first

    answers = await asyncio.gather(*(database.write(work) for _ in range(20)))
    assert sorted(answers) == [False] * 19 + [True]
    assert await database.read(keys) == ["effect"]


async def test_only_what_is_old_enough_is_forgotten(database: Database) -> None:
    await first_time(database)
    assert await database.write(lambda unit: forget(unit.connection, "tasks", 3600)) == 0
    assert not await first_time(database)
    assert await database.write(lambda unit: forget(unit.connection, "tasks", -1)) == 1
    assert await database.read(lambda connection: count(connection, "tasks_inbox")) == 0
