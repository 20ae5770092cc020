"""What a database system must offer so that `database` can be carried by it, and the choice of one by URL.

Above: `database`, `writer`, `readers`, `migration`. Below: one module per system (`sqlite`).
"""

from typing import Protocol

from sqlalchemy import Connection, make_url

from taskora.domain.errors import TaskoraError
from taskora.storage import columns, sqlite


class Engine(Protocol):
    """Connections of one database, and its transaction words. A connection is used by one thread at a time."""

    def connect(self, *, read_only: bool = False) -> Connection:
        """Open a connection. Raises what `explain` says of the error."""

    def begin(self, connection: Connection, *, wait: float = 0.0) -> None:
        """Begin a transaction that writes; a lock of somebody else is waited for that many seconds, by blocking."""

    def savepoint(self, connection: Connection) -> None:
        """Begin one work inside the transaction."""

    def keep(self, connection: Connection) -> None:
        """End the work and keep its rows."""

    def take_back(self, connection: Connection) -> None:
        """End the work and undo it."""

    def commit(self, connection: Connection) -> None:
        """Make the transaction durable, by blocking."""

    def begin_reading(self, connection: Connection, *, patience: float | None = None) -> None:
        """Begin a transaction that reads one state of the database.

        With `patience`, a statement is broken off when the database has worked for about so many seconds since.
        """

    def rollback(self, connection: Connection) -> None:
        """Undo the transaction, if there is one."""

    def in_transaction(self, connection: Connection) -> bool:
        """Tell whether a transaction is open at the database."""

    def impatient(self, error: BaseException) -> bool:
        """Tell whether an error only means that patience ended, or that there is a lock to be waited for."""

    def explain(self, error: BaseException, *, reading: bool = False) -> TaskoraError | None:
        """Return what a driver's error means to a caller, or None when it is no fault of the surroundings.

        `reading` says that the connection was a read-only one.
        """

    def close(self, connection: Connection) -> None:
        """Close a connection and drop what it did not commit."""


def open_engine(url: str, *, wait: float) -> Engine:
    """Return the engine for a database URL; nothing is connected yet.

    Raises ValueError for a database system that this version does not carry.
    """
    system = make_url(url).get_backend_name()
    if system == sqlite.NAME:
        return sqlite.SqliteEngine(url, wait=wait, to_json=columns.to_json)
    raise ValueError(f"no such database system: {system}")
