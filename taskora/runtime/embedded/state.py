"""The state port on a table: small JSON values by key, with an etag and a time to live in system time."""

import datetime as dt
import json
import secrets
import time

from sqlalchemy import ColumnElement, Connection, Text, and_, delete, insert, or_, select, update
from sqlmodel import Field, SQLModel, col

from taskora.domain.errors import Conflict
from taskora.runtime.ports import StateEntry
from taskora.storage.database import Database
from taskora.storage.unit_of_work import UnitOfWork


class StateRow(SQLModel, table=True):
    """One entry. `value` is JSON text; `expires_at` is in POSIX seconds, None for an entry that stays."""

    __tablename__ = "state_entry"

    key: str = Field(primary_key=True)
    value: str = Field(sa_type=Text)
    etag: str
    expires_at: float | None = Field(default=None, index=True)


class StoredState:
    """Keeps the entries in the host's database, so that they outlive the process."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, key: str) -> StateEntry | None:
        """Return the entry, or None when there is none or its time to live has passed."""

        def query(connection: Connection) -> StateEntry | None:
            row = connection.execute(select(StateRow.value, StateRow.etag).where(_living(key))).one_or_none()  # type: ignore[call-overload]  # sqlmodel's columns are typed as their values
            return None if row is None else StateEntry(json.loads(row.value), row.etag)

        return await self._database.read(query)

    async def put(self, key: str, value: object, *, etag: str | None = None, ttl: dt.timedelta | None = None) -> str:
        """Store a JSON value and return its new etag. With `etag`, only if the entry still has it, else Conflict."""
        fresh = secrets.token_hex(8)
        expires_at = None if ttl is None else time.time() + ttl.total_seconds()
        values = {"value": json.dumps(value), "etag": fresh, "expires_at": expires_at}

        def work(unit: UnitOfWork) -> str:
            changed = unit.connection.execute(update(StateRow).where(_living(key, etag)).values(values)).rowcount
            if not changed and etag is not None:
                raise Conflict(f"The entry {key} was changed or removed meanwhile.")
            unit.connection.execute(delete(StateRow).where(col(StateRow.expires_at) <= time.time()))
            if not changed:
                unit.connection.execute(insert(StateRow).values(key=key, **values))
            return fresh

        return await self._database.write(work)

    async def delete(self, key: str, *, etag: str | None = None) -> bool:
        """Delete the entry and tell whether this call did it; with `etag`, only if the entry still has it."""

        def work(unit: UnitOfWork) -> bool:
            return unit.connection.execute(delete(StateRow).where(_living(key, etag))).rowcount == 1

        return await self._database.write(work)


def _living(key: str, etag: str | None = None) -> ColumnElement[bool]:
    """Select the entry of that key (and etag) unless its time to live has passed."""
    expires_at = col(StateRow.expires_at)
    living = and_(col(StateRow.key) == key, or_(expires_at.is_(None), expires_at > time.time()))
    return living if etag is None else and_(living, col(StateRow.etag) == etag)
