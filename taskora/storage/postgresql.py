"""PostgreSQL below `pool`: the only module that knows its words and its driver's errors. Not here: pools, queues, tables.

The driver is asyncpg through SQLAlchemy's asynchronous engine: works and queries stay synchronous functions, which wait for
the network in a greenlet on the event loop.
"""

from typing import Any

from sqlalchemy import URL, AsyncAdaptedQueuePool, Connection, Executable, NullPool, event, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from taskora.domain.errors import CannotStart, StorageBusy, StorageFull, TaskoraError, Unavailable
from taskora.storage.columns import to_json

NAME = "postgresql"
DRIVER = "postgresql+asyncpg"
_CONNECT = 5.0
"""Seconds that opening a connection may take."""
_STATEMENT = 30.0
"""Seconds after which the server breaks a statement off: a query that takes longer is a defect, not a wait."""

_ASKED = "the connection that has asked one thing already"
_MIGRATION_LOCK = 0x7461736B
_AGAIN = frozenset({"40001", "40P01"})
"""Serialization failure and deadlock: the same work can go through at once."""
_BUSY = frozenset({"53300", "55P03", "57014"})
"""Too many connections, lock not available, statement broken off (all PostgreSQL, Appendix A)."""
_FULL = frozenset({"53100"})
_UNUSABLE = {
    "28000": "refuses this user",
    "28P01": "refuses this password",
    "3D000": "has no such database",
    "42501": "does not allow this user to do it",
}


def driver_url(url: str) -> URL:
    """Return the URL as the driver needs it; a plain postgresql:// is accepted."""
    return make_url(url).set(drivername=DRIVER)


def open_engine(url: str, *, wait: float, pool_size: int = 0) -> AsyncEngine:
    """Return an engine; nothing is connected yet. Without a `pool_size` every connection is opened for itself.

    `wait` is how many seconds are waited for a free connection, and at the server for a lock.
    """
    pool: dict[str, Any] = {"poolclass": NullPool}
    if pool_size:
        pool = {
            "poolclass": AsyncAdaptedQueuePool,
            "pool_size": pool_size,
            "max_overflow": 0,
            "pool_timeout": wait,
            "pool_use_lifo": True,  # a few warm connections, not all of them in turn
        }
    return create_async_engine(
        driver_url(url),
        json_serializer=to_json,
        hide_parameters=True,  # a traceback in a log holds no words of a person
        connect_args={
            "timeout": _CONNECT,
            "command_timeout": _STATEMENT + 5.0,
            "server_settings": {
                "application_name": "taskora",
                "lock_timeout": str(int(wait * 1000)),
                "statement_timeout": str(int(_STATEMENT * 1000)),
                "idle_in_transaction_session_timeout": "60000",
                "jit": "off",  # compiling costs more than these short statements
            },
        },
        **pool,
    )


class NotAlone(Exception):
    """A query is more than one SELECT, and needs a transaction."""


def one_statement(engine: AsyncEngine) -> AsyncEngine:
    """Return the engine for queries of one SELECT without a transaction; anything else on it raises NotAlone."""
    alone = engine.execution_options(isolation_level="AUTOCOMMIT")

    @event.listens_for(alone.sync_engine, "before_execute")
    def look(connection: Connection, statement: Executable | str, *_: object) -> None:
        words = statement if isinstance(statement, str) else str(getattr(statement, "text", ""))
        selects = getattr(statement, "is_select", False) or words[:6].upper() == "SELECT"
        if not selects or connection.info.get(_ASKED) is connection:
            raise NotAlone
        connection.info[_ASKED] = connection

    return alone


LOCK_MIGRATION = text(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
"""Held until the transaction ends, so that two processes do not migrate at once."""


def again(error: BaseException) -> bool:
    """Tell whether the same work may go through if it is done once more."""
    return _state(error) in _AGAIN


def lost(error: BaseException) -> bool:
    """Tell whether the connection is gone: what was not committed on it is undone."""
    return isinstance(error, OSError) or (isinstance(error, DBAPIError) and error.connection_invalidated)


def explain(error: BaseException) -> TaskoraError | None:
    """Return what an error means to a caller, or None for one that is a defect of ours."""
    if isinstance(error, PoolTimeout):
        return StorageBusy("All connections to the database are in use.")
    state = _state(error)
    meaning: TaskoraError | None = None
    if state in _FULL:
        meaning = StorageFull()
    elif state in _BUSY or state in _AGAIN:
        meaning = StorageBusy()
    elif state in _UNUSABLE:
        meaning = CannotStart(
            f"PostgreSQL {_UNUSABLE[state]}.", advice="Set TASKORA_DATABASE_URL to a database that may be used."
        )
    elif lost(error) or isinstance(error, TimeoutError) or state[:2] in {"08", "57"}:
        meaning = away()
    return meaning


def away() -> Unavailable:
    """Return the error of a database that cannot be reached; nothing was changed."""
    return Unavailable("The database cannot be reached.")


def outcome_unknown() -> Unavailable:
    """Return the error of a commit whose answer was lost: the database may have made it durable."""
    return Unavailable(
        "The database went away while it stored the change, which may be kept or not.",
        advice="Look before you repeat it, or repeat it with the same Idempotency-Key.",
    )


def _state(error: BaseException) -> str:
    """Return the SQLSTATE of an error, or nothing."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    return str(getattr(cause, "sqlstate", None) or "")
