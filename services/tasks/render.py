"""Domain values as they go over HTTP (see taskora.api.wire): plain dicts, built once and never validated again.

A test reads everything that comes out of here with the wire models.
"""

from functools import lru_cache
from typing import Any

from taskora.api.problems import to_problem
from taskora.domain.due import Due
from taskora.domain.encoding import instant_to_json, next_to_json, reminder_to_json, rule_to_json
from taskora.domain.errors import Refused
from taskora.domain.series import Repeat, Series
from taskora.domain.task import Task
from taskora.domain.wording import due_text, rule_text

Json = dict[str, Any]
_FORM = 1
"""Counts up when a task is shown in another way, so that what was kept in the old one is not used."""


def form(user_zone: str) -> str:
    """Return what a task's JSON depends on besides the task: the form of this version and the user's zone."""
    return f"{_FORM} {user_zone}"


def task(shown: Task, series: Series | None, user_zone: str) -> Json:
    """Return a task with its series as the wire shows it to a user in that zone."""
    return {
        "id": shown.id,
        "number": shown.number,
        "title": shown.title,
        "description": shown.description,
        "status": shown.status.value,
        "priority": shown.priority.value,
        "tags": shown.tags,
        "due": when(shown.due, user_zone),
        "due_text": None if shown.due is None else _due_text(shown.due, user_zone),
        "end": when(shown.end, user_zone),
        "duration_min": None if shown.duration is None else round(shown.duration.total_seconds() / 60),
        "deadline": None if shown.deadline is None else shown.deadline.isoformat(),
        "reminders": [reminder_to_json(reminder) for reminder in shown.reminders],
        "repeats": None if series is None else _repeats(series),
        "occurrence": when(shown.occurrence, user_zone),
        "predecessor_id": shown.predecessor_id,
        "next": next_to_json(shown.next),
        "version": shown.version,
        "created_at": instant_to_json(shown.created_at),
        "updated_at": instant_to_json(shown.updated_at),
        "completed_at": None if shown.completed_at is None else instant_to_json(shown.completed_at),
        "deleted_at": None if shown.deleted_at is None else instant_to_json(shown.deleted_at),
    }


def problem(refusal: Refused, user_zone: str) -> Json:
    """Return the problem of an item; a stale version comes with the task as it is now."""
    members = to_problem(refusal)
    found = members.pop("found", None)
    if isinstance(found, tuple):
        members["task"] = task(found[0], found[1], user_zone)
    return members


def _repeats(series: Series) -> Json:
    repeat = series.repeat
    return {
        "series_id": series.id,
        "rules": [rule_to_json(rule) for rule in repeat.rules],
        "excluded_dates": [date.isoformat() for date in repeat.excluded_dates],
        "excluded_rules": [rule_to_json(rule) for rule in repeat.excluded_rules],
        "text": rule_words(repeat),
        "anchor": repeat.anchor.value,
        "until": None if repeat.end.until is None else repeat.end.until.isoformat(),
        "count": repeat.end.count,
        "state": series.state.value,
    }


def when(due: Due | None, user_zone: str) -> Json | None:
    """Return a due with its instant."""
    return None if due is None else dict(_due_members(due, user_zone))


@lru_cache(maxsize=8192)
def _due_members(due: Due, user_zone: str) -> tuple[tuple[str, str | None], ...]:
    return (
        ("date", due.date.isoformat()),
        ("time", None if due.time is None else due.time.isoformat()),
        ("zone", due.zone),
        ("at", instant_to_json(due.instant(user_zone))),
    )


@lru_cache(maxsize=8192)
def _due_text(due: Due, user_zone: str) -> str:
    return due_text(due, user_zone=user_zone)


@lru_cache(maxsize=2048)
def rule_words(repeat: Repeat) -> str:
    """Return a repeat in words, as `rule_text` says it."""
    return rule_text(repeat)
