"""PostgreSQL as a carrier: each write is a transaction of its own, on one of a few connections that are kept open.

Above: `database`. Below: `postgresql`. Works and queries are synchronous functions; while the network is waited for, others
go on. Writes of one user wait for each other at the user's counter row, those of different users do not.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from taskora.domain.errors import TaskoraError, Unavailable
from taskora.storage import postgresql
from taskora.storage.signals import Signals
from taskora.storage.unit_of_work import UnitOfWork

T = TypeVar("T")
_TRIES = 5
"""How often a work is done at most: again after a deadlock, or when a kept connection turns out to be gone."""


class Pool:
    """Carries works and queries over up to `pool_size` connections."""

    def __init__(self, url: str, *, wait: float, pool_size: int, committed: Callable[[], None]) -> None:
        """Take the seconds that a free connection is waited for; `committed` is called after outbox rows were."""
        self._engine = postgresql.open_engine(url, wait=wait, pool_size=pool_size)
        self._reading = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self._alone = postgresql.one_statement(self._engine)
        self._longer: set[object] = set()
        self._committed = committed
        self._signals = Signals(url, committed)

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run a work in a transaction and return its value after the commit. A work may be run again from its beginning."""
        for tries_left in reversed(range(_TRIES)):
            try:
                value, sent = await self._transaction(work)
            except Exception as error:
                if tries_left and (postgresql.again(error) or postgresql.lost(error)):
                    await asyncio.sleep(0.01)  # after a deadlock the other one goes first
                    continue
                self._tell(error)
                raise
            if sent:
                self._committed()
                self._signals.tell()
            return value
        raise AssertionError("the last try returns or raises")

    async def read(self, query: Callable[[Connection], T]) -> T:
        """Run a query on one state of the database and return its value.

        A query is first taken for a single SELECT, which needs no transaction around it, and so no two further ways to the
        server; when it turns out to be more, it is called again in one, and from then on at once.
        """
        code = getattr(query, "__code__", type(query))
        for tries_left in reversed(range(_TRIES)):
            try:
                async with (self._reading if code in self._longer else self._alone).connect() as connection:
                    return await connection.run_sync(query)
            except postgresql.NotAlone:
                self._longer.add(code)
            except Exception as error:
                if tries_left and postgresql.lost(error):
                    await asyncio.sleep(0.01)
                    continue
                self._tell(error)
                raise
        raise AssertionError("the last try returns or raises")

    async def claim(self, name: str) -> bool:
        """Tell whether this process holds the lock of that name; it is lost with the process or its connection."""
        return await self._signals.claim(name)

    async def close(self) -> None:
        """Close every connection."""
        await self._signals.close()
        await self._engine.dispose()

    async def _transaction(self, work: Callable[[UnitOfWork], T]) -> tuple[T, bool]:
        async with self._engine.connect() as connection:
            value, sent = await connection.run_sync(_run, work)
            await self._commit(connection)
        return value, sent

    async def _commit(self, connection: AsyncConnection) -> None:
        """Commit; an answer that is lost is told as such, and the work is not done again."""
        try:
            await connection.commit()
        except Exception as error:
            if not isinstance(postgresql.explain(error), Unavailable):
                raise
            with suppress(Exception):
                await connection.invalidate()
            raise postgresql.outcome_unknown() from error

    def _tell(self, error: Exception) -> None:
        """Raise what an error of the surroundings means; do nothing about any other."""
        meaning = None if isinstance(error, TaskoraError) else postgresql.explain(error)
        if meaning is not None:
            raise meaning from error


def _run(connection: Connection, work: Callable[[UnitOfWork], Any]) -> tuple[Any, bool]:
    unit = UnitOfWork(connection)
    value = work(unit)
    unit.flush()
    return value, unit.sent
