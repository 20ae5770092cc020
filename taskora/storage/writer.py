"""The writer: runs works in transactions, in the order in which they were asked for. Works that wait together share a commit.

Above: `database`. Below: `sqlite`, whose statements take microseconds, because the database is in this process. So works run
on the event loop, where no other thread fights them for the interpreter, and only what waits for a disk or a lock is done in a
thread (docs/decisions/0001). Each work has its own savepoint; answers and wake-ups go out only after the commit.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from taskora.domain.errors import StorageBusy
from taskora.storage.sqlite import SqliteEngine
from taskora.storage.unit_of_work import UnitOfWork


@dataclass(slots=True, eq=False)
class _Write:
    work: Callable[[UnitOfWork], Any]
    future: asyncio.Future[Any]
    asked_at: float
    value: Any = None
    error: BaseException | None = None

    def settle(self) -> None:
        if self.future.done():  # its caller gave up meanwhile
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.value)


class Writer:
    """One connection that writes, the queue of works for it, and the thread that waits for the disk."""

    def __init__(self, engine: SqliteEngine, *, wait: float, turn: float, committed: Callable[[], None]) -> None:
        """Take the seconds a work may wait for its turn and those of works after which a group is committed.

        `committed` is called after outbox rows were.
        """
        self._engine = engine
        self._wait = wait
        self._turn = turn
        self._committed = committed
        self._queue: deque[_Write] = deque()
        self._thread = ThreadPoolExecutor(1, "taskora-commit")
        self._connection: Connection | None = None
        self._running: asyncio.Task[None] | None = None

    def submit(self, work: Callable[[UnitOfWork], Any]) -> asyncio.Future[Any]:
        """Queue a work; the future is settled after its commit."""
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._queue.append(_Write(work, future, time.monotonic()))
        if self._running is None:
            self._running = asyncio.ensure_future(self._run())
        return future

    async def close(self) -> None:
        """Finish what is queued and close the connection."""
        if self._running is not None:
            await asyncio.wait([self._running])
        if self._connection is not None:
            await self._in_thread(self._engine.close, self._connection)
        self._thread.shutdown()

    async def _run(self) -> None:
        try:
            while self._queue:
                await self._serve()
        finally:
            self._running = None

    async def _serve(self) -> None:
        """Carry out one group and answer it."""
        waiting = len(self._queue)
        group: list[_Write] = []
        sent = False
        try:
            connection = await self._begin()
            waiting = 0
            sent = self._run_works(connection, group)
            await self._in_thread(self._engine.commit, connection)
        except Exception as error:  # noqa: BLE001  nothing is swallowed: each caller of the group gets it
            group += [self._queue.popleft() for _ in range(waiting)]
            reason = self._engine.explain(error) or error
            for write in group:
                write.error = write.error or reason
            sent = False
            await self._recover()
        for write in group:
            write.settle()
        if sent:
            self._committed()

    async def _begin(self) -> Connection:
        if self._connection is None:
            self._connection = await self._in_thread(self._engine.connect)
        try:
            self._engine.begin(self._connection)
        except Exception as error:
            if not self._engine.impatient(error):
                raise
            await self._in_thread(lambda: self._engine.begin(self._connection, wait=self._wait))  # type: ignore[arg-type]  # it was set above
        return self._connection

    def _run_works(self, connection: Connection, group: list[_Write]) -> bool:
        """Move works from the queue to the group and run them; tell whether outbox rows were written.

        Raises when the transaction is lost, and with it every work of the group.
        """
        sent = False
        begun = time.monotonic()
        while self._queue and (not group or time.monotonic() - begun < self._turn):
            write = self._queue.popleft()
            if write.future.done():
                continue
            group.append(write)
            if begun - write.asked_at > self._wait:
                write.error = StorageBusy()
            elif self._run_work(connection, write):
                sent = True
        return sent

    def _run_work(self, connection: Connection, write: _Write) -> bool:
        unit = UnitOfWork(connection)
        self._engine.savepoint(connection)
        try:
            write.value = write.work(unit)
            unit.flush()
        except Exception as error:
            write.error = self._engine.explain(error) or error
            if not self._engine.in_transaction(connection):
                raise
            self._engine.take_back(connection)
            return False
        if not self._engine.in_transaction(connection):
            raise RuntimeError("a work ended the transaction, which is the writer's to end")
        self._engine.keep(connection)
        return unit.sent

    async def _recover(self) -> None:
        """Undo what is left of a lost transaction; a connection that can't even do that is replaced."""
        if self._connection is None:
            return
        try:
            self._engine.rollback(self._connection)
        except Exception:  # noqa: BLE001  the error that brought us here is the one that is told
            connection, self._connection = self._connection, None
            await self._in_thread(self._engine.close, connection)

    async def _in_thread(self, call: Callable[..., Any], *arguments: object) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._thread, call, *arguments)
