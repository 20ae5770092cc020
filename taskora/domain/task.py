"""A task, its fields and their limits. Transitions (create, complete, …) are in `transitions`."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from taskora.domain.due import Due

TITLE_LIMIT = 500
DESCRIPTION_LIMIT = 16 * 1024
TAG_LIMIT = 50
TAGS_LIMIT = 50


class Status(StrEnum):
    """Open or completed. Trash is not a status: a deleted task keeps the one it had."""

    OPEN = "open"
    COMPLETED = "completed"


class Priority(StrEnum):
    """Four levels; medium unless said otherwise (R-002)."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    URGENT = "urgent"

    @property
    def rank(self) -> int:
        """Return 0 for low up to 3 for urgent, for sorting."""
        return list(Priority).index(self)


@dataclass(frozen=True, slots=True)
class NextOutcome:
    """What came of a completed occurrence: the next task made, or why there is none.

    `reason` is `made`, `ended`, `stopped`, `occurrence_open` or `limit` (the series made as many tasks as one may);
    `passed_over` counts the dates between.
    """

    reason: str
    task_id: str | None = None
    passed_over: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """One task of one user. Instants are aware and UTC; `due` and `end` are local (see `due`).

    `reminders` are offsets from the due (negative: before) or instants. `caused_by` is the id of the completion event that
    made this occurrence, `predecessor_id` the task that was completed, `completed_by` the id of this task's own completion
    event, `next` its outcome.

    `usual` holds, as JSON by field, what the occurrences after this one keep where this one was changed for itself alone.
    `taken_back`: it lies in the trash because the completion that made it was; a series does not count it.
    """

    id: str
    user_id: str
    number: int
    title: str
    created_at: dt.datetime
    updated_at: dt.datetime
    description: str = ""
    status: Status = Status.OPEN
    priority: Priority = Priority.MEDIUM
    tags: tuple[str, ...] = ()
    due: Due | None = None
    end: Due | None = None
    duration: dt.timedelta | None = None
    deadline: dt.date | None = None
    reminders: tuple[dt.timedelta | dt.datetime, ...] = ()
    series_id: str | None = None
    occurrence: Due | None = None
    predecessor_id: str | None = None
    caused_by: str | None = None
    completed_at: dt.datetime | None = None
    completed_by: str | None = None
    deleted_at: dt.datetime | None = None
    next: NextOutcome | None = None
    usual: Mapping[str, Any] = field(default_factory=dict)
    taken_back: bool = False
    version: int = 1
