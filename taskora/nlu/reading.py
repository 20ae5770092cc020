"""What a line was understood to mean: the values that the reader returns and everyone above consumes."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from taskora.domain.due import Due
from taskora.domain.preferences import Preferences
from taskora.domain.series import Repeat
from taskora.domain.task import Priority, Status


class Intent(StrEnum):
    """What the person wants done."""

    ADD = "add"
    LIST = "list"
    COMPLETE = "complete"
    REOPEN = "reopen"
    UPDATE = "update"
    DELETE = "delete"
    RESTORE = "restore"
    UNDO = "undo"
    STOP_SERIES = "stop_series"
    SKIP = "skip"
    SNOOZE = "snooze"
    REMIND = "remind"
    PREFERENCES = "preferences"
    HISTORY = "history"
    HELP = "help"
    CONFIRM = "confirm"
    CANCEL = "cancel"
    CHAT = "chat"
    OUT_OF_SCOPE = "out_of_scope"
    CLARIFY = "clarify"


class Confidence(StrEnum):
    """Certain; assumed (the assumption is said); or asked (nothing is done before an answer)."""

    CERTAIN = "certain"
    ASSUMED = "assumed"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Context:
    """The moment at which the words were said (aware) and the user's preferences, zone included."""

    now: dt.datetime
    preferences: Preferences


@dataclass(frozen=True, slots=True)
class Span:
    """A piece `[start, end)` of the line and what it was taken for (`date`, `time`, `rule`, `tag`, `command`, …)."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Filter:
    """Which tasks are meant. Bounds are inclusive local days (Due without time) or wall times. Open is the default status."""

    due_from: Due | None = None
    due_to: Due | None = None
    completed_from: dt.date | None = None
    completed_to: dt.date | None = None
    overdue: bool = False
    no_due: bool = False
    tags: tuple[str, ...] = ()
    priority: Priority | None = None
    min_priority: Priority | None = None
    status: Status | None = None
    text: str | None = None
    sort: str | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """New values for an existing task. None: not said. `cleared` names the fields to empty (`due`, `repeat`, `tags`, …)."""

    title: str | None = None
    due: Due | None = None
    end: Due | None = None
    repeat: Repeat | None = None
    priority: Priority | None = None
    tags_add: tuple[str, ...] = ()
    tags_remove: tuple[str, ...] = ()
    cleared: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Command:
    """One operation. `text` is its piece of the line; `words` holds the pieces that are passed on for resolution.

    Keys of `words`: `when` (date, time and period words), `repeat`, as they stood in the line. `target` is the words that
    name the task meant. `question` is what to ask or say when the intent is clarify. `assumptions` are short sentences
    such as "took 5 as 5 pm"; `left` are pieces that look like a date but stayed in the title.
    """

    intent: Intent
    text: str = ""
    title: str | None = None
    description: str | None = None
    due: Due | None = None
    end: Due | None = None
    duration: dt.timedelta | None = None
    deadline: Due | None = None
    repeat: Repeat | None = None
    priority: Priority | None = None
    tags: tuple[str, ...] = ()
    reminders: tuple[dt.timedelta | Due, ...] = ()
    target: str | None = None
    filter: Filter | None = None
    changes: Changes | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    needs_confirmation: bool = False
    confidence: Confidence = Confidence.CERTAIN
    assumptions: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole line: its commands in order and every span that was taken out of it."""

    text: str
    commands: tuple[Command, ...]
    spans: tuple[Span, ...] = ()
