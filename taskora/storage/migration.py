"""Brings a database to the schema of this version. Run at start, before a Database is opened.

Above: the hosts and `taskora doctor`. Below: the revisions in `migrations`, which Alembic applies in one transaction.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from taskora.domain.errors import NewerDatabase
from taskora.storage.engine import Engine, open_engine

if TYPE_CHECKING:
    from alembic.config import Config

_HEAD = "0004"


def migrate(url: str, *, wait: float = 5.0) -> None:
    """Create the database or bring it to this version; a database that is there already is left as it is.

    Raises NewerDatabase when it has a revision that this version does not know, FolderUnusable, StorageFull or StorageBusy
    when it could not be written; then nothing was changed.
    """
    engine = open_engine(url, wait=wait)
    connection = engine.connect()
    try:
        if _revision(connection) != _HEAD:
            _upgrade(engine, connection, wait)
    finally:
        engine.close(connection)


def head_revision() -> str:
    """Return the revision of this version's schema."""
    return _HEAD


def current_revision(url: str, *, wait: float = 5.0) -> str | None:
    """Return the revision that a database has, or None when it was never migrated."""
    engine = open_engine(url, wait=wait)
    connection = engine.connect()
    try:
        return _revision(connection)
    finally:
        engine.close(connection)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
    return None if row is None else str(row[0])


def _upgrade(engine: Engine, connection: Connection, wait: float) -> None:
    from alembic import command  # noqa: PLC0415  takes a second to import, which a start without migration saves

    config = _config(connection)
    try:
        engine.begin(connection, wait=wait)
        _refuse_newer(config, _revision(connection))
        command.upgrade(config, "head")
        engine.commit(connection)
    except BaseException as error:
        engine.rollback(connection)
        meaning = engine.explain(error)
        if meaning is None:
            raise
        raise meaning from error


def _refuse_newer(config: "Config", revision: str | None) -> None:
    from alembic.script import ScriptDirectory  # noqa: PLC0415  see _upgrade

    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if revision is not None and revision not in known:
        raise NewerDatabase(
            f"The database has revision {revision}, which a newer version of Taskora wrote; this version knows it up to"
            f" revision {_HEAD}."
        )


def _config(connection: Connection) -> "Config":
    from alembic.config import Config  # noqa: PLC0415  see _upgrade

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
