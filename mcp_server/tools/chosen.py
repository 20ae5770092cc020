"""Tools that take nothing but tasks: reopen_tasks, delete_tasks, restore_tasks (and the arguments of complete_tasks)."""

from typing import Annotated

from pydantic import Field

from mcp_server.answers import BatchFacts, batch_facts
from mcp_server.arguments import Batch, BatchWrite, TaskRef
from mcp_server.strict_tool import ToolSpec
from mcp_server.tools.hints import writing
from taskora.api import wire
from taskora.api.client import TasksClient


class ChosenTasks(BatchWrite):
    """The tasks meant, each by itself: there is no way to say "all"."""

    tasks: Annotated[Batch[TaskRef], Field(description='Each by number ("#12"), id, or words of its title')]

    def targets(self) -> list[wire.TaskTarget]:
        """Return them as the task service takes them."""
        return [wire.TaskTarget(task=task) for task in self.tasks]


async def reopen_tasks(client: TasksClient, taken: ChosenTasks) -> BatchFacts:
    """Open completed tasks again."""
    return batch_facts(await client.reopen(taken.targets(), **taken.manner()))


async def delete_tasks(client: TasksClient, taken: ChosenTasks) -> BatchFacts:
    """Move tasks to the trash."""
    return batch_facts(await client.delete(taken.targets(), **taken.manner()))


async def restore_tasks(client: TasksClient, taken: ChosenTasks) -> BatchFacts:
    """Bring tasks back from the trash."""
    return batch_facts(await client.restore(taken.targets(), **taken.manner()))


REOPEN_TASKS = ToolSpec(
    name="reopen_tasks",
    description="Open completed tasks again; an untouched next occurrence is taken back.",
    arguments=ChosenTasks,
    answer=BatchFacts,
    run=reopen_tasks,
    scope="completed",
    annotations=writing("Reopen tasks", destructive=True),
)
DELETE_TASKS = ToolSpec(
    name="delete_tasks",
    description="Move tasks to the trash; deleting a repeating task ends its series. restore_tasks brings them back.",
    arguments=ChosenTasks,
    answer=BatchFacts,
    run=delete_tasks,
    scope="any",
    annotations=writing("Delete tasks", destructive=True),
)
RESTORE_TASKS = ToolSpec(
    name="restore_tasks",
    description="Bring tasks back from the trash.",
    arguments=ChosenTasks,
    answer=BatchFacts,
    run=restore_tasks,
    scope="trash",
    annotations=writing("Restore tasks", destructive=False),
)
