"""A read sees one state of the database and can change nothing."""

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from taskora.storage.database import Database
from tests.storage.samples import LIMIT, keys, put
from tests.waiting import until

pytestmark = pytest.mark.anyio


async def test_a_read_sees_one_state_even_when_a_write_comes_in_between(database: Database, path: Path) -> None:
    def query(connection: Connection) -> tuple[list[str], list[str]]:
        before = keys(connection)
        with sqlite3.connect(path) as other:
            other.execute("INSERT INTO state_entry (key, value, etag) VALUES ('a', '1', '')")
        other.close()
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


async def test_a_long_query_goes_on_in_a_thread_and_holds_up_neither_reads_nor_writes(database: Database) -> None:
    done = threading.Event()
    threads: list[threading.Thread] = []
    loops = text(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :end) SELECT count(*) FROM n"
    )

    def long(connection: Connection) -> bool:
        before = keys(connection)
        threads.append(threading.current_thread())
        connection.execute(loops, {"end": 1_000_000}).all()
        assert done.wait(LIMIT)
        return before == keys(connection) == []

    reading = asyncio.ensure_future(database.read(long))
    await until(lambda: len(threads) == 2)
    assert await database.read(keys) == []
    await database.write(lambda unit: put(unit, "a"))
    assert await database.read(keys) == ["a"]
    done.set()
    assert await reading
    assert threads[0] is threading.main_thread()
    assert threads[1] is not threading.main_thread()


async def test_an_error_of_a_long_query_comes_out_as_well(database: Database) -> None:
    calls: list[int] = []

    def query(connection: Connection) -> None:
        calls.append(1)
        if len(calls) == 1:
            connection.execute(
                text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n")
            )
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await database.read(query)
    assert len(calls) == 2


async def test_the_end_of_patience_never_breaks_off_the_end_of_a_read(url: str) -> None:
    database = Database(url, patience=0.0)
    await database.write(lambda unit: put(unit, "a"))
    for _ in range(5000):
        assert await database.read(keys) == ["a"]
    await database.close()


async def test_a_coroutine_that_reads_again_and_again_lets_others_have_their_turn(database: Database) -> None:
    others: list[int] = []

    async def other() -> None:
        for turn in range(5):
            others.append(turn)
            await asyncio.sleep(0)

    running = asyncio.ensure_future(other())
    for _ in range(20):
        await database.read(keys)
    assert others == [0, 1, 2, 3, 4]
    await running
