"""manage_series: what is done to a repeating task as a whole: leave a date out, put one in, change the rule, end it."""

import asyncio
from collections.abc import Sequence
from itertools import zip_longest
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, Field, model_validator

from mcp_server.answers import ItemFacts, Outcomes, items_facts, wall
from mcp_server.arguments import AtLeastOne, Batch, TaskRef, Timed, Words
from mcp_server.schemas import Maybe
from mcp_server.strict_tool import ToolSpec
from mcp_server.tools.hints import writing
from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.api.problems import to_problem
from taskora.domain.due import Due
from taskora.domain.errors import Refused
from taskora.domain.wording import due_text

Count = Annotated[int, Field(ge=1, le=wire.DATES_LIMIT)]

TAKEN = {"exclude": {"days"}, "include": {"days"}, "change": {"repeat", "ends"}, "dates": {"count"}}
"""Which arguments belong to an action; of all but `dates` one at least is needed."""


class ManageSeries(Timed):
    """Arguments of manage_series."""

    action: Annotated[
        Literal["skip", "stop", "exclude", "include", "change", "dates"],
        Field(
            description=(
                "skip: on to the next date; stop: the open task is the last; exclude, include: other days; "
                "change: rule or end; dates: only list what comes"
            )
        ),
    ]
    tasks: Annotated[Batch[TaskRef], Field(description='Repeating tasks: number ("#12"), id, or words of the title')]
    days: Annotated[Maybe[AtLeastOne], Field(description='exclude, include: in words, "25 dec"')] = None
    repeat: Annotated[Maybe[Words], Field(description='change: "every 2nd tuesday"')] = None
    ends: Annotated[Maybe[Words], Field(description='change: "in june", "after 5 times", "never"')] = None
    count: Annotated[Maybe[Count], Field(description="dates: how many")] = None

    @model_validator(mode="after")
    def _fitting(self) -> Self:
        """Refuse what an action does not take, so that no wish is passed over."""
        given = {name for name in ("days", "repeat", "ends", "count") if getattr(self, name)}
        taken = TAKEN.get(self.action, set())
        if not given <= taken or (taken and not given and self.action != "dates"):
            wanted = f"takes {' or '.join(sorted(taken))}" if taken else "takes tasks alone"
            raise ValueError(f"the action {self.action} {wanted}")
        return self


class DateFacts(BaseModel):
    """A date that comes."""

    due: str
    due_text: str


class SeriesItemFacts(ItemFacts):
    """What became of one series, or its dates to come; `ends`: there are no more than these."""

    dates: Maybe[list[DateFacts]] = None
    ends: Maybe[bool] = None


class SeriesFacts(Outcomes[SeriesItemFacts]):
    """What became of each series."""


async def manage_series(client: TasksClient, taken: ManageSeries) -> SeriesFacts:
    """Do something to series, or list their dates."""
    targets = [wire.TaskTarget(task=task) for task in taken.tasks]
    if taken.action == "dates":
        answer = await client.lookup(targets, scope="open")
        dated = await asyncio.gather(*(_dated(client, taken, result) for result in answer.results))
        return SeriesFacts(results=_facts([result for result, _ in dated], [dates for _, dates in dated]))
    if taken.action == "skip":
        answer = await client.skip(targets, **taken.manner())
    elif taken.action == "stop":
        answer = await client.stop(targets, **taken.manner())
    else:
        edits = [_edit(taken, task) for task in taken.tasks]
        answer = await client.update(edits, said_at=taken.said_at, **taken.manner())
    return SeriesFacts(
        results=_facts(answer.results),
        command_id=answer.command_id,
        dry_run=answer.dry_run or None,
    )


Dated = tuple[wire.ItemResult, wire.Dates | None]


async def _dated(client: TasksClient, taken: ManageSeries, found: wire.ItemResult) -> Dated:
    """Return a task with the dates that come; what does not repeat is refused by itself."""
    if found.task is None:
        return found, None
    try:
        return found, await client.dates(found.task.id, count=taken.count or 5)
    except Refused as refusal:
        problem = wire.Problem.model_validate(to_problem(refusal))
        return wire.ItemResult(ok=False, problem=problem), None


def _edit(taken: ManageSeries, task: str) -> wire.TaskEdit:
    sent: dict[str, Any] = {"task": task, "repeat": taken.repeat, "ends": taken.ends}
    if taken.action in {"exclude", "include"}:
        sent[taken.action] = taken.days
    return wire.TaskEdit.model_validate({name: value for name, value in sent.items() if value})


def _facts(results: Sequence[wire.ItemResult], dates: Sequence[wire.Dates | None] = ()) -> list[SeriesItemFacts]:
    return [_with_dates(facts, coming) for facts, coming in zip_longest(items_facts(results), dates)]


def _with_dates(facts: ItemFacts, dates: wire.Dates | None) -> SeriesItemFacts:
    known = SeriesItemFacts.model_validate(facts.model_dump())
    if dates is None:
        return known
    shown = [DateFacts(due=wall(due), due_text=due_text(Due(due.date, due.time, due.zone))) for due in dates.dates]
    return known.model_copy(update={"dates": shown, "ends": dates.ends or None})


MANAGE_SERIES = ToolSpec(
    name="manage_series",
    description="What is done to a repeating task as a whole. To move one date, use reschedule_tasks.",
    arguments=ManageSeries,
    answer=SeriesFacts,
    run=manage_series,
    scope="open",
    annotations=writing("Manage series", destructive=True),
)
