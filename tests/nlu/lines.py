"""Types lines at a fixed moment and shows the commands in short: only what was understood, as plain values."""

import dataclasses
import datetime as dt
import types
from collections.abc import Callable, Mapping
from typing import Any

from taskora.domain.due import Due
from taskora.domain.series import Anchor, Repeat
from taskora.nlu.reader import read_line
from taskora.nlu.reading import Changes, Command, Context, Filter, Intent
from tests.nlu.saying import context, shown

_BLANK = Command(Intent.CLARIFY)
_UNSEEN = {"intent", "text", "question", "confidence", "assumptions", "left", "words"}


def line(text: str, when: Context | None = None) -> list[Mapping[str, object]]:
    """Return each command of a line as a mapping: its intent and the fields that hold something."""
    return [view(command) for command in read_line(text, when or context()).commands]


def one(text: str, when: Context | None = None) -> Mapping[str, object]:
    """Return the only command of a line."""
    commands = line(text, when)
    assert len(commands) == 1
    return commands[0]


def view(command: Command) -> dict[str, object]:
    """Return a command without what it does not say."""
    return {"intent": command.intent.value} | _said(command, _BLANK, _UNSEEN)


def rule_of(repeat: Repeat | None) -> str:
    """Return a series as one line: its rules with their times, its end, its anchor."""
    if repeat is None:
        return ""
    rules = [rule.rrule + (f"@{rule.time:%H:%M}" if rule.time else "") for rule in repeat.rules]
    end = f" until {repeat.end.until}" if repeat.end.until else f" x{repeat.end.count}" if repeat.end.count else ""
    left_out = "".join(f" -{date}" for date in repeat.excluded_dates)
    left_out += "".join(f" -{rule.rrule}" for rule in repeat.excluded_rules)
    anchor = " after completion" if repeat.anchor is Anchor.COMPLETION else ""
    return " + ".join(rules) + end + left_out + anchor


def _said(value: Command | Filter | Changes, blank: object, unseen: set[str]) -> dict[str, object]:
    names = (field.name for field in dataclasses.fields(value))
    told = {name: getattr(value, name) for name in names if name not in unseen}
    return {name: _plain(held) for name, held in told.items() if held != getattr(blank, name)}


def _plain(value: object) -> object:
    for kind, shows in _SHOWS:
        if isinstance(value, kind):
            return shows(value)
    return getattr(value, "value", value)


_SHOWS: tuple[tuple[type | types.UnionType, Callable[[Any], object]], ...] = (
    (Due, shown),
    (Filter | Changes, lambda value: _said(value, type(value)(), set())),
    (Repeat, rule_of),
    (dt.timedelta, lambda value: int(value.total_seconds() // 60)),
    (dt.date, dt.date.isoformat),
    (frozenset, sorted),
    (tuple, lambda value: [_plain(item) for item in value]),
)
