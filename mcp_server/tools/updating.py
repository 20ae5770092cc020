"""update_tasks: new values for tasks that exist. What is not sent stays as it is."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from mcp_server.answers import BatchFacts, batch_facts
from mcp_server.arguments import (
    Batch,
    Deadline,
    OccurrenceScope,
    Part,
    PriorityName,
    Reminders,
    Several,
    TaskRef,
    Timed,
    Words,
)
from mcp_server.schemas import Maybe
from mcp_server.strict_tool import ToolSpec
from mcp_server.tools.hints import writing
from taskora.api import wire
from taskora.api.client import TasksClient


class TaskEdit(Part):
    """New values for one task."""

    task: Annotated[TaskRef, Field(description='Number ("#12"), id, or words of its title')]
    title: Maybe[Words] = None
    when: Annotated[
        Maybe[Words],
        Field(description='New due in words: "tomorrow 5pm"; a day alone keeps the time, a time the day'),
    ] = None
    shift: Annotated[
        Maybe[Words], Field(description='Instead of when, move by an ISO 8601 duration: "P2D", "-PT1H"')
    ] = None
    repeat: Annotated[Maybe[Words], Field(description="New rule in words")] = None
    priority: Maybe[PriorityName] = None
    tags: Annotated[Maybe[Several[Words]], Field(description="Replaces all tags")] = None
    tags_add: Maybe[Several[Words]] = None
    tags_remove: Maybe[Several[Words]] = None
    duration_min: Maybe[int] = None
    deadline: Deadline = None
    reminders: Reminders = None
    description: Annotated[Maybe[str], Field(description="Replaces the description")] = None
    note: Annotated[Maybe[Words], Field(description="Added to the description")] = None
    clear: Annotated[
        Maybe[Several[wire.Clearable]],
        Field(description="Fields to empty; time: make it all-day; repeat: stop repeating, keep this task"),
    ] = None
    scope: OccurrenceScope = None
    version: Annotated[Maybe[int], Field(description="Only if the task still has this version")] = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.model_dump(exclude_none=True, exclude={"task", "scope", "version"}):
            raise ValueError("say what shall change; nothing was sent besides the task")
        return self


class UpdateTasks(Timed):
    """Arguments of update_tasks."""

    items: Batch[TaskEdit]


async def update_tasks(client: TasksClient, taken: UpdateTasks) -> BatchFacts:
    """Change tasks."""
    edits = [wire.TaskEdit.model_validate(item.model_dump(exclude_none=True)) for item in taken.items]
    return batch_facts(await client.update(edits, said_at=taken.said_at, **taken.manner()))


UPDATE_TASKS = ToolSpec(
    name="update_tasks",
    description=(
        "Change tasks; what you do not send stays as it is. Moving a repeating task keeps its rule. For a new date alone, "
        "use reschedule_tasks."
    ),
    arguments=UpdateTasks,
    answer=BatchFacts,
    run=update_tasks,
    scope="any",
    annotations=writing("Change tasks", destructive=True),
)
