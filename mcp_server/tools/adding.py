"""add_tasks: new tasks from words, from fields, or from both."""

from typing import Annotated

from mcp.types import ToolAnnotations
from pydantic import Field

from mcp_server.answers import BatchFacts, batch_facts
from mcp_server.arguments import Batch, Part, PriorityName, SaidAt, Several, Words, Write
from mcp_server.schemas import Maybe
from mcp_server.strict_tool import ToolSpec
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
    description: Maybe[str] = None


class AddTasks(Write):
    """Arguments of add_tasks."""

    items: Batch[NewTask]
    said_at: SaidAt = None


async def add_tasks(client: TasksClient, taken: AddTasks) -> BatchFacts:
    """Add tasks."""
    items = [wire.NewTask.model_validate(item.model_dump(exclude_none=True)) for item in taken.items]
    return batch_facts(await client.create(items, said_at=taken.said_at, key=taken.client_request_id))


ADD_TASKS = ToolSpec(
    name="add_tasks",
    description=(
        "Add one or more tasks. Pass dates and rules on in the user's own words; Taskora works them out in the user's "
        "time zone and answers with weekday and date. Fields win over text."
    ),
    arguments=AddTasks,
    answer=BatchFacts,
    run=add_tasks,
    annotations=ToolAnnotations(
        title="Add tasks",
        read_only_hint=False,
        destructive_hint=False,
        idempotent_hint=False,
        open_world_hint=False,
    ),
)
