"""The door to the database: `write` and `read`. Where works and queries run is its affair and nobody else's.

Above: the services, the relay and the embedded broker. Below: `writer` and `readers` over an `engine`. A Database belongs to
the event loop that uses it.
"""

from collections.abc import Callable
from typing import TypeVar, cast

from sqlalchemy import Connection

from taskora.domain.errors import Unavailable
from taskora.storage.engine import open_engine
from taskora.storage.readers import Readers
from taskora.storage.unit_of_work import UnitOfWork
from taskora.storage.writer import Writer

T = TypeVar("T")


class Database:
    """One database of the given URL, migrated already (see `migration`)."""

    def __init__(self, url: str, *, wait: float = 5.0, turn: float = 0.01, patience: float = 0.02) -> None:
        """Take the seconds that a write waits for its turn, and again for a lock of another process.

        `turn` is how many seconds of works may share a commit before others get to the event loop, `patience` about how many
        of the database's work a query may do on the loop before it has to go on in a thread.
        """
        engine = open_engine(url, wait=wait)
        self._listeners: list[Callable[[], None]] = []
        self._writer = Writer(engine, wait=wait, turn=turn, committed=self._committed)
        self._readers = Readers(engine, patience=patience)
        self._closed = False

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run a work in a transaction and return its value once it is durable.

        A work is quick and blocks on nothing but its statements. An exception in it undoes it and comes out here. Raises
        StorageFull, StorageBusy, Unavailable or FolderUnusable when the database could not take it; then nothing of it was
        kept.
        """
        if self._closed:
            raise Unavailable("The database is closed.")
        return cast(T, await self._writer.submit(work))

    async def read(self, query: Callable[[Connection], T]) -> T:
        """Run a query on one state of the database and return its value. It never waits for a write.

        A query is a function of the database alone: one that takes long may be called a second time, in a thread.
        """
        if self._closed:
            raise Unavailable("The database is closed.")
        return cast(T, await self._readers.read(query))

    def on_commit(self, listener: Callable[[], None]) -> None:
        """Have `listener` called on the event loop after each commit that wrote outbox rows."""
        self._listeners.append(listener)

    async def close(self) -> None:
        """Finish the writes that were asked for and close every connection."""
        self._closed = True
        await self._writer.close()
        await self._readers.close()

    def _committed(self) -> None:
        for listener in self._listeners:
            listener()
