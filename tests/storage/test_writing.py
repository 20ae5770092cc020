"""A write is all or nothing, durable when it returns, and stands apart from those that share its commit."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from taskora.domain.errors import TooLarge, Unavailable
from taskora.storage.database import Database
from taskora.storage.unit_of_work import UnitOfWork
from tests.storage.samples import Gate, add_user, count, event, keys, numbered, put
from tests.waiting import until

pytestmark = pytest.mark.anyio


async def test_a_write_returns_the_value_of_its_work(database: Database) -> None:
    assert await database.write(lambda _: 42) == 42


async def test_a_write_is_there_for_another_connection_when_it_returns(database: Database, path: Path) -> None:
    await database.write(lambda unit: put(unit, "a"))
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT key FROM state_entry").fetchall() == [("a",)]
    other.close()


async def test_an_exception_undoes_the_whole_work_and_comes_out(database: Database) -> None:
    await database.write(add_user)

    def work(unit: UnitOfWork) -> None:
        put(unit, "a")
        numbered(unit)
        unit.flush()
        put(unit, "a")

    with pytest.raises(IntegrityError):
        await database.write(work)
    assert await database.read(keys) == []
    assert await database.read(lambda connection: count(connection, "tasks_change")) == 0
    assert await database.read(lambda connection: count(connection, "tasks_outbox")) == 0
    assert await database.write(numbered) == 1


async def test_works_that_wait_together_share_one_commit(database: Database) -> None:
    woken: list[int] = []
    await database.write(add_user)
    database.on_commit(lambda: woken.append(1))
    gate = Gate()
    first = asyncio.ensure_future(database.write(gate.work))
    await until(gate.reached.is_set)
    others = [asyncio.ensure_future(database.write(numbered)) for _ in range(10)]
    await asyncio.sleep(0)
    gate.opened.set()
    await first
    assert await asyncio.gather(*others) == list(range(1, 11))
    assert woken == [1]


async def test_a_work_that_fails_leaves_the_others_of_its_group_untouched(database: Database) -> None:
    def fail(unit: UnitOfWork) -> None:
        put(unit, "bad")
        numbered(unit)
        unit.flush()
        raise ValueError("no")

    await database.write(add_user)
    gate = Gate()
    first = asyncio.ensure_future(database.write(gate.work))
    await until(gate.reached.is_set)
    works: list[Callable[[UnitOfWork], object]] = [numbered, fail, numbered, fail, lambda unit: put(unit, "good")]
    others = [asyncio.ensure_future(database.write(work)) for work in works]
    await asyncio.sleep(0)
    gate.opened.set()
    await first
    one, two, three, four, five = await asyncio.gather(*others, return_exceptions=True)
    assert (one, three, five) == (1, 2, None)
    assert isinstance(two, ValueError)
    assert isinstance(four, ValueError)
    assert await database.read(keys) == ["gate", "good"]
    assert await database.read(lambda connection: count(connection, "tasks_outbox")) == 4


async def test_nothing_is_seen_before_the_commit_and_a_reader_does_not_wait_for_it(database: Database) -> None:
    gate = Gate()
    writing = asyncio.ensure_future(database.write(gate.work))
    await until(gate.reached.is_set)
    assert await database.read(keys) == []
    gate.opened.set()
    await writing
    assert await database.read(keys) == ["gate"]


async def test_the_wake_up_comes_on_the_loop_after_the_commit_and_only_for_events(
    database: Database, path: Path
) -> None:
    seen: list[tuple[int, bool]] = []

    def listener() -> None:
        other = sqlite3.connect(path)
        (rows,) = other.execute("SELECT count(*) FROM tasks_outbox").fetchone()
        other.close()
        seen.append((rows, threading.current_thread() is threading.main_thread()))

    database.on_commit(listener)
    await database.write(add_user)
    assert seen == []
    await database.write(numbered)
    await until(lambda: seen)
    assert seen == [(2, True)]


async def test_a_write_whose_caller_gave_up_before_its_turn_is_not_carried_out(database: Database) -> None:
    gate = Gate()
    first = asyncio.ensure_future(database.write(gate.work))
    await until(gate.reached.is_set)
    given_up = asyncio.ensure_future(database.write(lambda unit: put(unit, "given up")))
    await asyncio.sleep(0)
    given_up.cancel()
    last = asyncio.ensure_future(database.write(lambda unit: put(unit, "last")))
    await asyncio.sleep(0)
    gate.opened.set()
    await asyncio.gather(first, last)
    assert await database.read(keys) == ["gate", "last"]


async def test_closing_finishes_what_was_asked_for_and_refuses_what_comes_later(url: str) -> None:
    database = Database(url)
    writes = [asyncio.ensure_future(database.write(lambda unit, n=n: put(unit, f"k{n}"))) for n in range(5)]  # type: ignore[misc]  # mypy can't infer a lambda with a default
    await asyncio.sleep(0)
    await database.close()
    await asyncio.gather(*writes)
    with pytest.raises(Unavailable):
        await database.write(lambda unit: put(unit, "late"))
    with pytest.raises(Unavailable):
        await database.read(keys)
    again = Database(url)
    assert await again.read(keys) == ["k0", "k1", "k2", "k3", "k4"]
    await again.close()


async def test_an_event_over_the_limit_is_refused_and_nothing_is_kept(database: Database) -> None:
    def work(unit: UnitOfWork) -> None:
        put(unit, "a")
        unit.send("tasks", event(words="x" * 256 * 1024))

    with pytest.raises(TooLarge):
        await database.write(work)
    assert await database.read(keys) == []


async def test_a_work_that_ends_the_transaction_itself_is_an_error(database: Database) -> None:
    def work(unit: UnitOfWork) -> None:
        put(unit, "a")
        unit.connection.commit()

    with pytest.raises(RuntimeError, match="transaction"):
        await database.write(work)
    await database.write(lambda unit: put(unit, "b"))
    assert "b" in await database.read(keys)
