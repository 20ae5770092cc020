"""What the tools give: the facts of tasks in the fewest words, each date with its weekday beside the machine's form.

Assistants are often a day off when they work out a weekday themselves, so `due_text` says it for them. A field that says
nothing (no tags, an empty description) is left out. Below stand the wire models, above the tools.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, Field, WithJsonSchema, computed_field

from mcp_server.schemas import Maybe
from taskora.api import wire

ROOM = 24_000
"""Characters for all descriptions of one answer: a hundred whole ones would be more than an assistant takes in."""
LISTED = 300
"""Most characters of a description in a list."""
LEAST = 100
CUT = "… (cut; get_tasks of this one alone gives it whole)"


class Answer(BaseModel):
    """What one call of a tool gives back."""

    @property
    def failed(self) -> bool:
        """Tell whether nothing of the call succeeded."""
        return False


class NextFacts(BaseModel):
    """The next occurrence of a completed repeating task; `state` is `made`, `pending` or the reason why there is none."""

    state: str
    number: Maybe[int] = None
    id: Maybe[str] = None
    due: Maybe[str] = None
    due_text: Maybe[str] = None
    passed_over: Maybe[int] = None


class TaskFacts(BaseModel):
    """One task. `due` and `end` are local days or wall times (in `zone`); `repeats` is the rule in words.

    Without `repeats_until` and `repeats_times` a rule has no end. `series` is there only when it makes no more tasks.
    """

    number: int
    id: str
    title: str
    status: str
    priority: str
    description: Maybe[str] = None
    tags: Maybe[list[str]] = None
    due: Maybe[str] = None
    due_text: Maybe[str] = None
    zone: Maybe[str] = None
    end: Maybe[str] = None
    duration_min: Maybe[int] = None
    deadline: Maybe[str] = None
    reminders: Maybe[list[str]] = None
    repeats: Maybe[str] = None
    repeats_until: Maybe[str] = None
    repeats_times: Maybe[int] = None
    series: Maybe[str] = None
    completed_at: Maybe[str] = None
    deleted_at: Maybe[str] = None
    version: int
    next: Maybe[NextFacts] = None


SHOWN_BY_FIND_TASKS = {"type": "object", "description": "As find_tasks gives it"}
ShownTask = Annotated[Maybe[TaskFacts], WithJsonSchema(SHOWN_BY_FIND_TASKS)]
ShownTasks = Annotated[list[TaskFacts], WithJsonSchema({"type": "array", "items": SHOWN_BY_FIND_TASKS})]
"""A task whose schema a client has read once already: written out for each tool, it would cost more than all the rest."""


class CandidateFacts(BaseModel):
    """A task that the words may have meant."""

    number: int
    id: str
    title: str
    due: Maybe[str] = None


class ProblemFacts(BaseModel):
    """Why an item was not done, and what to do about it. `item` counts from 0; `task` is the present one of a stale version."""

    item: Maybe[int] = None
    code: str
    detail: str
    advice: str
    field: Maybe[str] = None
    candidates: Maybe[list[CandidateFacts]] = None
    task: ShownTask = None


SHORT_PROBLEM = {
    "type": "object",
    "properties": {"code": {"type": "string"}, "detail": {"type": "string"}, "advice": {"type": "string"}},
    "required": ["code", "detail", "advice"],
}


class Outcome(BaseModel):
    """What became of one item, in the order in which they were sent."""

    ok: bool
    assumptions: Maybe[list[str]] = None
    problem: Annotated[Maybe[ProblemFacts], WithJsonSchema(SHORT_PROBLEM)] = None


Result = TypeVar("Result", bound=Outcome)


class Outcomes(Answer, Generic[Result]):
    """What became of each item; one that failed does not undo the others. A dry run changed nothing and has no command."""

    results: list[Result]
    command_id: Maybe[str] = None
    dry_run: Maybe[bool] = None

    @computed_field  # type: ignore[prop-decorator]  # mypy knows no decorator above a property
    @property
    def failures(self) -> int:
        """Count the items that were not done."""
        return sum(not result.ok for result in self.results)

    @property
    def failed(self) -> bool:
        """Tell whether every item failed."""
        return bool(self.results) and self.failures == len(self.results)


class ItemFacts(Outcome):
    """What became of one task."""

    task: ShownTask = None
    left_in_title: Maybe[list[str]] = None


class BatchFacts(Outcomes[ItemFacts]):
    """What became of each task."""


class UndoFacts(BatchFacts):
    """What was taken back, in words, and the tasks as they are now."""

    undone: str


class PeriodFacts(BaseModel):
    """What the words of `when` were read as; both ends belong to it."""

    text: str
    from_: Maybe[str] = Field(default=None, serialization_alias="from")
    to: Maybe[str] = None


class PageFacts(Answer):
    """The tasks found, `total` of them on all pages; `next_cursor` asks for the next page."""

    tasks: list[TaskFacts]
    total: int
    next_cursor: Maybe[str] = None
    period: Maybe[PeriodFacts] = None


def room_for(tasks: Sequence[wire.Task], most: int = ROOM) -> int:
    """Return how many characters of each description are shown beside the others."""
    wanted = sum(min(len(task.description), most) for task in tasks)
    return most if wanted <= ROOM else max(LEAST, min(most, ROOM // len(tasks)))


def task_facts(task: wire.Task, following: NextFacts | None = None, room: int = ROOM) -> TaskFacts:
    """Return the facts of a task; `following` is what is known of its next occurrence."""
    series = task.repeats
    repeats = series if series and series.state == "active" else None
    return TaskFacts(
        number=task.number,
        id=task.id,
        title=task.title,
        status=task.status,
        priority=task.priority,
        description=_shortened(task.description, room) or None,
        tags=task.tags or None,
        due=wall(task.due),
        due_text=task.due_text,
        zone=task.due.zone if task.due else None,
        end=wall(task.end),
        duration_min=task.duration_min,
        deadline=task.deadline.isoformat() if task.deadline else None,
        reminders=task.reminders or None,
        repeats=repeats.text if repeats else None,
        repeats_until=repeats.until.isoformat() if repeats and repeats.until else None,
        repeats_times=repeats.count if repeats else None,
        series=series.state if series and repeats is None else None,
        completed_at=_instant(task.completed_at),
        deleted_at=_instant(task.deleted_at),
        version=task.version,
        next=following or _known_next(task.next),
    )


def listed_facts(tasks: Sequence[wire.Task]) -> list[TaskFacts]:
    """Return the facts of the tasks of a list."""
    room = room_for(tasks, LISTED)
    return [task_facts(task, room=room) for task in tasks]


def _known_next(next_: wire.Next | None) -> NextFacts | None:
    """Return the next occurrence that a completed one has; why there is none is said when it is completed."""
    return NextFacts(state=next_.reason, id=next_.task_id) if next_ is not None and next_.task_id is not None else None


def next_facts(next_: wire.Next | None, task: wire.Task | None) -> NextFacts:
    """Return what is known of a next occurrence; without an outcome it is still being made."""
    if next_ is None:
        return NextFacts(state="pending")
    if task is None:
        return NextFacts(state=next_.reason)
    return NextFacts(
        state=next_.reason,
        number=task.number,
        id=task.id,
        due=wall(task.due),
        due_text=task.due_text,
        passed_over=next_.passed_over or None,
    )


def items_facts(results: Sequence[wire.ItemResult], following: Sequence[NextFacts | None] = ()) -> list[ItemFacts]:
    """Return what became of each item; `following` is what is known of the next occurrences, where they are known."""
    room = room_for([result.task for result in results if result.task])
    known = zip_longest(results, following)
    return [_item(result, position, next_, room) for position, (result, next_) in enumerate(known)]


def _item(result: wire.ItemResult, position: int, following: NextFacts | None, room: int) -> ItemFacts:
    return ItemFacts(
        ok=result.ok,
        task=task_facts(result.task, following, room) if result.task else None,
        assumptions=result.assumptions or None,
        left_in_title=result.left or None,
        problem=problem_facts(result.problem, position) if result.problem else None,
    )


def batch_facts(answer: wire.BatchAnswer) -> BatchFacts:
    """Return what became of each item of a command."""
    return BatchFacts(results=items_facts(answer.results), command_id=answer.command_id, dry_run=answer.dry_run or None)


def page_facts(page: wire.TaskPage) -> PageFacts:
    """Return a page of a list."""
    period = page.period
    return PageFacts(
        tasks=listed_facts(page.tasks),
        total=len(page.tasks) if page.total is None else page.total,
        next_cursor=page.next_cursor,
        period=PeriodFacts(text=period.text, from_=period.from_, to=period.to) if period else None,
    )


ADVICE: Mapping[str, str] = {
    "not_found": "Look for it with find_tasks, and name it by its number.",
    "ambiguous": "Ask the user which one, and name it by its number.",
    "conflict": "Look at the task with get_tasks before you go on.",
    "not_understood": "Say it in other words, and send this item again.",
    "not_done": "Correct the item that was refused, and send all of them again.",
}
OTHER_ADVICE = "Correct it, and send this item again."


def problem_facts(problem: wire.Problem, position: int) -> ProblemFacts:
    """Return why the item at a position was not done, always with what to do about it."""
    return ProblemFacts(
        item=position,
        code=problem.code,
        detail=problem.detail,
        advice=problem.advice or ADVICE.get(problem.code, OTHER_ADVICE),
        field=problem.field,
        candidates=[CandidateFacts.model_validate(found.model_dump()) for found in problem.candidates or []] or None,
        task=task_facts(problem.task) if problem.task else None,
    )


def _shortened(text: str, room: int) -> str:
    return text if len(text) <= room else text[:room] + CUT


def wall(due: wire.Due | None) -> str | None:
    """Return a local day, or a wall time to the minute."""
    if due is None:
        return None
    if due.time is None:
        return due.date.isoformat()
    return dt.datetime.combine(due.date, due.time).isoformat(timespec="minutes")


def _instant(value: dt.datetime | None) -> str | None:
    return value.isoformat(timespec="seconds") if value else None
