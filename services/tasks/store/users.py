"""The counter row of a user: sequence, task number and preferences. A write locks it before any other row."""

from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy import Connection

from services.tasks.store.tables import user_table
from taskora.domain.encoding import preferences_from_json
from taskora.domain.preferences import Preferences

_FOUND = sa.select(user_table.c.task_number, user_table.c.preferences, user_table.c.sequence).where(
    user_table.c.user_id == sa.bindparam("user")
)
_LOCKED = _FOUND.with_for_update()
_KNOWN = _FOUND.add_columns(sa.cast(user_table.c.preferences, sa.String))
_ADDED = sa.text(
    "INSERT INTO tasks_user (user_id, sequence, task_number, preferences) VALUES (:user, 0, 0, '{}') ON CONFLICT DO NOTHING"
)
_CHOSEN = (
    sa.update(user_table)
    .where(user_table.c.user_id == sa.bindparam("user"))
    .values(preferences=sa.bindparam("chosen", type_=sa.JSON))
)


@dataclass(frozen=True, slots=True)
class User:
    """What a command knows of the user: `sequence` is the last change's number, `chosen` only the preferences that were set.

    `stored` is the text of these as it is kept; None of a user who never wrote, or whose row is locked.
    """

    user_id: str
    task_number: int
    preferences: Preferences
    chosen: dict[str, object]
    sequence: int = 0
    stored: str | None = None

    @property
    def zone(self) -> str:
        """Return the user's present IANA zone."""
        return self.preferences.zone


def lock(connection: Connection, user_id: str, defaults: Preferences) -> User:
    """Lock the user's row until the transaction ends, and create it at the user's first write."""
    row = connection.execute(_LOCKED, {"user": user_id}).first()
    if row is None:
        connection.execute(_ADDED, {"user": user_id})
        row = connection.execute(_LOCKED, {"user": user_id}).one()
    return _user(user_id, row[0], row[1], defaults, row[2])


def find(connection: Connection, user_id: str, defaults: Preferences) -> User:
    """Return the user without a lock; one who never wrote has the defaults."""
    row = connection.execute(_KNOWN, {"user": user_id}).first()
    if row is None:
        return _user(user_id, 0, {}, defaults)
    return replace(_user(user_id, row[0], row[1], defaults), stored=row[3])


def set_preferences(connection: Connection, user_id: str, chosen: dict[str, object]) -> None:
    """Keep what the user chose."""
    connection.execute(_CHOSEN, {"user": user_id, "chosen": chosen})


def _user(user_id: str, number: int, chosen: dict[str, object], defaults: Preferences, sequence: int = 0) -> User:
    return User(user_id, number, preferences_from_json(chosen, defaults), chosen, sequence)
