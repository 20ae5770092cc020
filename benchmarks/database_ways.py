"""The ways in which the database could be reached, each as the few lines that it takes. `database_access` measures them."""

import asyncio
import datetime as dt
import queue
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession, create_async_engine
from sqlmodel import Session, col, select
from uuid_utils import uuid7

from services.tasks.store.tables import TaskRow, task_table
from taskora.domain.actor import Actor, ActorKind, Channel
from taskora.domain.events import SOURCE_TASKS, Event
from taskora.storage.changes import Change
from taskora.storage.columns import to_json
from taskora.storage.database import Database
from taskora.storage.sqlite import SqliteEngine
from taskora.storage.unit_of_work import UnitOfWork

TASKS = 10_000
PAGE = 50
USER = "ann"
START = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
COLUMNS = list(TaskRow.model_fields)
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-16000", "busy_timeout=30000")

_SHOWN = (task_table.c.user_id == USER, task_table.c.status == "open", task_table.c.deleted_at.is_(None))
_ORDER = (col(TaskRow.due_at), col(TaskRow.priority).desc(), col(TaskRow.number))
CORE_PAGE = sa.select(*(task_table.c[name] for name in COLUMNS)).where(*_SHOWN).order_by(*_ORDER).limit(PAGE)
ORM_PAGE = select(TaskRow).where(*_SHOWN).order_by(*_ORDER).limit(PAGE)


def task_values(number: int) -> dict[str, Any]:
    """Return the row of an open task."""
    due = START + dt.timedelta(minutes=17 * (number % TASKS))
    title = f"Write the report number {number}"
    return dict.fromkeys(COLUMNS) | {
        "id": str(uuid7()),
        "user_id": USER,
        "number": number,
        "title": title,
        "description": "As agreed on Monday.",
        "status": "open",
        "priority": number % 4,
        "due_date": due.date(),
        "due_time": due.time(),
        "due_zone": "Europe/Berlin",
        "due_at": due,
        "reminders": ["-PT30M"],
        "search_text": title.lower(),
        "version": 1,
        "created_at": START,
        "updated_at": START,
    }


def add_log(unit: UnitOfWork, values: dict[str, Any]) -> None:
    """Add the change and the event of a new task, of the size they have in the product."""
    snapshot = {name: None if value is None else str(value) for name, value in values.items()}
    data: dict[str, object] = {"schema": 1, "user_id": USER, "audience": [USER], "task": snapshot}
    event = Event(str(uuid7()), "task.created", SOURCE_TASKS, values["id"], START, USER, "c", data)
    fields: dict[str, object] = {"title": [None, values["title"]]}
    actor = Actor(ActorKind.USER)
    unit.record(
        Change(
            "tasks", USER, event.id, event.type, event.subject, fields, snapshot, actor, Channel.CHAT, "c", "c", START
        )
    )
    unit.send("tasks", event)


def core_write(connection: sa.Connection, number: int) -> None:
    """Write a task by Core; the log by the product's own unit of work."""
    unit = UnitOfWork(connection)
    add_task(unit, number)
    unit.flush()


def add_task(unit: UnitOfWork, number: int) -> None:
    """Do what the product's work does."""
    values = task_values(number)
    unit.connection.execute(sa.insert(task_table), values)
    add_log(unit, values)


def orm_write(session: Session, number: int) -> None:
    """Write a task by the ORM. The log goes the same way as in the others: what is compared is the hot path's style."""
    values = task_values(number)
    session.add(TaskRow(**values))
    session.flush()
    unit = UnitOfWork(session.connection())
    add_log(unit, values)
    unit.flush()


class Prototype(Protocol):
    """One way of reaching the database."""

    async def read(self) -> int:
        """List the page and return how many rows it has."""

    async def write(self, number: int) -> None:
        """Store a new task with all that belongs to it."""

    async def close(self) -> None:
        """Give everything back."""


class CoreOnTheLoop:
    """(a) The product's own Database: Core on the event loop, commits and long queries in threads, group commit."""

    def __init__(self, url: str) -> None:
        self._database = Database(url, wait=60)

    async def read(self) -> int:
        """List by Core."""
        return len(await self._database.read(lambda connection: connection.execute(CORE_PAGE).all()))

    async def write(self, number: int) -> None:
        """Write by Core."""
        await self._database.write(lambda unit: add_task(unit, number))

    async def close(self) -> None:
        """Close the door."""
        await self._database.close()


