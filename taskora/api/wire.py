"""What goes over the task service's HTTP surface: requests, answers and the query of a list.

Requests refuse members they don't know; answers ignore them, so that an older client reads a newer service. Instants are
ISO 8601 with an offset, days `YYYY-MM-DD`, times of day `HH:MM` or `HH:MM:SS`, durations ISO 8601 (`-PT30M`).
"""

import datetime as dt
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, NaiveDatetime

from taskora.domain.edits import Scope
from taskora.domain.preferences import DateOrder, WeekStart
from taskora.domain.series import Anchor
from taskora.domain.task import Priority, Status

ITEMS_LIMIT = 100
PAGE_DEFAULT = 50
PAGE_LIMIT = 200


class Asked(BaseModel):
    """A part of a request."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Answered(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class DueInput(Asked):
    """A local date, perhaps with a time; `zone` is an IANA name, by default the user's."""

    date: dt.date
    time: dt.time | None = None
    zone: str | None = None


class Clearable(StrEnum):
    """The fields that an update can empty. `time` makes a timed task an all-day one; `repeat` stops the series."""

    DUE = "due"
    TIME = "time"
    END = "end"
    DEADLINE = "deadline"
    REPEAT = "repeat"
    DESCRIPTION = "description"
    TAGS = "tags"
    REMINDERS = "reminders"


class Fields(Asked):
    """What can be said of a task in fields. `when` and `repeat` are words; `due`, `end` and `rrule` win over them.

    `rrule` is an RFC 5545 rule that may hold UNTIL or COUNT; it starts at the due, else today.
    """

    title: str | None = None
    description: str | None = None
    priority: Priority | None = None
    tags: list[str] | None = None
    when: str | None = None
    repeat: str | None = None
    rrule: str | None = None
    anchor: Anchor | None = None
    due: DueInput | None = None
    end: DueInput | None = None
    duration_min: int | None = None
    deadline: dt.date | None = None
    reminders: list[str] | None = None


class NewTask(Fields):
    """A task to create: the words of one task in `text`, or fields, or both (the fields win)."""

    text: str | None = None


class TaskTarget(Asked):
    """The task meant: its id, its number ("#12", "12") or words of its title. `version`: only if it still has that one."""

    task: str
    version: int | None = None


class TaskEdit(Fields, TaskTarget):
    """New values for a task. What is not sent stays; `clear` empties fields.

    `shift` moves due and end by a duration (`P2D`, `-PT1H`): days on the wall, hours as time that passes. `note` is added to
    the description as a paragraph of its own. `scope` says for which occurrences of a repeating task the change is meant:
    `this` one alone, or also all that follow (`future`, which moves the rule with the due). Not said: a moved due is for this
    one, the rest for all that follow.
    """

    shift: str | None = None
    note: str | None = None
    tags_add: list[str] | None = None
    tags_remove: list[str] | None = None
    clear: list[Clearable] | None = None
    scope: Scope | None = None


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


class BatchAnswer(Answered):
    """The results of a command, in the order of its items."""

    command_id: str
    results: list[ItemResult]


class Tag(Answered):
    """A tag of the user. `open` counts the open tasks that have it."""

    name: str
    colour: str | None = None
    open: int | None = None


class TagPage(Answered):
    """All tags of the user, by name."""

    tags: list[Tag]


class TagTarget(Asked):
    """Which tag is meant, by name; case does not matter."""

    tag: str


class TagEdit(TagTarget):
    """A new name or colour; what is not sent stays. `colour` is `#rrggbb` or one of the named ones, null takes it away."""

    name: str | None = None
    colour: str | None = None


class TagResult(Answered):
    """What became of one item: the tag as it is now (null when it was taken away), or a problem."""

    ok: bool
    tag: Tag | None = None
    assumptions: list[str] = []
    problem: Problem | None = None


class TagAnswer(Answered):
    """The results of a command on tags, in the order of its items."""

    command_id: str
    results: list[TagResult]


class UndoAnswer(BatchAnswer):
    """What was taken back, in words, and the tasks as they are now; a problem for each that was left alone."""

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


class TaskQuery(Asked):
    """Which tasks to list, in which order.

    `when` is words ("this week"); with `status=completed` they mean the time of completion. `due_from` and `due_to` are
    inclusive local days or wall times (`2026-11-20T14:00`). Several `tag` must all be there, one of `any_tag`, none of
    `no_tag`. `min_priority` is "high and above". `text` finds the beginnings of words in title, description and tags, in any
    order. `total=true` counts all pages, which takes a look at every task that fits. `sort` is a list such as
    `due,-created`: due, priority (urgent first), created, updated, completed, title, number; `-` turns one round.
    """

    status: Literal["open", "completed", "all"] | None = None
    when: str | None = None
    due_from: str | None = None
    due_to: str | None = None
    overdue: bool = False
    no_due: bool = False
    completed_from: dt.date | None = None
    completed_to: dt.date | None = None
    tag: list[str] = []
    any_tag: list[str] = []
    no_tag: list[str] = []
    repeats: bool | None = None
    created_from: dt.date | None = None
    created_to: dt.date | None = None
    priority: Priority | None = None
    min_priority: Priority | None = None
    text: str | None = None
    sort: str | None = None
    limit: Annotated[int, Field(ge=1, le=PAGE_LIMIT)] = PAGE_DEFAULT
    cursor: str | None = None
    total: bool = False
    trash: bool = False
    said_at: AwareDatetime | None = None


class Preferences(Answered):
    """What the user chose, or the defaults."""

    zone: str
    locale: str
    week_start: WeekStart
    date_order: DateOrder
    all_day_time: dt.time
    default_reminder_minutes: int | None = None
    require_end: bool


class PreferencesEdit(Asked):
    """New choices; what is not sent stays. `default_reminder_minutes: null` turns the default reminder off."""

    zone: str | None = None
    locale: str | None = None
    week_start: WeekStart | None = None
    date_order: DateOrder | None = None
    all_day_time: dt.time | None = None
    default_reminder_minutes: int | None = None
    require_end: bool | None = None


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
