"""find_tasks: which tasks there are, by time, state, tags, priority and words."""

from typing import Annotated, Literal

from mcp.types import ToolAnnotations
from pydantic import Field

from mcp_server.answers import PageFacts, page_facts
from mcp_server.arguments import Arguments, PriorityName, SaidAt, Several, Words
from mcp_server.schemas import Maybe
from mcp_server.strict_tool import ToolSpec
from taskora.api import wire
from taskora.api.client import TasksClient


class FindTasks(Arguments):
    """Arguments of find_tasks."""

    when: Annotated[
        Maybe[Words],
        Field(description='Period in words: "today", "this week", "next 5 days"; for completed tasks, of completion'),
    ] = None
    status: Annotated[Literal["open", "completed", "all", "trash"], Field(description="trash: deleted tasks")] = "open"
    tags: Annotated[Maybe[Several[Words]], Field(description="All of them")] = None
    priority: Annotated[Maybe[PriorityName], Field(description="Exactly this one")] = None
    min_priority: Annotated[Maybe[PriorityName], Field(description="This one and above")] = None
    text: Annotated[Maybe[Words], Field(description="Words in title, description or tags")] = None
    overdue: bool = False
    no_due: Annotated[bool, Field(description="Only tasks without a date")] = False
    sort: Annotated[
        Maybe[Words],
        Field(description='Keys in order, "-" reverses: due, priority, created, updated, completed, title, number'),
    ] = None
    limit: Annotated[int, Field(ge=1, le=wire.PAGE_LIMIT)] = 20
    cursor: Maybe[Words] = None
    said_at: SaidAt = None


async def find_tasks(client: TasksClient, taken: FindTasks) -> PageFacts:
    """Find tasks."""
    asked = taken.model_dump(exclude_none=True)
    asked |= {"tag": asked.pop("tags", []), "total": True}
    if taken.status == "trash":
        asked |= {"status": "all", "trash": True}
    return page_facts(await client.tasks(wire.TaskQuery.model_validate(asked)))


FIND_TASKS = ToolSpec(
    name="find_tasks",
    description="Find tasks; filters combine. Without any, all open tasks. Answers a page, the total and a cursor for more.",
    arguments=FindTasks,
    answer=PageFacts,
    run=find_tasks,
    annotations=ToolAnnotations(title="Find tasks", read_only_hint=True, idempotent_hint=True, open_world_hint=False),
)
