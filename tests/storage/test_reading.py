"""A read sees one state of the database and can change nothing."""

import asyncio

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from taskora.storage.database import Database
from tests.storage.samples import LIMIT, Gate, keys, put

pytestmark = pytest.mark.anyio


async def test_a_read_sees_one_state_even_when_a_write_comes_in_between(database: Database) -> None:
    loop = asyncio.get_running_loop()

    def query(connection: Connection) -> tuple[list[str], list[str]]:
        before = keys(connection)
        asyncio.run_coroutine_threadsafe(database.write(lambda unit: put(unit, "a")), loop).result(LIMIT)
        return before, keys(connection)

    assert await database.read(query) == ([], [])
    assert await database.read(keys) == ["a"]


async def test_a_read_that_writes_is_an_error_and_the_next_one_works(database: Database) -> None:
    with pytest.raises(OperationalError, match="readonly"):
        await database.read(lambda connection: connection.execute(text("DELETE FROM state_entry")))
    assert await database.read(keys) == []


async def test_an_exception_in_a_query_comes_out_and_the_next_read_works(database: Database) -> None:
    def query(_: Connection) -> None:
        raise ValueError("no")

    for _ in range(10):
        with pytest.raises(ValueError, match="no"):
            await database.read(query)
    assert await database.read(keys) == []


async def test_a_slow_read_does_not_hold_up_the_others(database: Database) -> None:
    gate = Gate()

    def slow(connection: Connection) -> list[str]:
        gate.reached.set()
        assert gate.opened.wait(LIMIT)
        return keys(connection)

    reading = asyncio.ensure_future(database.read(slow))
    assert await database.read(keys) == []
    await database.write(lambda unit: put(unit, "a"))
    gate.opened.set()
    await reading
