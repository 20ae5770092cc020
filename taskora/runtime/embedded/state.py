"""The state port on a table: small JSON values by key, with an etag and a time to live in system time."""

import datetime as dt

from sqlalchemy import Text
from sqlmodel import Field, SQLModel


class StateRow(SQLModel, table=True):
    """One entry. `value` is JSON text; `expires_at` is in POSIX seconds, None for an entry that stays."""

    __tablename__ = "state_entry"

    key: str = Field(primary_key=True)
    value: str = Field(sa_type=Text)
    etag: str
    expires_at: float | None = Field(default=None, index=True)
