"""Brings a database to the schema of this version. Run before a Database is opened.

Above: the hosts, `taskora migrate` and `taskora doctor`. Below: the revisions in `migrations`, which Alembic applies in one
transaction. The embedded host runs it at start; a server on PostgreSQL is migrated by hand, before its new version starts.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection, inspect, text

from taskora.domain.errors import CannotStart, NewerDatabase
from taskora.storage import sqlite
from taskora.storage.backup import back_up
from taskora.storage.columns import to_json
from taskora.storage.database import system_of

if TYPE_CHECKING:
    from alembic.config import Config

T = TypeVar("T")
_HEAD = "0004"


def migrate(url: str, *, wait: float = 5.0) -> str | None:
    """Create the database or bring it to this version; return the revision that it had before.

    A file that is there already is copied first (see `backup`). Raises NewerDatabase when the database has a revision that
    this version does not know, FolderUnusable, StorageFull, StorageBusy or Unavailable when it could not be written; then
    nothing was changed.
    """
    if system_of(url) == sqlite.NAME:
        return _migrate_file(url, wait)
    return asyncio.run(_on_server(url, wait, _upgrade, writes=True))


def check_revision(url: str, *, wait: float = 5.0) -> None:
    """Raise CannotStart or NewerDatabase when a database is not at the revision of this version."""
    revision = current_revision(url, wait=wait)
    if revision == _HEAD:
        return
    _refuse_newer(revision)
    raise CannotStart(
        f"The database has revision {revision}; this version needs {_HEAD}."
        if revision
        else "The database has no tables yet.",
        advice="Run `taskora migrate` with the same settings.",
    )


def head_revision() -> str:
    """Return the revision of this version's schema."""
    return _HEAD


def current_revision(url: str, *, wait: float = 5.0) -> str | None:
    """Return the revision that a database has, or None when it was never migrated. Raises what `migrate` does."""
    if system_of(url) != sqlite.NAME:
        return asyncio.run(_on_server(url, wait, _revision, writes=False))
    engine = sqlite.SqliteEngine(url, wait=wait, to_json=to_json)
    connection = engine.connect()
    try:
        return _revision(connection)
    finally:
        engine.close(connection)


def _migrate_file(url: str, wait: float) -> str | None:
    engine = sqlite.SqliteEngine(url, wait=wait, to_json=to_json)
    connection = engine.connect()
    try:
        before = _revision(connection)
        if before == _HEAD:
            return before
        engine.begin(connection, wait=wait)
        before = _revision(connection)  # another process may have migrated meanwhile
        if before not in {None, _HEAD}:
            _refuse_newer(before)
            back_up(engine, str(before))
        _upgrade(connection)
        engine.commit(connection)
    except BaseException as error:
        engine.rollback(connection)
        meaning = engine.explain(error)
        if meaning is None:
            raise
        raise meaning from error
    else:
        return before
    finally:
        engine.close(connection)


async def _on_server(url: str, wait: float, act: Callable[[Connection], T], *, writes: bool) -> T:
    from taskora.storage import postgresql  # noqa: PLC0415  a person with a file does not wait for this import

    engine = postgresql.open_engine(url, wait=wait)
    try:
        async with engine.begin() as connection:
            if writes:
                await connection.execute(postgresql.LOCK_MIGRATION)
            return await connection.run_sync(act)
    except Exception as error:
        meaning = postgresql.explain(error)
        if meaning is None:
            raise
        raise meaning from error
    finally:
        await engine.dispose()
        await asyncio.sleep(0)  # lets the sockets close before the loop does


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
    return None if row is None else str(row[0])


def _upgrade(connection: Connection) -> str | None:
    """Apply what is missing, inside the transaction that is open; return the revision of before."""
    before = _revision(connection)
    if before == _HEAD:
        return before
    from alembic import command  # noqa: PLC0415  takes a second to import, which a start without migration saves

    _refuse_newer(before)
    command.upgrade(_config(connection), "head")
    return before


def _refuse_newer(revision: str | None) -> None:
    if revision is None:
        return
    if not any(_VERSIONS.glob(f"{revision}_*.py")):
        raise NewerDatabase(
            f"The database has revision {revision}, which a newer version of Taskora wrote; this version knows it up to"
            f" revision {_HEAD}."
        )


_VERSIONS = Path(__file__).parent / "migrations" / "versions"


def _config(connection: Connection) -> "Config":
    from alembic.config import Config  # noqa: PLC0415  see _upgrade

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
