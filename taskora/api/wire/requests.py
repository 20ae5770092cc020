"""What is sent to the task service. Requests refuse members they don't know."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from taskora.domain.edits import Scope
from taskora.domain.preferences import DateOrder, WeekStart
from taskora.domain.series import Anchor
from taskora.domain.task import Priority

ITEMS_LIMIT = 100
PAGE_DEFAULT = 50
PAGE_LIMIT = 200
ATTENTION_LIMIT = 50
DATES_LIMIT = 100
ACTIVITY_LIMIT = 100

Among = Literal["open", "completed", "trash", "any"]
"""Among which tasks a title is looked for. Ids and numbers are found everywhere."""
ChangeType = Literal[
    "task.created",
    "task.updated",
    "task.completed",
    "task.reopened",
    "task.deleted",
    "task.restored",
    "series.updated",
    "series.stopped",
    "tag.updated",
    "preferences.updated",
]


class Asked(BaseModel):
    """A part of a request."""

    model_config = ConfigDict(extra="forbid", frozen=True)


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


class NewValues(Fields):
    """What can be said of a task that is there; see TaskEdit."""

    shift: str | None = None
    note: str | None = None
    tags_add: list[str] | None = None
    tags_remove: list[str] | None = None
    clear: list[Clearable] | None = None
    exclude: list[str] | None = None
    include: list[str] | None = None
    ends: str | None = None
    scope: Scope | None = None


class TaskEdit(NewValues, TaskTarget):
    """New values for a task. What is not sent stays; `clear` empties fields.

    `shift` moves due and end by a duration (`P2D`, `-PT1H`): days on the wall, hours as time that passes. `note` is added to
    the description as a paragraph of its own. `scope` says for which occurrences of a repeating task the change is meant:
    `this` one alone, or also all that follow (`future`, which moves the rule with the due). Not said: a moved due is for this
    one, the rest for all that follow.

    Of a series: `exclude` leaves out the dates on these days ("25 december", "dec 24 to jan 2", one time of a day), `include`
    takes them in again, `ends` says where it ends ("in june", "after 5 times", "never"; a count counts from the open one on).
    """


class TaskPatch(NewValues):
    """New values for the task of the address, as in TaskEdit. `version`: only if it still has that one, as `If-Match` says.

    `said_at`: the instant at which the words were said. `dry_run`: say what would become of it, and keep nothing.
    """

    version: int | None = None
    said_at: AwareDatetime | None = None
    dry_run: bool = False


class TagTarget(Asked):
    """Which tag is meant, by name; case does not matter."""

    tag: str


class TagEdit(TagTarget):
    """A new name or colour; what is not sent stays. `colour` is `#rrggbb` or one of the named ones, null takes it away."""

    name: str | None = None
    colour: str | None = None


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
    untagged: bool = False
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


class PreferencesEdit(Asked):
    """New choices; what is not sent stays. `default_reminder_minutes: null` turns the default reminder off."""

    zone: str | None = None
    locale: str | None = None
    week_start: WeekStart | None = None
    date_order: DateOrder | None = None
    all_day_time: dt.time | None = None
    default_reminder_minutes: int | None = None
    require_end: bool | None = None


class OverviewQuery(Asked):
    """How many tasks that need attention are shown. `said_at`: the instant that counts as now."""

    limit: Annotated[int, Field(ge=0, le=ATTENTION_LIMIT)] = 10
    said_at: AwareDatetime | None = None


class DeleteQuery(Asked):
    """Whether a deletion is only tried."""

    dry_run: bool = False


class DatesQuery(Asked):
    """How many dates of a series are shown."""

    count: Annotated[int, Field(ge=1, le=DATES_LIMIT)] = 5


class ActivityQuery(Asked):
    """Which changes to tell of, the newest first.

    `task` is an id, a number or words of a title. `when` is words of a period ("yesterday", "this week"). Without a `type`
    changes of a series are left out: each comes with a change of one of its tasks that says the same.
    """

    task: str | None = None
    actor: Literal["user", "agent", "system"] | None = None
    channel: Literal["web", "chat", "mcp", "api", "recurrence"] | None = None
    when: str | None = None
    type: ChangeType | None = None
    limit: Annotated[int, Field(ge=1, le=ACTIVITY_LIMIT)] = 20
    cursor: str | None = None
    said_at: AwareDatetime | None = None
