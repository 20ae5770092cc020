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
from tests.storage.samples import LIMIT, add_user, count, event, keys, numbered, put
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


@pytest.mark.parametrize(("turn", "commits"), [(LIMIT, 1), (0.0, 10)])
async def test_works_that_are_asked_for_together_share_a_commit_as_long_as_their_turn_lasts(
    url: str, turn: float, commits: int
) -> None:
    database = Database(url, turn=turn)
    woken: list[int] = []
    await database.write(add_user)
    database.on_commit(lambda: woken.append(1))
    assert await asyncio.gather(*(database.write(numbered) for _ in range(10))) == list(range(1, 11))
    assert len(woken) == commits
    await database.close()


async def test_a_work_that_fails_leaves_the_others_of_its_group_untouched(url: str) -> None:
    database = Database(url, turn=LIMIT)

    def fail(unit: UnitOfWork) -> None:
        put(unit, "bad")
        numbered(unit)
        unit.flush()
        raise ValueError("no")

    await database.write(add_user)
    works: list[Callable[[UnitOfWork], object]] = [numbered, fail, numbered, fail, lambda unit: put(unit, "good")]
    answers = await asyncio.gather(*(database.write(work) for work in works), return_exceptions=True)
    one, two, three, four, five = answers
    assert (one, three, five) == (1, 2, None)
    assert isinstance(two, ValueError)
    assert isinstance(four, ValueError)
    assert await database.read(keys) == ["good"]
    assert await database.read(lambda connection: count(connection, "tasks_outbox")) == 4
    await database.close()


async def test_nothing_is_seen_before_the_commit(database: Database, path: Path) -> None:
    def work(unit: UnitOfWork) -> list[object]:
        put(unit, "a")
        unit.flush()
        other = sqlite3.connect(path)
        seen = other.execute("SELECT key FROM state_entry").fetchall()
        other.close()
        return seen

    assert await database.write(work) == []
    assert await database.read(keys) == ["a"]


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
    given_up = asyncio.ensure_future(database.write(lambda unit: put(unit, "given up")))
    await asyncio.sleep(0)
    given_up.cancel()
    await database.write(lambda unit: put(unit, "last"))
    assert given_up.cancelled()
    assert await database.read(keys) == ["last"]


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
