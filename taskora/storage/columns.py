"""Column types with one meaning on every database system. Not here: tables.

Instants are aware and UTC on both sides; JSON is compact and keeps the order of its keys.
"""

import datetime as dt
import json
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer
from sqlalchemy.types import TypeDecorator, TypeEngine

from taskora.storage import sqlite

ROW_NUMBER = BigInteger().with_variant(Integer(), sqlite.NAME)
"""A primary key that counts upwards by itself."""

NUMBERS_USED_ONCE: dict[str, Any] = {f"{sqlite.NAME}_autoincrement": True}
"""Options of a table whose ROW_NUMBER must not come again after its row was deleted."""


class UtcDateTime(TypeDecorator[dt.datetime]):
    """An aware instant, kept in UTC so that it sorts and compares as an instant. A naive one raises ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the column type of this database system."""
        if dialect.name == sqlite.NAME:
            return dialect.type_descriptor(sqlite.TextInstant())  # type: ignore[no-untyped-call]  # SQLAlchemy left its constructor untyped
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002  the signature is SQLAlchemy's
        """Turn any aware instant into UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs an offset: {value.isoformat()}")
        return value.astimezone(dt.UTC)


def to_json(value: object) -> str:
    """Return JSON as every column keeps it: compact, characters as they are."""
    return _ENCODER.encode(value)


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
