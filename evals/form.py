"""The form of a case as tables: which keys an object may hold, and what each holds. `case` reads files by it.

Any key X may have an `X_alt` beside it, a list of other values that are right as well.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import cast

from evals.occurrences import check_rule
from taskora.domain.durations import read_duration
from taskora.domain.series import Anchor
from taskora.domain.task import Priority, Status
from taskora.nlu.reading import Intent

Json = Mapping[str, object]
Check = Callable[[object], None]

ALT = "_alt"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WALL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


class FormError(ValueError):
    """A value does not have the form of a case; the text names the key and what is needed."""


def check_object(value: object, keys: Mapping[str, Check], where: str) -> Json:
    """Return the object when each key is known and each value has its form. Raises FormError naming the key."""
    if not isinstance(value, dict):
        raise FormError(f"{where}: an object is needed")
    for key, held in value.items():
        _check_key(key, held, keys, where)
    return cast(Json, value)


def _check_key(key: str, held: object, keys: Mapping[str, Check], where: str) -> None:
    name = key.removesuffix(ALT)
    if key not in keys and not (key.endswith(ALT) and name in keys):
        raise FormError(f"{where}: unknown key {key!r}")
    check = keys[key] if key in keys else _each(keys[name])
    try:
        check(held)
    except FormError as error:
        raise FormError(f"{where}: {key}: {error}") from error
    except ValueError as error:
        raise FormError(f"{where}: {key}: {error}") from error


def _each(check: Check) -> Check:
    def checked(value: object) -> None:
        if not isinstance(value, list):
            raise FormError("a list is needed")
        for item in value:
            check(item)

    return checked


def _optional(check: Check) -> Check:
    def checked(value: object) -> None:
        if value is not None:
            check(value)

    return checked


def text(value: object) -> None:
    """Check for a text that is not empty."""
    if not isinstance(value, str) or not value:
        raise FormError("a text is needed")


def flag(value: object) -> None:
    """Check for true or false."""
    if not isinstance(value, bool):
        raise FormError("true or false is needed")


def number(value: object) -> None:
    """Check for a whole number from 0 on."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise FormError("a whole number is needed")


def day(value: object) -> None:
    """Check for `YYYY-MM-DD`."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise FormError("a day YYYY-MM-DD is needed")
    dt.date.fromisoformat(value)


def wall(value: object) -> None:
    """Check for `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM`."""
    if isinstance(value, str) and _WALL.fullmatch(value):
        dt.datetime.fromisoformat(value)
    elif isinstance(value, str) and _DAY.fullmatch(value):
        day(value)
    else:
        raise FormError("a day YYYY-MM-DD or a wall time YYYY-MM-DDTHH:MM is needed")


def duration(value: object) -> None:
    """Check for an ISO 8601 duration."""
    text(value)
    read_duration(str(value))


def _reminder(value: object) -> None:
    if isinstance(value, str) and _WALL.fullmatch(value):
        wall(value)
    else:
        duration(value)


def _rule(value: object) -> None:
    text(value)
    check_rule(str(value))


def _one_of(*accepted: str) -> Check:
    def checked(value: object) -> None:
        if value not in accepted:
            raise FormError(f"{value!r} is none of {', '.join(accepted)}")

    return checked


_texts = _each(text)
_priority = _optional(_one_of(*Priority))

VALUES: dict[str, Check] = {
    "title": _optional(text),
    "due": _optional(wall),
    "end": _optional(wall),
    "duration_min": _optional(number),
    "deadline": _optional(wall),
    "rrule": _optional(_rule),
    "exdates": _optional(_each(day)),
    "rrules": _optional(_each(_rule)),
    "anchor": _optional(_one_of(*Anchor)),
    "priority": _priority,
    "tags": _optional(_texts),
    "reminders": _optional(_each(_reminder)),
}
FILTER: dict[str, Check] = {
    "due_from": _optional(wall),
    "due_to": _optional(wall),
    "overdue": _optional(flag),
    "no_due": _optional(flag),
    "tags": _optional(_texts),
    "priority": _priority,
    "status": _optional(_one_of(*Status)),
    "text": _optional(text),
    "sort": _optional(text),
}
CHANGES: dict[str, Check] = {**VALUES, "tags_add": _texts, "tags_remove": _texts}


def _filter(value: object) -> None:
    check_object(value, FILTER, "filter")


def _changes(value: object) -> None:
    check_object(value, CHANGES, "changes")


COMMAND: dict[str, Check] = {
    **VALUES,
    "intent": _one_of(*Intent),
    "target": _optional(text),
    "filter": _optional(_filter),
    "changes": _optional(_changes),
    "needs_confirmation": _optional(flag),
}
STORED: dict[str, Check] = {**VALUES, "status": _one_of("open", "completed", "trash")}


def _stored(value: object) -> None:
    check_object(value, STORED, "task")
    if isinstance(value, dict) and not value:
        raise FormError("a task needs a key to be known by")


TURN: dict[str, Check] = {
    "asks": flag,
    "tasks": _each(_stored),
    "count": number,
    "absent": _texts,
    "reply": _texts,
    "changed": number,
    "reply_not": _texts,
    "tools": _texts,
    "tools_not": _texts,
}


def _command(value: object) -> None:
    check_object(value, COMMAND, "command")


def check_expectation(value: object, where: str) -> Json:
    """Check what is expected of a phrase: one command, or `commands`. Raises FormError."""
    if not isinstance(value, dict) or "commands" not in value:
        return check_object(value, COMMAND, where)
    expected = check_object(value, {"commands": _each(_command)}, where)
    if not expected["commands"]:
        raise FormError(f"{where}: commands: at least one command is needed")
    return expected
