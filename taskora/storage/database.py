"""The door to the database: `write` and `read`. Where works and queries run is its affair and nobody else's.

Above: the services, the relay and the embedded broker. Below: `writer` and `readers` over an `engine`. A Database belongs to
the event loop that uses it.
"""

import asyncio
from collections.abc import Callable
from typing import TypeVar, cast

from sqlalchemy import Connection

from taskora.domain.errors import Unavailable
from taskora.storage.engine import open_engine
from taskora.storage.readers import Readers
from taskora.storage.request import Request
from taskora.storage.unit_of_work import UnitOfWork
from taskora.storage.writer import Writer

T = TypeVar("T")


class Database:
    """One database of the given URL, migrated already (see `migration`)."""

    def __init__(self, url: str, *, wait: float = 5.0) -> None:
        """Take the seconds that a write waits for its turn, and again for a lock of another process."""
        self._engine = open_engine(url, wait=wait)
        self._wait = wait
        self._listeners: list[Callable[[], None]] = []
        self._writer: Writer | None = None
        self._readers: Readers | None = None
        self._closed = False

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run a work in a transaction and return its value once it is durable.

        An exception in the work undoes the work and comes out here. Raises StorageFull, StorageBusy, Unavailable or
        FolderUnusable when the database could not take it; then nothing of it was kept.
        """
        if self._closed:
            raise Unavailable("The database is closed.")
        if self._writer is None:
            self._writer = Writer(self._engine, wait=self._wait, committed=self._committed)
        request = Request(work)
        self._writer.submit(request)
        return cast(T, await request.future)

    async def read(self, query: Callable[[Connection], T]) -> T:
        """Run a query on one state of the database and return its value. It never waits for a write."""
        if self._closed:
            raise Unavailable("The database is closed.")
        if self._readers is None:
            self._readers = Readers(self._engine)
        request = Request(query)
        self._readers.submit(request)
        return cast(T, await request.future)

    def on_commit(self, listener: Callable[[], None]) -> None:
        """Have `listener` called on the event loop after each commit that wrote outbox rows."""
        self._listeners.append(listener)

    async def close(self) -> None:
        """Finish the writes that were asked for and close every connection."""
        self._closed = True
        for part in (self._writer, self._readers):
            if part is not None:
                await asyncio.to_thread(part.close)

    def _committed(self) -> None:
        for listener in self._listeners:
            listener()
