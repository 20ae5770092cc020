"""The writer: runs works in transactions, in the order in which they were asked for. Works that wait together share a commit.

Above: `database`. Below: an `engine`, which says how many writers there are and how many works may share a commit. Each work
has its own savepoint; answers and wake-ups go out only after the commit.
"""

import queue
import threading
import time
from collections.abc import Callable

from sqlalchemy import Connection

from taskora.domain.errors import StorageBusy
from taskora.storage.engine import Engine
from taskora.storage.request import Request, answer
from taskora.storage.unit_of_work import UnitOfWork


class Writer:
    """Threads that each own one connection, and the queue they take works from."""

    def __init__(self, engine: Engine, *, wait: float, committed: Callable[[], None]) -> None:
        """Take the seconds a work may wait in the queue, and what to call on the loop after outbox rows were committed."""
        self._engine = engine
        self._wait = wait
        self._committed = committed
        self._queue: queue.SimpleQueue[Request | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._run, name=f"taskora-writer-{number}", daemon=True)
            for number in range(engine.writers)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, request: Request) -> None:
        """Queue a work; its future is settled after the commit."""
        self._queue.put(request)

    def close(self) -> None:
        """Finish what is queued and end the threads."""
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        connection: Connection | None = None
        ended = False
        while not ended:
            group, ended = self._next_group()
            if group:
                connection = self._serve(connection, group)
        if connection is not None:
            self._engine.close(connection)

    def _next_group(self) -> tuple[list[Request], bool]:
        group: list[Request] = []
        request = self._queue.get()
        while request is not None:
            if not request.future.cancelled():
                group.append(request)
            if len(group) >= self._engine.group_limit:
                return group, False
            try:
                request = self._queue.get_nowait()
            except queue.Empty:
                return group, False
        return group, True

    def _serve(self, connection: Connection | None, group: list[Request]) -> Connection | None:
        """Carry out one group; return the connection to go on with, or None when it cannot be used any more."""
        live = self._refuse_late(group)
        sent = False
        try:
            if live:
                connection = connection or self._engine.connect()
                sent = self._transaction(connection, live)
        except BaseException as error:  # noqa: BLE001  the edge of the thread: the callers get it
            reason = self._engine.explain(error) or error
            for request in live:
                request.error = request.error or reason
            connection = self._recover(connection)
        answer(group, self._committed if sent else None)
        return connection

    def _refuse_late(self, group: list[Request]) -> list[Request]:
        oldest = time.monotonic() - self._wait
        for request in group:
            if request.asked_at < oldest:
                request.error = StorageBusy()
        return [request for request in group if request.error is None]

    def _transaction(self, connection: Connection, group: list[Request]) -> bool:
        """Run the works and commit; tell whether outbox rows were written. Raises when the transaction is lost."""
        self._engine.begin(connection)
        sent = False
        kept = 0
        for request in group:
            unit = UnitOfWork(connection)
            self._engine.savepoint(connection)
            try:
                request.value = request.call(unit)
                unit.flush()
                if not self._engine.in_transaction(connection):
                    raise RuntimeError("a work ended the transaction that is the writer's to end")  # noqa: TRY301  one way out for all that goes wrong in a work
            except BaseException as error:
                request.error = self._engine.explain(error) or error
                if not self._engine.in_transaction(connection):
                    raise
                self._engine.take_back(connection)
            else:
                self._engine.keep(connection)
                kept += 1
                sent = sent or unit.sent
        if kept:
            self._engine.commit(connection)
        else:
            self._engine.rollback(connection)
        return sent

    def _recover(self, connection: Connection | None) -> Connection | None:
        if connection is None:
            return None
        try:
            self._engine.rollback(connection)
        except BaseException:  # noqa: BLE001  the connection is beyond use; the next group opens a new one
            self._engine.close(connection)
            return None
        return connection
