"""get_activity: what was done, by whom and when, the newest first."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from mcp_server.answers import Answer
from mcp_server.arguments import Query, SaidAt, TaskRef, Words
from mcp_server.schemas import Maybe
from mcp_server.strict_tool import ToolSpec
from mcp_server.tools.hints import reading
from taskora.api import wire
from taskora.api.client import TasksClient


class GetActivity(Query):
    """Arguments of get_activity."""

    task: Annotated[Maybe[TaskRef], Field(description="Of one task: number, id, or words of its title")] = None
    when: Annotated[Maybe[Words], Field(description='Period in words: "yesterday"')] = None
    actor: Annotated[Maybe[Literal["user", "agent", "system"]], Field(description="system: Taskora itself")] = None
    type: Annotated[Maybe[wire.ChangeType], Field(description="One kind of change")] = None
    limit: Annotated[int, Field(ge=1, le=wire.ACTIVITY_LIMIT)] = 20
    cursor: Maybe[Words] = None
    said_at: SaidAt = None


class ActedOn(BaseModel):
    """The task that a change is about, under its title of then."""

    number: int
    id: str
    title: str


class ChangeFacts(BaseModel):
    """One change in words. `undone`: its command was taken back."""

    at: str
    at_text: str
    by: str
    channel: str
    type: str
    text: str
    task: Maybe[ActedOn] = None
    command_id: str
    undone: Maybe[bool] = None


class ActivityFacts(Answer):
    """Changes, the newest first."""

    activity: list[ChangeFacts]
    next_cursor: Maybe[str] = None


async def get_activity(client: TasksClient, taken: GetActivity) -> ActivityFacts:
    """Tell what was done."""
    page = await client.activity(wire.ActivityQuery.model_validate(taken.model_dump(exclude_none=True)))
    return ActivityFacts(activity=[_change(made) for made in page.activity], next_cursor=page.next_cursor)


def _change(made: wire.Activity) -> ChangeFacts:
    task = made.task
    return ChangeFacts(
        at=made.at.isoformat(timespec="seconds"),
        at_text=made.at_text,
        by=made.actor_text,
        channel=made.channel,
        type=made.type,
        text=made.text,
        task=ActedOn(number=task.number, id=task.id, title=task.title) if task else None,
        command_id=made.command_id,
        undone=made.undone or None,
    )


GET_ACTIVITY = ToolSpec(
    name="get_activity",
    description="Who did what and when, the newest first. A page with a cursor for more.",
    arguments=GetActivity,
    answer=ActivityFacts,
    run=get_activity,
    annotations=reading("Activity"),
)
