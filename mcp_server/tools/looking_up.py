"""get_tasks: the tasks that are named, with everything there is to them."""

from typing import Annotated

from pydantic import Field

from mcp_server.answers import BatchFacts, batch_facts
from mcp_server.arguments import Arguments, Batch, TaskRef
from mcp_server.strict_tool import ToolSpec
from mcp_server.tools.hints import reading
from taskora.api import wire
from taskora.api.client import TasksClient


class GetTasks(Arguments):
    """Arguments of get_tasks."""

    tasks: Annotated[Batch[TaskRef], Field(description='Each by number ("#12"), id, or words of its title')]
    scope: Annotated[wire.Among, Field(description="Where titles are looked for")] = "any"


async def get_tasks(client: TasksClient, taken: GetTasks) -> BatchFacts:
    """Return the tasks that are named."""
    named = [wire.TaskTarget(task=task) for task in taken.tasks]
    return batch_facts(await client.lookup(named, scope=taken.scope))


GET_TASKS = ToolSpec(
    name="get_tasks",
    description="Get the tasks that you name, whole; candidates where a name fits several. To search, use find_tasks.",
    arguments=GetTasks,
    answer=BatchFacts,
    run=get_tasks,
    annotations=reading("Get tasks"),
)
