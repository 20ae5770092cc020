"""SQLite below the engine's interface: the only module that knows its words. Not here: queues, threads, tables.

One writer at a time (BEGIN IMMEDIATE), readers that never wait for it (write-ahead log, https://sqlite.org/wal.html), and a
commit that has reached the disk when it returns (synchronous=FULL).
"""

import contextlib
import datetime as dt
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Dialect, NullPool, create_engine, make_url
from sqlalchemy.dialects.sqlite import DATETIME
from sqlalchemy.exc import DBAPIError

from taskora.domain.errors import CannotStart, FolderUnusable, StorageBusy, StorageFull, TaskoraError, Unavailable

NAME = "sqlite"


class TextInstant(DATETIME):
    """A UTC instant as text of fixed width with its offset: it sorts as it compares, and reads back aware."""

    def bind_processor(self, dialect: Dialect) -> Callable[[dt.datetime | None], str | None]:  # noqa: ARG002  the signature is SQLAlchemy's
        """Write the instant."""
        return lambda value: None if value is None else value.isoformat(" ", "microseconds")

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[str | None], dt.datetime | None]:  # noqa: ARG002  the signature is SQLAlchemy's
        """Read the instant."""
        read = dt.datetime.fromisoformat
        return lambda value: None if value is None else read(value)


class SqliteEngine:
    """Opens connections to one database file and speaks SQLite's transaction words on them."""

    writers = 1
    readers = 4
    group_limit = 100

    def __init__(self, url: str, *, wait: float, to_json: Callable[[object], str]) -> None:
        """Take a URL of a file; `wait` is how many seconds a lock of another process is waited for."""
        self._url: URL = make_url(url)
        self._wait = wait
        if not self._url.database or self._url.database == ":memory:":
            raise ValueError("the database is a file: several connections share it")
        self.path = Path(self._url.database)
        self._engine = create_engine(
            self._url,
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            json_serializer=to_json,
            hide_parameters=True,  # a traceback in a log holds no words of a person
            connect_args={"check_same_thread": False, "timeout": wait, "cached_statements": 512},
        )

    def connect(self, *, read_only: bool = False) -> Connection:
        """Open a connection.

        Raises FolderUnusable when the file's folder does not let itself be made or written, and what `explain` says of
        other errors.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            connection = self._engine.connect()
        except (OSError, DBAPIError) as error:
            raise self.explain(error) or error from error
        try:
            driver = _driver(connection)
            if not read_only:
                driver.execute("PRAGMA journal_mode=WAL").fetchall()
                driver.execute("PRAGMA journal_size_limit=67108864")
            driver.execute("PRAGMA synchronous=FULL")
            driver.execute("PRAGMA foreign_keys=ON")
            driver.execute("PRAGMA temp_store=MEMORY")
            driver.execute("PRAGMA cache_size=-16000")
            driver.execute(f"PRAGMA query_only={'ON' if read_only else 'OFF'}")
        except sqlite3.Error as error:
            connection.close()
            raise self.explain(error) or error from error
        connection.begin()  # for SQLAlchemy's books only: transactions are begun and ended below
        return connection

    def begin(self, connection: Connection) -> None:
        """Begin to write, with the lock from the first moment on: a later upgrade could not be waited for."""
        _driver(connection).execute("BEGIN IMMEDIATE")

    def begin_reading(self, connection: Connection) -> None:
        """Begin to read: everything until `rollback` sees one state of the database."""
        _driver(connection).execute("BEGIN")

    def savepoint(self, connection: Connection) -> None:
        """Begin one work inside the transaction."""
        _driver(connection).execute("SAVEPOINT work")

    def keep(self, connection: Connection) -> None:
        """End the work; its rows wait for the commit."""
        _driver(connection).execute("RELEASE work")

    def take_back(self, connection: Connection) -> None:
        """End the work and undo all it did."""
        driver = _driver(connection)
        driver.execute("ROLLBACK TO work")
        driver.execute("RELEASE work")

    def commit(self, connection: Connection) -> None:
        """Make the transaction durable."""
        _driver(connection).execute("COMMIT")

    def rollback(self, connection: Connection) -> None:
        """Undo the transaction, if there still is one."""
        driver = _driver(connection)
        if driver.in_transaction:
            driver.execute("ROLLBACK")

    def in_transaction(self, connection: Connection) -> bool:
        """Tell whether the transaction lives; some errors, such as a full disk, make SQLite end it by itself."""
        return bool(_driver(connection).in_transaction)

    def explain(self, error: BaseException, *, reading: bool = False) -> TaskoraError | None:
        """Return what a driver's error means to a caller, or None for one that is a defect of ours.

        A write on a read-only connection is such a defect, whatever the folder allows.
        """
        cause = error.orig if isinstance(error, DBAPIError) else error
        if isinstance(cause, OSError):
            return _unusable(self.path, cause.strerror or str(cause))
        if not isinstance(cause, sqlite3.Error):
            return None
        return self._meaning(cause, (getattr(cause, "sqlite_errorcode", None) or 0) & 0xFF, reading=reading)

    def _meaning(self, cause: sqlite3.Error, code: int, *, reading: bool) -> TaskoraError | None:
        """Tell by the primary result code, the low byte (https://sqlite.org/rescode.html)."""
        match code:
            case sqlite3.SQLITE_READONLY if reading:
                meaning: TaskoraError | None = None
            case sqlite3.SQLITE_FULL:
                meaning = StorageFull()
            case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
                meaning = StorageBusy()
            case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
                meaning = _unusable(self.path, str(cause))
            case sqlite3.SQLITE_IOERR:
                meaning = Unavailable(f"The disk reported an error at {self.path}: {cause}.")
            case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
                meaning = CannotStart(f"{self.path} is damaged or no Taskora database: {cause}.")
            case _:
                meaning = None
        return meaning

    def close(self, connection: Connection) -> None:
        """Close a connection; what was not committed is gone."""
        with contextlib.suppress(sqlite3.Error):  # closing undoes it anyway
            self.rollback(connection)
        connection.close()


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _unusable(path: Path, reason: str) -> FolderUnusable:
    return FolderUnusable(
        f"The data folder {path.parent} cannot be used: {reason}.",
        advice="Set TASKORA_DATA_DIR to a folder that can be written.",
    )