class CoreInThreads:
    """(b) Core in threads: four that read, one that writes; works that wait together share a commit."""

    def __init__(self, url: str) -> None:
        self._engine = SqliteEngine(url, wait=60, to_json=to_json)
        self._works: queue.SimpleQueue[tuple[int, asyncio.Future[None]] | None] = queue.SimpleQueue()
        self._idle = [self._engine.connect(read_only=True) for _ in range(4)]
        self._readers = ThreadPoolExecutor(4)
        self._loop = asyncio.get_running_loop()
        self._writer = threading.Thread(target=self._write_groups)
        self._writer.start()

    async def read(self) -> int:
        """List by Core."""
        return await self._loop.run_in_executor(self._readers, self._read)

    async def write(self, number: int) -> None:
        """Write by Core."""
        future: asyncio.Future[None] = self._loop.create_future()
        self._works.put((number, future))
        await future

    async def close(self) -> None:
        """End the threads."""
        self._works.put(None)
        self._writer.join()
        self._readers.shutdown()
        for connection in self._idle:
            self._engine.close(connection)

    def _read(self) -> int:
        connection = self._idle.pop()
        self._engine.begin_reading(connection)
        rows = len(connection.execute(CORE_PAGE).all())
        self._engine.rollback(connection)
        self._idle.append(connection)
        return rows

    def _write_groups(self) -> None:
        connection = self._engine.connect()
        while (first := self._works.get()) is not None:
            group = [first]
            while not self._works.empty() and (other := self._works.get()) is not None:
                group.append(other)
            write_group(self._engine, connection, [number for number, _ in group])
            self._loop.call_soon_threadsafe(settle, [future for _, future in group])
        self._engine.close(connection)


def write_group(engine: SqliteEngine, connection: sa.Connection, numbers: list[int]) -> None:
    """Write several tasks, each in its savepoint, with one commit."""
    engine.begin(connection, wait=60)
    for number in numbers:
        engine.savepoint(connection)
        core_write(connection, number)
        engine.keep(connection)
    engine.commit(connection)


def settle(futures: list[asyncio.Future[None]]) -> None:
    """Answer a group."""
    for future in futures:
        future.set_result(None)


class OrmInThreads:
    """(c) A Session of SQLModel per call in a pool of threads; writes take turns, each with its own commit."""

    def __init__(self, url: str) -> None:
        self._engine = sa.create_engine(url, pool_size=5)
        listen(self._engine)
        self._threads = ThreadPoolExecutor(4)
        self._turn = asyncio.Lock()

    async def read(self) -> int:
        """List by the ORM."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._read)

    async def write(self, number: int) -> None:
        """Write by the ORM."""
        async with self._turn:
            await asyncio.get_running_loop().run_in_executor(self._threads, self._write, number)

    async def close(self) -> None:
        """End the pool."""
        self._threads.shutdown()
        self._engine.dispose()

    def _read(self) -> int:
        with Session(self._engine) as session:
            return len(session.exec(ORM_PAGE).all())

    def _write(self, number: int) -> None:
        with Session(self._engine) as session:
            orm_write(session, number)
            session.commit()


class OrmAsync:
    """(d) An AsyncSession over aiosqlite per call; writes take turns, each with its own commit."""

    def __init__(self, url: str) -> None:
        self._engine = create_async_engine(url.replace("sqlite:", "sqlite+aiosqlite:"), pool_size=5)
        listen(self._engine.sync_engine)
        self._turn = asyncio.Lock()

    async def read(self) -> int:
        """List by the ORM."""
        async with AsyncSession(self._engine) as session:
            return len((await session.execute(ORM_PAGE)).scalars().all())

    async def write(self, number: int) -> None:
        """Write by the ORM."""
        async with self._turn, AsyncSession(self._engine, sync_session_class=Session) as session:
            await session.run_sync(orm_write, number)  # type: ignore[arg-type]  # the class of the sync session is not in its type
            await session.commit()

    async def close(self) -> None:
        """End the pool."""
        await self._engine.dispose()


class CoreAsync:
    """(e) A Core connection over aiosqlite per call; writes take turns, each with its own commit."""

    def __init__(self, url: str) -> None:
        self._engine = create_async_engine(url.replace("sqlite:", "sqlite+aiosqlite:"), pool_size=5)
        listen(self._engine.sync_engine)
        self._turn = asyncio.Lock()

    async def read(self) -> int:
        """List by Core."""
        connection: AsyncConnection
        async with self._engine.connect() as connection:
            return len((await connection.execute(CORE_PAGE)).all())

    async def write(self, number: int) -> None:
        """Write by Core."""
        async with self._turn, self._engine.begin() as connection:
            await connection.run_sync(core_write, number)

    async def close(self) -> None:
        """End the pool."""
        await self._engine.dispose()


PROTOTYPES: dict[str, Callable[[str], Prototype]] = {
    "Core on the loop, commit in a thread, group commit (chosen)": CoreOnTheLoop,
    "Core in threads, one writer thread, group commit": CoreInThreads,
    "SQLModel Session in threads": OrmInThreads,
    "AsyncSession over aiosqlite": OrmAsync,
    "async Core over aiosqlite": CoreAsync,
}


def listen(engine: sa.Engine) -> None:
    """Give the connections of a pool the same pragmas as the product's."""

    def connected(connection: Any, _: object) -> None:
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    sa.event.listen(engine, "connect", connected)
