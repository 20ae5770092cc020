"""reschedule_tasks: another date, and nothing else. What repeats keeps its rule, and a timed task its time of day."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from mcp_server.answers import BatchFacts, batch_facts
from mcp_server.arguments import Batch, OccurrenceScope, Part, TaskRef, Timed, Words
from mcp_server.schemas import Maybe
from mcp_server.strict_tool import ToolSpec
from mcp_server.tools.hints import writing
from taskora.api import wire
from taskora.api.client import TasksClient

ONE = "give one of when, shift, clear_time and remove; only when and clear_time go together"


class Move(Part):
    """Where one task goes."""

    task: Annotated[TaskRef, Field(description='Number ("#12"), id, or words of its title')]
    when: Annotated[
        Maybe[Words],
        Field(description='New due in words: "next friday", "5pm"; a day alone keeps the time, a time the day'),
    ] = None
    shift: Annotated[Maybe[Words], Field(description='By an ISO 8601 duration: "P1W", "-PT30M"')] = None
    clear_time: Annotated[bool, Field(description="Make it all-day")] = False
    remove: Annotated[bool, Field(description="Take the date away")] = False
    scope: OccurrenceScope = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = [way for way in ("when", "shift", "clear_time", "remove") if getattr(self, way)]
        if len(ways) != 1 and ways != ["when", "clear_time"]:
            raise ValueError(ONE)
        return self

    def edit(self) -> wire.TaskEdit:
        """Return it as the task service takes it."""
        cleared = {wire.Clearable.TIME: self.clear_time, wire.Clearable.DUE: self.remove}
        sent = self.model_dump(exclude_none=True, include={"task", "when", "shift", "scope"})
        empty = [field for field, asked in cleared.items() if asked]
        return wire.TaskEdit.model_validate({**sent, "clear": empty} if empty else sent)


class RescheduleTasks(Timed):
    """Arguments of reschedule_tasks."""

    items: Batch[Move]


async def reschedule_tasks(client: TasksClient, taken: RescheduleTasks) -> BatchFacts:
    """Move tasks to other dates."""
    edits = [item.edit() for item in taken.items]
    return batch_facts(await client.update(edits, said_at=taken.said_at, **taken.manner()))


RESCHEDULE_TASKS = ToolSpec(
    name="reschedule_tasks",
    description="Move tasks in time; nothing else of them changes. A repeating task keeps its rule.",
    arguments=RescheduleTasks,
    answer=BatchFacts,
    run=reschedule_tasks,
    scope="any",
    annotations=writing("Reschedule tasks", destructive=True),
)
