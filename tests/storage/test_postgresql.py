"""What is PostgreSQL's own: connections that are shared, lost and found again, processes that tell each other, locks."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from taskora.domain.errors import CannotStart, StorageBusy, Unavailable
from taskora.storage import changes
from taskora.storage.database import Database
from taskora.storage.migration import migrate
from taskora.storage.unit_of_work import UnitOfWork
from tests.postgresql import Server
from tests.storage.samples import add_user, keys, numbered, put
from tests.waiting import until

pytestmark = pytest.mark.anyio


@pytest.fixture
async def database(postgresql_url: str, anyio_backend: str) -> AsyncIterator[Database]:  # noqa: ARG001  the loop comes first
    database = Database(postgresql_url, wait=10.0, pool_size=5)
    yield database
    await database.close()


@pytest.fixture
async def other(postgresql_url: str, anyio_backend: str) -> AsyncIterator[Database]:  # noqa: ARG001  the loop comes first
    """Give the door of another process to the same database."""
    other = Database(postgresql_url, wait=10.0, pool_size=5)
    yield other
    await other.close()


@pytest.fixture
def own_server() -> Iterator[Server]:
    """Give a server that the test may kill."""
    server = Server(("-c", "shared_buffers=32MB"))  # durable: what it acknowledged must be there after the kill
    server.start()
    yield server
    server.stop()


@pytest.mark.requirement("R-018")
async def test_fifty_writers_of_one_user_in_two_processes_leave_no_hole(database: Database, other: Database) -> None:
    await database.write(add_user)

    async def client(number: int) -> list[int]:
        door = (database, other)[number % 2]
        return [await door.write(numbered) for _ in range(4)]

    given = await asyncio.gather(*(client(number) for number in range(50)))
    assert sorted(number for numbers in given for number in numbers) == list(range(1, 201))
    log = await other.read(lambda connection: changes.since(connection, "tasks", "ann", 0, 1000))
    assert [entry.sequence for entry in log] == list(range(1, 201))


@pytest.mark.requirement("R-016")
async def test_who_finds_every_connection_in_use_waits_shortly_and_is_told_that_the_database_is_busy(
    postgresql_url: str, database: Database
) -> None:
    narrow = Database(postgresql_url, wait=0.3, pool_size=1)
    await narrow.write(lambda unit: put(unit, "before"))
    slow = asyncio.ensure_future(
        narrow.write(lambda unit: unit.connection.execute(text("SELECT pg_sleep(1.2)")).close())
    )
    await asyncio.sleep(0)  # it has the connection
    refused = await asyncio.gather(
        narrow.write(lambda unit: put(unit, "refused")), narrow.read(keys), return_exceptions=True
    )
    assert [type(one) for one in refused] == [StorageBusy, StorageBusy]
    await slow
    assert await narrow.read(keys) == ["before"]
    await narrow.write(lambda unit: put(unit, "later"))
    assert await database.read(keys) == ["before", "later"]
    await narrow.close()


async def test_a_short_queue_is_waited_for(postgresql_url: str) -> None:
    narrow = Database(postgresql_url, wait=10.0, pool_size=2)
    await asyncio.gather(*(narrow.write(partial(put, key=f"k{n:02}")) for n in range(40)))
    assert await narrow.read(keys) == [f"k{n:02}" for n in range(40)]
    await narrow.close()


async def test_two_works_that_lock_each_other_out_are_both_done(database: Database) -> None:
    await database.write(add_user)
    await database.write(lambda unit: add_user(unit, "bob"))
    met = 0

    def crossing(first: str, second: str) -> Callable[[UnitOfWork], None]:
        def work(unit: UnitOfWork) -> None:
            nonlocal met
            met += 1
            lock = text("SELECT 1 FROM tasks_user WHERE user_id = :user FOR UPDATE")
            unit.connection.execute(lock, {"user": first})
            unit.connection.execute(text("SELECT pg_sleep(0.2)"))
            unit.connection.execute(lock, {"user": second})
            put(unit, first)

        return work

    await asyncio.gather(database.write(crossing("ann", "bob")), database.write(crossing("bob", "ann")))
    assert await database.read(keys) == ["ann", "bob"]
    assert met >= 3  # one of them once more


async def test_a_commit_in_one_process_wakes_the_relay_of_another(database: Database, other: Database) -> None:
    woken = asyncio.Event()
    other.on_commit(woken.set)
    assert await other.claim("relay")
    await database.write(add_user)
    await database.write(numbered)
    async with asyncio.timeout(10):
        await woken.wait()


async def test_a_process_tells_of_its_commits_whatever_locks_it_holds_itself(
    database: Database, other: Database
) -> None:
    woken = asyncio.Event()
    other.on_commit(woken.set)
    assert await database.claim("something else")
    assert await other.claim("relay")
    await database.write(add_user)
    await database.write(numbered)
    async with asyncio.timeout(10):
        await woken.wait()


async def test_a_query_of_several_statements_sees_one_state_from_its_first_run_on(
    database: Database, other: Database
) -> None:
    seen: list[tuple[list[str], str, list[str]]] = []

    def look(connection: Connection) -> None:
        first = keys(connection)
        level: str = connection.execute(text("SHOW transaction_isolation")).scalar_one()
        connection.execute(text("SELECT pg_sleep(0.2)")).close()
        seen.append((first, level, keys(connection)))

    reading = asyncio.ensure_future(database.read(look))
    for number in range(5):
        await other.write(partial(put, key=f"k{number}"))
    await reading
    await database.read(look)
    assert [level for _, level, _ in seen] == ["repeatable read"] * 2
    assert all(first == last for first, _, last in seen)
    assert seen[1][0] == [f"k{number}" for number in range(5)]


async def test_a_query_that_writes_is_refused_and_nothing_kept(database: Database) -> None:
    for _ in range(2):
        with pytest.raises(DBAPIError, match="read-only transaction"):
            await database.read(
                lambda connection: connection.execute(
                    text("INSERT INTO state_entry (key, value, etag) VALUES ('k', '1', '')")
                ).close()
            )
    assert await database.read(keys) == []


async def test_a_query_of_one_select_goes_without_a_transaction_around_it(database: Database) -> None:
    def level(connection: Connection) -> str:
        found: str = connection.execute(text("SELECT current_setting('transaction_isolation')")).scalar_one()
        return found

    assert [await database.read(level) for _ in range(3)] == ["read committed"] * 3


async def test_a_lock_is_held_by_one_process_until_that_one_ends(database: Database, other: Database) -> None:
    assert await database.claim("relay")
    assert await database.claim("relay")
    assert not await other.claim("relay")
    assert await other.claim("something else")
    await database.close()
    assert await until(lambda: other.claim("relay"))


async def test_a_lock_goes_with_its_connection(database: Database, other: Database) -> None:
    assert await database.claim("relay")
    await other.read(
        lambda connection: connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE application_name = 'taskora signals' AND datname = current_database()"
            )
        ).all()
    )
    assert await until(lambda: other.claim("relay"))
    assert not await database.claim("relay")


async def test_connections_that_were_cut_are_opened_anew_unnoticed(database: Database, other: Database) -> None:
    await database.write(lambda unit: put(unit, "a"))
    others = "pid <> pg_backend_pid() AND datname = current_database()"
    cut = text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")  # noqa: S608  our own words
    await other.read(lambda connection: connection.execute(cut).all())
    await database.write(lambda unit: put(unit, "b"))
    assert await database.read(keys) == ["a", "b"]


@pytest.mark.timeout(180)
async def test_a_server_that_is_killed_under_load_loses_nothing_acknowledged_and_is_found_again(
    own_server: Server,
) -> None:
    url = await asyncio.to_thread(own_server.empty)
    await asyncio.to_thread(migrate, url)
    database = Database(url, wait=5.0)
    await database.write(add_user)
    acknowledged: list[int] = []
    refused: list[Exception] = []
    ending = asyncio.Event()

    async def client() -> None:
        while not ending.is_set():
            try:
                acknowledged.append(await database.write(numbered))
            except Unavailable as error:
                refused.append(error)
                await asyncio.sleep(0.02)

    clients = [asyncio.ensure_future(client()) for _ in range(8)]
    for _ in range(2):
        seen = len(acknowledged)
        await until(lambda seen=seen: len(acknowledged) > seen + 100)  # type: ignore[misc]  # bound in this turn
        await asyncio.to_thread(own_server.kill)
        away = len(refused)
        await until(lambda away=away: len(refused) > away)  # type: ignore[misc]  # the same
        await asyncio.to_thread(own_server.start)
    seen = len(acknowledged)
    await until(lambda: len(acknowledged) > seen + 50)
    ending.set()
    await asyncio.gather(*clients)
    log = await database.read(lambda connection: changes.since(connection, "tasks", "ann", 0, 100_000))
    assert [entry.sequence for entry in log] == list(range(1, len(log) + 1))
    assert set(acknowledged) <= {entry.sequence for entry in log}
    assert len(acknowledged) == len(set(acknowledged))
    await database.close()


async def test_a_server_that_is_not_there_is_said_to_be_away_and_a_wrong_name_to_be_wrong(
    postgresql_server: Server,
) -> None:
    nowhere = Database("postgresql://taskora@127.0.0.1:1/nowhere", wait=1.0)
    with pytest.raises(Unavailable, match="cannot be reached"):
        await nowhere.read(keys)
    await nowhere.close()
    unknown = Database(postgresql_server.url("unknown"), wait=1.0)
    with pytest.raises(CannotStart, match="no such database"):
        await unknown.read(keys)
    await unknown.close()
