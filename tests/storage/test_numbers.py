"""The change log numbers a user's changes without a hole, whoever writes at the same time."""

import asyncio

import pytest

from taskora.storage import changes
from taskora.storage.database import Database
from taskora.storage.unit_of_work import UnitOfWork
from tests.storage.samples import add_user, change, event, numbered

pytestmark = pytest.mark.anyio


@pytest.fixture
def url(database_url: str) -> str:
    """Let every test of this module run on both systems."""
    return database_url


async def test_fifty_writers_at_once_leave_no_hole_though_every_third_fails(database: Database) -> None:
    def fail(unit: UnitOfWork) -> int:
        numbered(unit)
        raise ValueError("no")

    async def client(number: int) -> None:
        for turn in range(6):
            if (number + turn) % 3:
                await database.write(numbered)
            else:
                with pytest.raises(ValueError, match="no"):
                    await database.write(fail)

    await database.write(add_user)
    await asyncio.gather(*(client(number) for number in range(50)))
    log = await database.read(lambda connection: changes.since(connection, "tasks", "ann", 0, 1000))
    assert [entry.sequence for entry in log] == list(range(1, 201))


async def test_users_count_apart_also_within_one_work(database: Database) -> None:
    def work(unit: UnitOfWork) -> list[int]:
        return [numbered(unit, user) for user in ("ann", "bob", "ann", "ann", "bob")]

    await database.write(add_user)
    await database.write(lambda unit: add_user(unit, "bob"))
    assert await database.write(work) == [1, 1, 2, 3, 2]
    assert await database.write(lambda unit: (numbered(unit, "ann"), numbered(unit, "bob"))) == (4, 3)


async def test_a_flush_in_the_middle_goes_on_with_the_next_number(database: Database) -> None:
    def work(unit: UnitOfWork) -> tuple[list[int], int]:
        first = [numbered(unit), numbered(unit)]
        unit.flush()
        seen = len(changes.since(unit.connection, "tasks", "ann", 0))
        return [*first, numbered(unit)], seen

    await database.write(add_user)
    assert await database.write(work) == ([1, 2, 3], 2)
    assert await database.write(numbered) == 4


async def test_a_change_without_a_counter_row_is_an_error(database: Database) -> None:
    with pytest.raises(LookupError, match="ann"):
        await database.write(numbered)


async def test_a_change_reads_back_as_it_was_written(database: Database) -> None:
    written = change(event("ann"), "command-7")
    await database.write(add_user)
    await database.write(lambda unit: unit.record(written))
    expected = [changes.NumberedChange(1, written)]
    assert await database.read(lambda connection: changes.since(connection, "tasks", "ann", 0)) == expected
    assert (
        await database.read(lambda connection: changes.of_command(connection, "tasks", "ann", "command-7")) == expected
    )
    assert await database.read(lambda connection: changes.since(connection, "tasks", "ann", 1)) == []
    assert await database.read(lambda connection: changes.of_command(connection, "tasks", "bob", "command-7")) == []
