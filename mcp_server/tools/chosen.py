"""Tools that take nothing but tasks: reopen_tasks, delete_tasks, restore_tasks (and the arguments of complete_tasks)."""

from typing import Annotated

from mcp.types import ToolAnnotations
from pydantic import Field

from mcp_server.answers import BatchFacts, batch_facts
from mcp_server.arguments import Batch, TaskRef, Write
from mcp_server.strict_tool import ToolSpec
from taskora.api import wire
from taskora.api.client import TasksClient


class ChosenTasks(Write):
    """The tasks meant, each by itself: there is no way to say "all"."""

    tasks: Annotated[Batch[TaskRef], Field(description='Each by number ("#12"), id, or words of its title')]

    def targets(self) -> list[wire.TaskTarget]:
        """Return them as the task service takes them."""
        return [wire.TaskTarget(task=task) for task in self.tasks]


async def reopen_tasks(client: TasksClient, taken: ChosenTasks) -> BatchFacts:
    """Open completed tasks again."""
    return batch_facts(await client.reopen(taken.targets(), key=taken.client_request_id))


async def delete_tasks(client: TasksClient, taken: ChosenTasks) -> BatchFacts:
    """Move tasks to the trash."""
    return batch_facts(await client.delete(taken.targets(), key=taken.client_request_id))


async def restore_tasks(client: TasksClient, taken: ChosenTasks) -> BatchFacts:
    """Bring tasks back from the trash."""
    return batch_facts(await client.restore(taken.targets(), key=taken.client_request_id))


REOPEN_TASKS = ToolSpec(
    name="reopen_tasks",
    description="Open completed tasks again; an untouched next occurrence is taken back.",
    arguments=ChosenTasks,
    answer=BatchFacts,
    run=reopen_tasks,
    annotations=ToolAnnotations(
        title="Reopen tasks",
        read_only_hint=False,
        destructive_hint=True,
        idempotent_hint=False,
        open_world_hint=False,
    ),
)
DELETE_TASKS = ToolSpec(
    name="delete_tasks",
    description="Move tasks to the trash; deleting a repeating task ends its series. restore_tasks brings them back.",
    arguments=ChosenTasks,
    answer=BatchFacts,
    run=delete_tasks,
    annotations=ToolAnnotations(
        title="Delete tasks",
        read_only_hint=False,
        destructive_hint=True,
        idempotent_hint=False,
        open_world_hint=False,
    ),
)
RESTORE_TASKS = ToolSpec(
    name="restore_tasks",
    description="Bring tasks back from the trash.",
    arguments=ChosenTasks,
    answer=BatchFacts,
    run=restore_tasks,
    annotations=ToolAnnotations(
        title="Restore tasks",
        read_only_hint=False,
        destructive_hint=False,
        idempotent_hint=False,
        open_world_hint=False,
    ),
)
