"""A change in one line of words for people: "moved from Fri 20 Nov to Mon 23 Nov". Made from the change log alone."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from taskora.domain.due import Due
from taskora.domain.encoding import due_from_json, reminder_from_json, repeat_from_json
from taskora.domain.events import EventType
from taskora.domain.rule_words import listed
from taskora.domain.wording import date_text, due_text, rule_text
from taskora.storage.changes import Change

_TITLE_SHOWN = 80


def sentence(change: Change, *, user_zone: str, by_undo: bool = False) -> str:
    """Return what a change did, its dates as the user reads them; `by_undo`: an undo made it."""
    said = _PLAIN.get(change.type) or _SENTENCES.get(change.type, _changed)(change, user_zone)
    return f"undone: {said}" if by_undo else said


def _created(change: Change, user_zone: str) -> str:
    snapshot: Any = change.snapshot
    due, series = due_from_json(snapshot["due"]), change.more.get("series")
    when = "" if due is None else f", due {_due(due, change, user_zone)}"
    if snapshot.get("predecessor_id"):
        return f"made as the next of its series{when}"
    return f"added{when}" + (f", repeats {rule_text(repeat_from_json(series))}" if isinstance(series, Mapping) else "")


def _deleted(change: Change, _: str) -> str:
    if change.snapshot.get("taken_back"):
        return "taken back with the completion that had made it"
    return "moved to the trash"


def _changed(change: Change, user_zone: str) -> str:
    """Say the fields that differ, in the order of `_FIELDS`."""
    said = [
        words
        for name, say in _FIELDS.items()
        if name in change.fields
        for words in say(*_pair(change, name), lambda due: _due(due, change, user_zone))
    ]
    return ", ".join(said) or "changed"


def _tag(change: Change, _: str) -> str:
    name = change.snapshot["name"]
    if "deleted" in change.fields:
        return f"removed the tag “{name}”" if _pair(change, "deleted")[1] else f"brought the tag “{name}” back"
    said = []
    if "name" in change.fields:
        said.append(f"renamed the tag “{_pair(change, 'name')[0]}” to “{name}”")
    if "colour" in change.fields:
        colour = _pair(change, "colour")[1]
        said.append(f"gave the tag “{name}” the colour {colour}" if colour else f"took the colour off the tag “{name}”")
    return ", ".join(said) or f"changed the tag “{name}”"


def _preferences(change: Change, _: str) -> str:
    said = [f"{name.replace('_', ' ')} from {_value(old)} to {_value(new)}" for name, (old, new) in _pairs(change)]
    return f"preferences: {', '.join(said)}" if said else "preferences"


def _series(change: Change, _: str) -> str:
    rule = rule_text(repeat_from_json(change.snapshot))
    return f"no longer repeats ({rule})" if change.type == EventType.SERIES_STOPPED else f"repeats {rule}"


_PLAIN: Mapping[str, str] = {
    EventType.TASK_COMPLETED: "completed",
    EventType.TASK_REOPENED: "opened again",
    EventType.TASK_RESTORED: "brought back from the trash",
}
_SENTENCES: Mapping[str, Callable[[Change, str], str]] = {
    EventType.TASK_CREATED: _created,
    EventType.TASK_DELETED: _deleted,
    EventType.TAG_UPDATED: _tag,
    EventType.PREFERENCES_UPDATED: _preferences,
    EventType.SERIES_UPDATED: _series,
    EventType.SERIES_STOPPED: _series,
}

Days = Callable[[Due], str]
Field = Callable[[Any, Any, Days], Iterator[str]]


def _title(old: Any, new: Any, _: Days) -> Iterator[str]:
    yield f"renamed from “{str(old)[:_TITLE_SHOWN]}” to “{str(new)[:_TITLE_SHOWN]}”"


def _skipped(_: Any, new: Any, days: Days) -> Iterator[str]:
    yield f"skipped {days(_read_due(new))}"


def _moved(old: Any, new: Any, days: Days) -> Iterator[str]:
    if old is None:
        yield f"due {days(_read_due(new))}"
    elif new is None:
        yield f"no longer due {days(_read_due(old))}"
    else:
        yield f"moved from {days(_read_due(old))} to {days(_read_due(new))}"


def _end(_: Any, new: Any, days: Days) -> Iterator[str]:
    yield "no end any more" if new is None else f"ends {days(_read_due(new))}"


def _deadline(_: Any, new: Any, days: Days) -> Iterator[str]:
    yield (
        "no deadline any more"
        if new is None
        else f"deadline {days(_read_due({'date': new, 'time': None, 'zone': None}))}"
    )


def _repeat(old: Any, new: Any, _: Days) -> Iterator[str]:
    if new is None:
        yield "no longer repeats"
    elif old != new:
        yield f"repeats {rule_text(repeat_from_json(new))}"


def _priority(old: Any, new: Any, _: Days) -> Iterator[str]:
    yield f"priority from {old} to {new}"


def _tags(old: Any, new: Any, _: Days) -> Iterator[str]:
    added = [f"#{tag}" for tag in new if tag not in old]
    removed = [f"#{tag}" for tag in old if tag not in new]
    if added:
        yield f"tagged {listed(added)}"
    if removed:
        yield f"no longer tagged {listed(removed)}"
    if not added and not removed:
        yield "tags in another order"


def _reminders(_: Any, new: Any, __: Days) -> Iterator[str]:
    yield f"{len(new)} reminder{'s' if len(new) > 1 else ''}" if new else "no reminders of its own"


def _description(old: Any, new: Any, _: Days) -> Iterator[str]:
    yield "description added" if not old else "description changed" if new else "description removed"


def _duration(_: Any, new: Any, __: Days) -> Iterator[str]:
    if new is None:
        yield "no duration any more"
        return
    span: Any = reminder_from_json(new)
    hours, minutes = divmod(round(span.total_seconds() / 60), 60)
    yield "takes " + " ".join(filter(None, (f"{hours} h" if hours else "", f"{minutes} min" if minutes else "")))


_FIELDS: Mapping[str, Field] = {
    "title": _title,
    "skipped": _skipped,
    "due": _moved,
    "end": _end,
    "duration": _duration,
    "deadline": _deadline,
    "repeat": _repeat,
    "priority": _priority,
    "tags": _tags,
    "reminders": _reminders,
    "description": _description,
}
"""The fields that people know, and how a change of each is said. The others are what the machinery keeps."""


def _due(due: Due, change: Change, user_zone: str) -> str:
    """Say a date without its year where that is the year of the change."""
    text = due_text(due, user_zone=user_zone)
    said = date_text(due.date)
    return text.replace(said, said.removesuffix(f" {due.date.year}"), 1) if due.date.year == change.at.year else text


def _read_due(value: Any) -> Due:
    due = due_from_json(value)
    if due is None:
        raise ValueError("a date is needed")
    return due


def _pair(change: Change, name: str) -> tuple[Any, Any]:
    values: Any = change.fields[name]
    return values[0], values[1]


def _pairs(change: Change) -> Iterator[tuple[str, tuple[Any, Any]]]:
    return ((name, _pair(change, name)) for name in change.fields)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "nothing" if value is None else str(value)
