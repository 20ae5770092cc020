"""What the task service answers of tasks, tags, preferences and changes. Answers ignore members they don't know."""

import datetime as dt
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, NaiveDatetime

from taskora.domain.preferences import DateOrder, WeekStart
from taskora.domain.task import Priority, Status


class Answered(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Due(Answered):
    """When a task is due: the local date, time and zone, and the UTC instant derived from them."""

    date: dt.date
    time: dt.time | None = None
    zone: str | None = None
    at: dt.datetime


class Rule(Answered):
    """An RFC 5545 rule with its local start."""

    rrule: str
    start: dt.date
    time: dt.time | None = None


class Repeats(Answered):
    """How a task repeats: the rules, the same in words (`text`), and whether the series still makes tasks (`state`).

    An excluded date leaves out its whole day, one with a time only that time.
    """

    series_id: str
    rules: list[Rule]
    excluded_dates: list[Annotated[dt.date | NaiveDatetime, Field(union_mode="left_to_right")]] = []
    excluded_rules: list[Rule] = []
    text: str
    anchor: str
    until: dt.date | None = None
    count: int | None = None
    state: str


class Next(Answered):
    """What came of a completed occurrence: the next task, or why there is none."""

    reason: str
    task_id: str | None = None
    passed_over: int = 0


class Task(Answered):
    """A task as the service shows it."""

    id: str
    number: int
    title: str
    description: str = ""
    status: Status
    priority: Priority
    tags: list[str] = []
    due: Due | None = None
    due_text: str | None = None
    end: Due | None = None
    duration_min: int | None = None
    deadline: dt.date | None = None
    reminders: list[str] = []
    repeats: Repeats | None = None
    occurrence: Due | None = None
    predecessor_id: str | None = None
    next: Next | None = None
    version: int
    created_at: dt.datetime
    updated_at: dt.datetime
    completed_at: dt.datetime | None = None
    deleted_at: dt.datetime | None = None


class Candidate(Answered):
    """A task that words may have meant."""

    id: str
    number: int
    title: str
    due: str | None = None


class Problem(Answered):
    """Why one item of a batch was not done. `task` is the current one when the version was stale."""

    model_config = ConfigDict(extra="allow", frozen=True)

    code: str
    detail: str
    advice: str = ""
    field: str | None = None
    candidates: list[Candidate] | None = None
    task: Task | None = None


class ItemResult(Answered):
    """What became of one item: the task with what was assumed, or a problem.

    `left` holds words that look like a date but stayed in the title.
    """

    ok: bool
    task: Task | None = None
    assumptions: list[str] = []
    left: list[str] = []
    problem: Problem | None = None


class OneAnswer(Answered):
    """What became of a single task: the task, and what was assumed. A refusal is a problem of its own status."""

    command_id: str | None = None
    dry_run: bool = False
    ok: bool = True
    task: Task
    assumptions: list[str] = []
    left: list[str] = []


class BatchAnswer(Answered):
    """The results of a command, in the order of its items.

    `command_id` is what undo takes; null where nothing was done: of a lookup, or a `dry_run`, which says what would be.
    """

    command_id: str | None = None
    dry_run: bool = False
    results: list[ItemResult]


class Tag(Answered):
    """A tag of the user. `open` counts the open tasks that have it."""

    name: str
    colour: str | None = None
    open: int | None = None


class TagPage(Answered):
    """All tags of the user, by name."""

    tags: list[Tag]


class TagResult(Answered):
    """What became of one item: the tag as it is now (null when it was taken away), or a problem."""

    ok: bool
    tag: Tag | None = None
    assumptions: list[str] = []
    problem: Problem | None = None


class TagAnswer(Answered):
    """The results of a command on tags, in the order of its items."""

    command_id: str | None = None
    dry_run: bool = False
    results: list[TagResult]


class UndoAnswer(BatchAnswer):
    """What was taken back, in words, and the tasks as they are now; a problem for each that was left alone.

    A command on tags has no tasks to show.
    """

    undone: str


class Period(Answered):
    """What words of a period were read as."""

    model_config = ConfigDict(extra="ignore", frozen=True, populate_by_name=True)

    from_: str | None = Field(default=None, alias="from")
    to: str | None = None
    text: str


class TaskPage(Answered):
    """One page of a list; `total` counts all pages, and is null where it was neither asked for nor known by itself."""

    tasks: list[Task]
    total: int | None = None
    next_cursor: str | None = None
    period: Period | None = None


class Preferences(Answered):
    """What the user chose, or the defaults."""

    zone: str
    locale: str
    week_start: WeekStart
    date_order: DateOrder
    all_day_time: dt.time
    default_reminder_minutes: int | None = None
    require_end: bool


class PreferencesAnswer(Preferences):
    """The preferences after a change; with `dry_run` as they would be."""

    dry_run: bool = False


class Change(Answered):
    """One numbered change: `subject` is the id of a task or series, or the user's; `snapshot` the whole of it afterwards."""

    sequence: int
    event_id: str
    type: str
    subject: str
    at: dt.datetime
    actor: dict[str, str]
    channel: str
    command_id: str
    changes: dict[str, list[object]]
    snapshot: dict[str, object]


class ChangePage(Answered):
    """Changes after a sequence number, in order. `more`: ask again with the last one's number."""

    changes: list[Change]
    more: bool
