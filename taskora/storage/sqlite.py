"""SQLite below `file`: the only module that knows its words. Not here: queues, threads, tables.

One writer at a time (BEGIN IMMEDIATE), readers that never wait for it (write-ahead log, https://sqlite.org/wal.html), and a
commit that has reached the disk when it returns (synchronous=FULL).
"""

import contextlib
import datetime as dt
import itertools
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Dialect, NullPool, create_engine, make_url
from sqlalchemy.dialects.sqlite import DATETIME
from sqlalchemy.exc import DBAPIError

from taskora.domain.errors import CannotStart, FolderUnusable, StorageBusy, StorageFull, TaskoraError, Unavailable

NAME = "sqlite"
_STEPS = 5000
"""After how many steps of SQLite's machine it is asked whether to go on."""
_STEPS_A_SECOND = 20_000_000
"""About what it does in a second. Steps are counted, not time, so that a busy machine does not break off what is short."""


class TextInstant(DATETIME):
    """A UTC instant as text of fixed width with its offset: it sorts as it compares, and reads back aware."""

    def bind_processor(self, dialect: Dialect) -> Callable[[dt.datetime | None], str | None]:  # noqa: ARG002  the signature is SQLAlchemy's
        """Write the instant."""
        return lambda value: None if value is None else value.isoformat(" ", "microseconds")


class SqliteEngine:
    """Opens connections to one database file and speaks SQLite's transaction words on them."""

    def __init__(self, url: str, *, wait: float, to_json: Callable[[object], str]) -> None:
        """Take a URL of a file; `wait` is how many seconds a lock of another process is waited for."""
        location = make_url(url)
        if not location.database or location.database == ":memory:":
            raise ValueError("the database is a file: several connections share it")
        self.path = Path(location.database)
        self._wait = wait
        self._engine = create_engine(
            location,
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            json_serializer=to_json,
            hide_parameters=True,  # a traceback in a log holds no words of a person
            connect_args={"check_same_thread": False, "timeout": wait, "cached_statements": 512},
        )

    def connect(self, *, read_only: bool = False) -> Connection:
        """Open a connection and the folder around it.

        Raises FolderUnusable when the folder does not let itself be made or written, and what `explain` says of other errors.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            connection = self._engine.connect()
            try:
                self._set_up(_driver(connection), read_only=read_only)
            except sqlite3.Error:
                connection.close()
                raise
        except (OSError, DBAPIError, sqlite3.Error) as error:
            meaning = self.explain(error)
            if meaning is None:
                raise
            raise meaning from error
        return connection

    def _set_up(self, driver: Any, *, read_only: bool) -> None:
        if read_only:
            driver.execute("PRAGMA query_only=ON")
        else:
            driver.execute("PRAGMA journal_mode=WAL").fetchall()
            driver.execute("PRAGMA journal_size_limit=67108864")
        driver.execute("PRAGMA synchronous=FULL")
        driver.execute("PRAGMA foreign_keys=ON")
        driver.execute("PRAGMA temp_store=MEMORY")
        driver.execute("PRAGMA cache_size=-16000")
        driver.execute("PRAGMA busy_timeout=0")  # who can wait says so where a transaction begins

    def begin(self, connection: Connection, *, wait: float = 0.0) -> None:
        """Begin to write, with the lock from the first moment on: a later upgrade could not be waited for."""
        driver = _driver(connection)
        if wait:
            driver.execute(f"PRAGMA busy_timeout={int(wait * 1000)}")
        try:
            driver.execute("BEGIN IMMEDIATE")
        finally:
            if wait:
                driver.execute("PRAGMA busy_timeout=0")

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

    def begin_reading(self, connection: Connection, *, patience: float | None = None) -> None:
        """Begin to read: everything until `rollback` sees one state of the database."""
        driver = _driver(connection)
        if patience is None:
            driver.execute(f"PRAGMA busy_timeout={int(self._wait * 1000)}")
        driver.execute("BEGIN")
        if patience is not None:
            looks = itertools.count(1)
            last = int(patience * _STEPS_A_SECOND / _STEPS)
            driver.set_progress_handler(lambda: next(looks) > last, _STEPS)

    def rollback(self, connection: Connection) -> None:
        """Undo the transaction, if there still is one."""
        driver = _driver(connection)
        driver.set_progress_handler(None, 0)  # the end itself is not broken off
        if driver.in_transaction:
            driver.execute("ROLLBACK")

    def in_transaction(self, connection: Connection) -> bool:
        """Tell whether the transaction lives; some errors, such as a full disk, make SQLite end it by itself."""
        return bool(_driver(connection).in_transaction)

    def impatient(self, error: BaseException) -> bool:
        """Tell whether a statement was broken off, or found a lock and did not wait for it."""
        return _code(error) in {sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_BUSY}

    def explain(self, error: BaseException, *, reading: bool = False) -> TaskoraError | None:
        """Return what a driver's error means to a caller, or None for one that is a defect of ours.

        A write on a read-only connection is such a defect, whatever the folder allows.
        """
        if isinstance(error, OSError):
            return _unusable(self.path, error.strerror or str(error))
        code = _code(error)
        return None if code is None else self._meaning(_cause(error), code, reading=reading)

    def _meaning(self, cause: BaseException, code: int, *, reading: bool) -> TaskoraError | None:
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

    def copy_to(self, target: Path) -> None:
        """Write what was last committed into another file (https://sqlite.org/backup.html), made for its owner alone."""
        target.touch(mode=0o600)
        with (
            contextlib.closing(sqlite3.connect(self.path, timeout=self._wait)) as source,
            contextlib.closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)

    def close(self, connection: Connection) -> None:
        """Close a connection; what was not committed is gone."""
        with contextlib.suppress(sqlite3.Error):  # closing undoes it anyway
            self.rollback(connection)
        connection.close()


def _cause(error: BaseException) -> BaseException:
    return error.orig if isinstance(error, DBAPIError) and error.orig is not None else error


def _code(error: BaseException) -> int | None:
    """Return the primary result code of a driver's error, the low byte (https://sqlite.org/rescode.html)."""
    cause = _cause(error)
    code = getattr(cause, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _unusable(path: Path, reason: str) -> FolderUnusable:
    return FolderUnusable(
        f"The data folder {path.parent} cannot be used: {reason}.",
        advice="Set TASKORA_DATA_DIR to a folder that can be written.",
    )
