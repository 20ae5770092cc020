"""The door to the database: `write` and `read`. Where works and queries run is its affair and nobody else's.

Above: the services, the relay and the embedded broker. Below: a carrier, which is `file` (SQLite) or `pool` (PostgreSQL). A
Database belongs to the event loop that uses it.
"""

from collections.abc import Callable
from typing import Protocol, TypeVar

from sqlalchemy import Connection, make_url
from sqlalchemy.exc import ArgumentError

from taskora.domain.errors import CannotStart, Unavailable
from taskora.storage import sqlite
from taskora.storage.file import File
from taskora.storage.unit_of_work import UnitOfWork

T = TypeVar("T")


class Carrier(Protocol):
    """What a database system must offer; the methods mean what those of `Database` do."""

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run a work in a transaction and return its value after the commit."""

    async def read(self, query: Callable[[Connection], T]) -> T:
        """Run a query on one state of the database and return its value."""

    async def claim(self, name: str) -> bool:
        """Tell whether this process holds a lock."""

    async def close(self) -> None:
        """Finish the writes that were asked for and close every connection."""


class Database:
    """One database of the given URL, migrated already (see `migration`)."""

    def __init__(
        self, url: str, *, wait: float = 5.0, turn: float = 0.01, patience: float = 0.02, pool_size: int = 10
    ) -> None:
        """Take the seconds that a write waits for its turn, and again for a lock of another process.

        SQLite: `turn` is how many seconds of works may share a commit before others get to the event loop, `patience` about
        how many of the database's work a query may do on the loop before it has to go on in a thread. PostgreSQL: `pool_size`
        is how many connections are used; who finds none free waits `wait` seconds.
        """
        self._listeners: list[Callable[[], None]] = []
        self._carrier: Carrier
        if system_of(url) == sqlite.NAME:
            self._carrier = File(url, wait=wait, turn=turn, patience=patience, committed=self._committed)
        else:
            from taskora.storage.pool import Pool  # noqa: PLC0415  a person with a file does not wait for this import

            self._carrier = Pool(url, wait=wait, pool_size=pool_size, committed=self._committed)
        self._closed = False

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run a work in a transaction and return its value once it is durable.

        A work is quick and blocks on nothing but its statements; it has no other effects, since it may be run a second time.
        An exception in it undoes it and comes out here. Raises StorageFull, StorageBusy, Unavailable or FolderUnusable when
        the database could not take it; then nothing of it was kept, unless the error says that this is not known.
        """
        if self._closed:
            raise Unavailable("The database is closed.")
        return await self._carrier.write(work)

    async def read(self, query: Callable[[Connection], T]) -> T:
        """Run a query on one state of the database and return its value. It never waits for a write.

        A query is a function of the database alone: it may be called a second time.
        """
        if self._closed:
            raise Unavailable("The database is closed.")
        return await self._carrier.read(query)

    async def claim(self, name: str) -> bool:
        """Tell whether this process alone may do what `name` stands for, such as relaying an outbox.

        The claim lasts as long as the process and its connection; ask again before each round. Raises Unavailable.
        """
        if self._closed:
            raise Unavailable("The database is closed.")
        return await self._carrier.claim(name)

    def on_commit(self, listener: Callable[[], None]) -> None:
        """Have `listener` called on the event loop after each commit that wrote outbox rows, here or in another process."""
        self._listeners.append(listener)

    async def close(self) -> None:
        """Finish the writes that were asked for and close every connection. Closing once more does nothing."""
        if self._closed:
            return
        self._closed = True
        await self._carrier.close()

    def _committed(self) -> None:
        for listener in self._listeners:
            listener()


def system_of(url: str) -> str:
    """Return the name of the database system of a URL. Raises CannotStart for one that is not carried."""
    try:
        system = make_url(url).get_backend_name()
    except ArgumentError:
        system = ""
    if system not in {sqlite.NAME, "postgresql"}:
        raise CannotStart(
            "The database URL is not understood.",
            advice="Set TASKORA_DATABASE_URL to postgresql://user:password@host/name, or unset it for a file.",
        )
    return system
