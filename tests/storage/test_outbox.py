"""The outbox gives events back in order, under the id they were written with, until the broker holds them."""

import asyncio
import json
from functools import partial

import pytest

from taskora.domain.events import Event
from taskora.storage import outbox
from taskora.storage.database import Database
from taskora.storage.unit_of_work import UnitOfWork
from tests.storage.samples import add_user, change, event, numbered

pytestmark = pytest.mark.anyio


@pytest.fixture
def url(database_url: str) -> str:
    """Let every test of this module run on both systems."""
    return database_url


async def waiting(database: Database) -> list[outbox.Waiting]:
    return await database.read(lambda connection: outbox.pending(connection, "tasks"))


async def counts(database: Database) -> tuple[int, int]:
    return await database.read(lambda connection: outbox.counts(connection, "tasks"))


async def test_an_event_has_a_row_for_each_topic_of_its_type_and_reads_back_whole(database: Database) -> None:
    created, command = event(words="Büro"), event(type_="task.create")
    for each in (created, command):
        await database.write(partial(UnitOfWork.send, service="tasks", event=each))
    rows = await waiting(database)
    assert [(row.event_id, row.topic) for row in rows] == [
        (created.id, "task-events"),
        (created.id, "task-updates"),
        (command.id, "task-commands"),
    ]
    assert Event.from_dict(json.loads(rows[0].envelope)) == created
    assert rows[0].user_id == "ann"


async def test_rows_of_a_user_come_in_the_order_of_their_changes(database: Database) -> None:
    def work(unit: UnitOfWork) -> int:
        number = unit.record(change(event()))
        unit.send("tasks", event(number=number))
        return number

    await database.write(add_user)
    await asyncio.gather(*(database.write(work) for _ in range(30)))
    rows = await database.read(lambda connection: outbox.pending(connection, "tasks", 100))
    numbers = [json.loads(row.envelope)["data"]["number"] for row in rows]
    assert numbers == [number for number in range(1, 31) for _ in range(2)]
    assert [row.id for row in rows] == sorted(row.id for row in rows)


async def test_a_limit_takes_the_oldest(database: Database) -> None:
    await database.write(add_user)
    for _ in range(3):
        await database.write(numbered)
    rows = await database.read(lambda connection: outbox.pending(connection, "tasks", 2))
    assert [row.id for row in rows] == [row.id for row in (await waiting(database))[:2]]


async def test_what_was_sent_is_gone_and_its_place_in_the_order_never_comes_again(database: Database) -> None:
    await database.write(lambda unit: unit.send("tasks", event()))
    ids = [row.id for row in await waiting(database)]
    await database.write(lambda unit: outbox.sent(unit.connection, "tasks", ids))
    assert await waiting(database) == []
    assert await counts(database) == (0, 0)
    await database.write(lambda unit: unit.send("tasks", event()))
    assert min(row.id for row in await waiting(database)) > max(ids)


async def test_a_parked_row_holds_up_nobody_and_comes_back_in_its_place(database: Database) -> None:
    await database.write(lambda unit: unit.send("tasks", event(type_="task.create")))
    await database.write(lambda unit: unit.send("tasks", event(type_="task.create")))
    first, second = await waiting(database)
    await database.write(lambda unit: outbox.park(unit.connection, "tasks", first.id, "too large"))
    assert await waiting(database) == [second]
    assert await counts(database) == (1, 1)
    (aside,) = await database.read(lambda connection: outbox.parked(connection, "tasks"))
    assert (aside.id, aside.reason) == (first.id, "too large")
    ids = [first.id, second.id]
    assert await database.write(lambda unit: outbox.replay(unit.connection, "tasks", ids)) == 1
    assert await waiting(database) == [first, second]
    assert await counts(database) == (2, 0)
