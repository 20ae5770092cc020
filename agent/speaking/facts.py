"""What the tools answer, as the agent reads it: the JSON of the MCP results. Fields that it does not use are passed over."""

from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class Facts(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Next(Facts):
    """The next occurrence of a completed task, or why there is none."""

    state: str
    number: int | None = None
    id: str | None = None
    due_text: str | None = None
    passed_over: int = 0


class Task(Facts):
    """A task."""

    number: int
    id: str
    title: str
    status: str = "open"
    priority: str = "medium"
    description: str = ""
    tags: list[str] = []
    due: str | None = None
    due_text: str | None = None
    zone: str | None = None
    end: str | None = None
    duration_min: int | None = None
    deadline: str | None = None
    reminders: list[str] = []
    repeats: str | None = None
    repeats_until: str | None = None
    repeats_times: int | None = None
    series: str | None = None
    deleted_at: str | None = None
    next: Next | None = None


class Candidate(Facts):
    """A task that words may have meant."""

    number: int
    id: str
    title: str
    due: str | None = None


class Problem(Facts):
    """Why an item was not done."""

    code: str
    detail: str
    advice: str = ""
    field: str | None = None
    candidates: list[Candidate] = []

    @property
    def choices(self) -> list[Candidate]:
        """Return the candidates in the order in which people know their tasks: by number."""
        return sorted(self.candidates, key=lambda candidate: candidate.number)


class Item(Facts):
    """What became of one item of a call."""

    ok: bool
    task: Task | None = None
    assumptions: list[str] = []
    left_in_title: list[str] = []
    problem: Problem | None = None


class Batch(Facts):
    """What became of each item of a call, and what an undo took back."""

    results: list[Item]
    undone: str | None = None

    @property
    def tasks(self) -> list[Task]:
        """Return the tasks of the items that succeeded."""
        return [item.task for item in self.results if item.ok and item.task]


class Tag(Facts):
    """A tag, with how many open tasks have it."""

    name: str
    colour: str | None = None
    open: int | None = None


class Tags(Facts):
    """The tags there are."""

    tags: list[Tag]


class TagItem(Facts):
    """What became of one tag."""

    ok: bool
    tag: Tag | None = None
    assumptions: list[str] = []
    problem: Problem | None = None


class TagBatch(Facts):
    """What became of each tag of a call."""

    results: list[TagItem]


class Choices(Facts):
    """The user's preferences."""

    zone: str
    locale: str = "en"
    week_start: str = "monday"
    date_order: str = "mdy"
    all_day_time: str = "09:00"
    default_reminder_minutes: int | None = None
    require_end: bool = False


class TaskName(Facts):
    """A task by its name alone."""

    id: str
    number: int
    title: str


class Act(Facts):
    """One thing that was done."""

    at: str = ""
    at_text: str | None = None
    by: str = ""
    type: str = ""
    task: TaskName | None = None
    text: str
    undone: bool = False


class Activity(Facts):
    """What was done, newest first."""

    activity: list[Act]
    next_cursor: str | None = None
    period: "Period | None" = None


class Overview(Facts):
    """How things stand."""

    open: int
    overdue: int = 0
    due_today: int = 0
    due_week: int = 0
    no_due: int = 0
    completed_today: int = 0
    urgent: int = 0
    attention: list[Task] = []


class ComingDate(Facts):
    """A date that comes."""

    due: str
    due_text: str


class ItemDates(Item):
    """The coming dates of one repeating task; `ends`: there are no more than these."""

    dates: list[ComingDate] = []
    ends: bool = False


class SeriesDates(Facts):
    """The coming dates of repeating tasks."""

    results: list[ItemDates]


class Period(Facts):
    """What the words of a period were read as."""

    text: str
    from_: str | None = Field(default=None, alias="from")
    to: str | None = None


class Page(Facts):
    """The tasks found."""

    tasks: list[Task]
    total: int
    period: Period | None = None


Answer = TypeVar("Answer", bound=Facts)


def read(kind: type[Answer], output: str) -> Answer | None:
    """Read a tool's output; None when it is a sentence that says why the call failed."""
    try:
        return kind.model_validate_json(output)
    except ValidationError:
        return None
