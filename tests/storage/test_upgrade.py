"""A database of the first revision, with what its version wrote, is brought to this one on both systems and goes on working."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from taskora.api import wire
from taskora.domain.errors import CannotStart, FolderUnusable
from taskora.domain.events import Event
from taskora.storage import migration, postgresql
from taskora.storage.changes import event_of, since
from taskora.storage.columns import to_json
from taskora.storage.database import Database
from taskora.storage.migration import head_revision, migrate
from taskora.storage.sqlite import SqliteEngine
from tests.postgresql import Server
from tests.tasks.world import World

ROWS = (Path(__file__).parent / "data" / "revision_0001.sql").read_text(encoding="utf-8").split(";\n")[:-1]


def fill(connection: Connection) -> None:
    """Make the tables as the first version did, with the rows that it wrote."""
    assert migration._revision(connection) is None  # and the connection knows that it is in a transaction
    command.upgrade(migration._config(connection), "0001")
    for row in ROWS:
        connection.exec_driver_sql(row)


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    path = tmp_path / "taskora.db"
    make_old_file(path)
    return path


def make_old_file(path: Path) -> None:
    """Make a file as the first version left it."""
    engine = SqliteEngine(f"sqlite:///{path}", wait=5, to_json=to_json)
    connection = engine.connect()
    engine.begin(connection)
    fill(connection)
    engine.commit(connection)
    engine.close(connection)


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest) -> Iterator[str]:
    """Give the URL of a database of the first revision."""
    if request.param == "sqlite":
        yield f"sqlite:///{request.getfixturevalue('old_file')}"
        return
    server: Server = request.getfixturevalue("postgresql_server")
    url = server.empty()
    asyncio.run(_fill(postgresql.open_engine(url, wait=5)))
    yield url
    server.drop(url)


async def _fill(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.run_sync(fill)
    await engine.dispose()
    await asyncio.sleep(0)


@pytest.fixture
async def world(old: str, anyio_backend: str) -> AsyncIterator[World]:  # noqa: ARG001  the loop comes first
    before = await asyncio.to_thread(migrate, old)
    assert before == "0001"
    database = Database(old)
    yield World(database)
    await database.close()


@pytest.mark.anyio
@pytest.mark.requirement("R-017")
async def test_tasks_of_before_are_listed_searched_changed_and_undone(world: World) -> None:
    someone = world.client("local")
    page = await someone.tasks(wire.TaskQuery(sort="number"))
    assert [task.title for task in page.tasks] == ["pay rent"]
    assert page.tasks[0].tags == ["home"]
    assert page.tasks[0].repeats is not None
    trash = await someone.tasks(wire.TaskQuery(text="buro farbe", status="all", trash=True))
    assert [task.title for task in trash.tasks] == ["Büro streichen"]
    assert [task.title for task in (await someone.tasks(wire.TaskQuery(tag=["home"]))).tasks] == ["pay rent"]
    await someone.update([wire.TaskEdit(task="pay rent", title="pay the rent")])
    assert [task.title for task in (await someone.tasks(wire.TaskQuery(text="the rent"))).tasks] == ["pay the rent"]
    await someone.undo()
    assert (await someone.preferences()).week_start == "sunday"


@pytest.mark.anyio
async def test_an_event_that_waited_is_delivered_and_the_next_occurrence_made(world: World) -> None:
    someone = world.client("local")
    await world.settle()
    (standup,) = (await someone.tasks(wire.TaskQuery(text="standup"))).tasks
    assert standup.due_text == "Fri 27 Nov 2026, 09:00"


@pytest.mark.anyio
async def test_a_key_of_before_gives_the_first_answer_again_and_the_log_goes_on(world: World) -> None:
    someone = world.client("local")
    log = await world.database.read(lambda connection: since(connection, "tasks", "local", 0, 1000))
    assert [entry.sequence for entry in log] == list(range(1, len(log) + 1))
    assert all(isinstance(event_of(entry), Event) for entry in log)
    await someone.create([wire.NewTask(title="new")])
    later = await world.database.read(lambda connection: since(connection, "tasks", "local", len(log)))
    assert [entry.sequence for entry in later] == [len(log) + 1]


def test_a_file_is_copied_before_it_is_changed_and_the_copy_is_whole(old_file: Path) -> None:
    migrate(f"sqlite:///{old_file}")
    (copy,) = old_file.parent.glob("taskora.db.of-*")
    assert copy.name == "taskora.db.of-0001"
    assert copy.stat().st_mode & 0o077 == 0
    with sqlite3.connect(copy) as kept:
        assert kept.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
        assert kept.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert kept.execute("SELECT count(*) FROM tasks_task").fetchone()[0] >= 6
    kept.close()
    migrate(f"sqlite:///{old_file}")
    assert len(list(old_file.parent.glob("taskora.db.of-*"))) == 1


def test_a_file_that_cannot_be_copied_is_not_changed(old_file: Path) -> None:
    (old_file.parent / "taskora.db.of-0001.new").mkdir()
    with pytest.raises(FolderUnusable):
        migrate(f"sqlite:///{old_file}")
    assert migration.current_revision(f"sqlite:///{old_file}") == "0001"


def test_two_processes_that_migrate_at_once_both_find_the_database_at_the_head(old: str) -> None:
    async def both() -> list[str | None]:
        return await asyncio.gather(*(asyncio.to_thread(migrate, old, wait=30.0) for _ in range(2)))

    assert "0001" in asyncio.run(both())
    assert migration.current_revision(old) == head_revision()


def test_the_rows_are_those_of_the_first_version() -> None:
    assert sum("INSERT INTO tasks_task " in row for row in ROWS) >= 6
    assert any("INSERT INTO tasks_outbox" in row for row in ROWS)


def test_a_server_of_this_version_refuses_a_database_of_before(old: str) -> None:
    with pytest.raises(CannotStart, match="0001") as refused:
        migration.check_revision(old)
    assert "taskora migrate" in refused.value.sentence
