"""The readers: run queries on read-only connections, so that no query waits for the writer.

Above: `database`. Below: `sqlite`, whose statements take microseconds, because the database is in this process. So a query
runs on the event loop; one that turns out to be long is broken off and run again in a thread (docs/decisions/0001).
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy import Connection

from taskora.storage.sqlite import SqliteEngine

_THREADS = 2


class Readers:
    """The connection for short queries, and threads with connections for long ones."""

    def __init__(self, engine: SqliteEngine, *, patience: float) -> None:
        """Take the seconds that a query may keep the event loop."""
        self._engine = engine
        self._patience = patience
        self._short: Connection | None = None
        self._long: list[Connection] = []
        self._threads = ThreadPoolExecutor(_THREADS, "taskora-reader")

    async def read(self, query: Callable[[Connection], Any]) -> Any:
        """Run a query and return its value."""
        await asyncio.sleep(0)  # a coroutine that reads again and again must not keep the loop from the others
        try:
            if self._short is None:
                self._short = self._engine.connect(read_only=True)
            return self._run(query, self._short, self._patience)
        except Exception as error:
            if not self._engine.impatient(error):
                self._tell(error)
                raise
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._run_long, query)

    async def close(self) -> None:
        """Finish what is running and close the connections."""
        await asyncio.to_thread(self._threads.shutdown)
        for connection in self._long if self._short is None else [self._short, *self._long]:
            self._engine.close(connection)

    def _run(self, query: Callable[[Connection], Any], connection: Connection, patience: float | None) -> Any:
        self._engine.begin_reading(connection, patience=patience)
        try:
            return query(connection)
        finally:
            self._engine.rollback(connection)

    def _run_long(self, query: Callable[[Connection], Any]) -> Any:
        try:
            connection = self._long.pop() if self._long else self._engine.connect(read_only=True)
            try:
                return self._run(query, connection, None)
            finally:
                self._long.append(connection)
        except Exception as error:
            self._tell(error)
            raise

    def _tell(self, error: Exception) -> None:
        """Raise what an error of the surroundings means; do nothing about any other."""
        meaning = self._engine.explain(error, reading=True)
        if meaning is not None:
            raise meaning from error
