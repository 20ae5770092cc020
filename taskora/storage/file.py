"""One SQLite file as a carrier: one connection that writes, and readers that never wait for it.

Above: `database`. Below: `writer` and `readers` over `sqlite`. One process owns the file (the host's lock sees to that), so
every claim is granted and there is nobody else to tell of a commit.
"""

from collections.abc import Callable
from typing import TypeVar, cast

from sqlalchemy import Connection

from taskora.storage.columns import to_json
from taskora.storage.readers import Readers
from taskora.storage.sqlite import SqliteEngine
from taskora.storage.unit_of_work import UnitOfWork
from taskora.storage.writer import Writer

T = TypeVar("T")


class File:
    """Carries works and queries over a file. `turn` and `patience` are explained at `database.Database`."""

    def __init__(self, url: str, *, wait: float, turn: float, patience: float, committed: Callable[[], None]) -> None:
        engine = SqliteEngine(url, wait=wait, to_json=to_json)
        self._writer = Writer(engine, wait=wait, turn=turn, committed=committed)
        self._readers = Readers(engine, patience=patience)

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run a work in a transaction and return its value after the commit."""
        return cast(T, await self._writer.submit(work))

    async def read(self, query: Callable[[Connection], T]) -> T:
        """Run a query on one state of the database and return its value."""
        return cast(T, await self._readers.read(query))

    async def claim(self, name: str) -> bool:  # noqa: ARG002  there is nobody to share with
        """Grant every claim."""
        return True

    async def close(self) -> None:
        """Finish the writes that were asked for and close every connection."""
        await self._writer.close()
        await self._readers.close()
