"""What processes on one PostgreSQL tell each other: that outbox rows were committed, and which of them holds which lock.

One direct connection outside the pool carries both (a pooler in between would break LISTEN and session locks). Signals are a
matter of speed only: whoever misses one looks again within its sweep.
"""

import asyncio
import contextlib
import zlib
from collections.abc import Callable
from typing import Any

import asyncpg
import structlog

from taskora.storage import postgresql

_CHANNEL = "taskora_outbox"
_QUIET = 0.02
"""Seconds in which several commits make one signal."""
_CONNECT = 5.0
log = structlog.get_logger()


class Signals:
    """Listens, tells and claims. Opened at the first claim; a connection that is lost is opened anew by the next one."""

    def __init__(self, url: str, heard: Callable[[], None]) -> None:
        """Take what is called when another process committed outbox rows."""
        self._dsn = postgresql.driver_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._heard = heard
        self._connection: asyncpg.Connection[Any] | None = None
        self._opening = asyncio.Lock()
        self._held: set[str] = set()
        self._telling: asyncio.Task[None] | None = None

    def tell(self) -> None:
        """Let the other processes know of committed outbox rows."""
        if self._telling is None:
            self._telling = asyncio.ensure_future(self._tell())

    async def claim(self, name: str) -> bool:
        """Tell whether this process holds the lock, taking it if it is free. Raises Unavailable when the database is away."""
        async with self._opening:
            try:
                connection = await self._open()
                if name in self._held:
                    return True
                taken = await connection.fetchval("SELECT pg_try_advisory_lock($1)", zlib.crc32(name.encode()))
            except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                self._forget()
                raise (postgresql.explain(error) or postgresql.away()) from error
        if taken:
            self._held.add(name)
        return bool(taken)

    async def close(self) -> None:
        """Give every lock back and stop listening."""
        if self._telling is not None:
            await asyncio.wait(
                {self._telling}, timeout=2 * _CONNECT
            )  # cancelling a connection that opens would leave it open
        connection, self._connection = self._connection, None
        self._held.clear()
        if connection is not None:
            with contextlib.suppress(OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
                await connection.close(timeout=2.0)

    async def _open(self) -> "asyncpg.Connection[Any]":
        if self._connection is not None and not self._connection.is_closed():
            return self._connection
        self._forget()
        connection = await asyncpg.connect(
            self._dsn, timeout=_CONNECT, server_settings={"application_name": "taskora signals"}
        )
        await connection.add_listener(_CHANNEL, self._hear)
        connection.add_termination_listener(lambda _: self._forget())
        self._connection = connection
        return connection

    def _hear(self, listening: Any, teller: int, _channel: str, _payload: object) -> None:
        """Pass a signal on, unless it comes back from this process."""
        if teller != listening.get_server_pid():
            self._heard()

    def _forget(self) -> None:
        """Know that locks are gone with the connection."""
        self._connection = None
        self._held.clear()

    async def _tell(self) -> None:
        try:
            await asyncio.sleep(_QUIET)
            async with self._opening:
                await (await self._open()).execute(f"NOTIFY {_CHANNEL}")
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            log.warning("other processes were not told of an event", reason=str(error))
        finally:
            self._telling = None
