"""find_tasks: which tasks there are, by time, state, tags, priority and words."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from mcp_server.answers import PageFacts, page_facts
from mcp_server.arguments import AtLeastOne, PriorityName, Query, SaidAt, Words
from mcp_server.schemas import Maybe
from mcp_server.strict_tool import ToolSpec
from mcp_server.tools.hints import reading
from taskora.api import wire
from taskora.api.client import TasksClient


class FindTasks(Query):
    """Arguments of find_tasks."""

    when: Annotated[
        Maybe[Words],
        Field(description='Period in words: "today", "this week", "next 5 days"; for completed tasks, of completion'),
    ] = None
    status: Annotated[Literal["open", "completed", "all", "trash"], Field(description="trash: deleted tasks")] = "open"
    tags: Annotated[Maybe[AtLeastOne], Field(description="All of them")] = None
    any_tags: Annotated[Maybe[AtLeastOne], Field(description="One of them at least")] = None
    no_tags: Annotated[Maybe[AtLeastOne], Field(description="None of them")] = None
    untagged: Annotated[bool, Field(description="Only tasks without a tag")] = False
    priority: Annotated[Maybe[PriorityName], Field(description="Exactly this one")] = None
    min_priority: Annotated[Maybe[PriorityName], Field(description="This one and above")] = None
    text: Annotated[Maybe[Words], Field(description="Words in title, description or tags")] = None
    overdue: bool = False
    no_due: Annotated[bool, Field(description="Only tasks without a date")] = False
    repeats: Annotated[Maybe[bool], Field(description="Only repeating tasks, or only others")] = None
    created_from: Annotated[Maybe[dt.date], Field(description="First day of making, YYYY-MM-DD")] = None
    created_to: Annotated[Maybe[dt.date], Field(description="Last day of making")] = None
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
    tags = {"tag": "tags", "any_tag": "any_tags", "no_tag": "no_tags"}
    asked |= {name: asked.pop(named, []) for name, named in tags.items()} | {"total": True}
    if taken.status == "trash":
        asked |= {"status": "all", "trash": True}
    return page_facts(await client.tasks(wire.TaskQuery.model_validate(asked)))


FIND_TASKS = ToolSpec(
    name="find_tasks",
    description="Find tasks; filters combine. Without any, all open tasks. Answers a page, the total and a cursor for more.",
    arguments=FindTasks,
    answer=PageFacts,
    run=find_tasks,
    annotations=reading("Find tasks"),
)
