"""add_tasks: new tasks from words, from fields, or from both."""

from typing import Annotated

from pydantic import Field

from mcp_server.answers import BatchFacts, batch_facts
from mcp_server.arguments import Batch, Deadline, Part, PriorityName, Reminders, Several, Timed, Words
from mcp_server.schemas import Maybe
from mcp_server.strict_tool import ToolSpec
from mcp_server.tools.hints import writing
from taskora.api import wire
from taskora.api.client import TasksClient


class NewTask(Part):
    """One task to add."""

    text: Annotated[
        Maybe[Words],
        Field(description='The whole task as the user said it: "pay rent on the 1st every month #home"'),
    ] = None
    title: Annotated[Maybe[Words], Field(description="Instead of text: the title alone")] = None
    when: Annotated[
        Maybe[Words], Field(description='Due, in words or ISO: "friday 5pm", "next tuesday 14:00-15:00"')
    ] = None
    repeat: Annotated[Maybe[Words], Field(description='Rule in words: "every 2nd tuesday until june"')] = None
    priority: Maybe[PriorityName] = None
    tags: Maybe[Several[Words]] = None
    duration_min: Maybe[int] = None
    deadline: Deadline = None
    reminders: Reminders = None
    description: Maybe[str] = None


class AddTasks(Timed):
    """Arguments of add_tasks."""

    items: Batch[NewTask]


async def add_tasks(client: TasksClient, taken: AddTasks) -> BatchFacts:
    """Add tasks."""
    items = [wire.NewTask.model_validate(item.model_dump(exclude_none=True)) for item in taken.items]
    return batch_facts(await client.create(items, said_at=taken.said_at, **taken.manner()))


ADD_TASKS = ToolSpec(
    name="add_tasks",
    description=(
        "Add one or more tasks. Pass dates and rules on in the user's own words; Taskora works them out in the user's "
        "time zone and answers with weekday and date. Fields win over text."
    ),
    arguments=AddTasks,
    answer=BatchFacts,
    run=add_tasks,
    annotations=writing("Add tasks", destructive=False),
)
