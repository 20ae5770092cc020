"""Cursors: the sort values of the last task shown, in an opaque text. One of another order is refused."""

import base64
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from services.tasks.store.listing import Sort
from taskora.domain.errors import InvalidField


def cursor_of(after: Sequence[Any], sort: Sort) -> str:
    """Return the cursor after which the next page begins."""
    values = [value.isoformat() if isinstance(value, dt.datetime) else value for value in after]
    return base64.urlsafe_b64encode(json.dumps([sort, values]).encode()).decode().rstrip("=")


def read_cursor(cursor: str, sort: Sort) -> tuple[Any, ...]:
    """Return the sort values of a cursor. Raises InvalidField for any other text, and for one of another order."""
    try:
        keys, values = json.loads(base64.urlsafe_b64decode((cursor + "=" * (-len(cursor) % 4)).encode()))
        names = [*(name for name, _ in sort), "number"]
        same = [tuple(key) for key in keys] == list(sort)
        read = [_READERS.get(name, _number)(value) for name, value in zip(names, values, strict=True)] if same else []
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise _wrong() from error
    if not read:
        raise _wrong()
    return tuple(read)


def _wrong() -> InvalidField:
    return InvalidField("The cursor is none of this list.", field="cursor", advice="Begin again without a cursor.")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is needed")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or abs(value) > 2**53:
        raise TypeError("a number is needed")
    return value


def _instant(value: object) -> dt.datetime:
    instant = dt.datetime.fromisoformat(_text(value))
    if instant.tzinfo is None:
        raise ValueError("an offset is needed")
    return instant


_READERS: Mapping[str, Any] = {
    "title": _text,
    **dict.fromkeys(("due", "created", "updated", "completed", "deleted"), _instant),
}
