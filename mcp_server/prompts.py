"""Prompts: what a person picks from a menu to begin a talk. Each brings today along: the first answer needs no call."""

from collections.abc import Callable
from typing import Annotated

from mcp.server import MCPServer
from mcp.server.mcpserver.prompts.base import Message, UserMessage
from mcp.shared.exceptions import MCPError
from mcp.types import (
    INVALID_PARAMS,
    EmbeddedResource,
    GetPromptRequestParams,
    GetPromptResult,
    InputRequiredResult,
    TextResourceContents,
)
from pydantic import Field
from pydantic_core import to_json

from mcp_server import resources
from mcp_server.handlers import handle
from taskora.api.client import TasksClient
from taskora.domain.errors import TaskoraError

Tag = Annotated[str, Field(description="Only tasks with this tag; leave it empty for all")]
Zone = Annotated[str, Field(description="Where you are today, if elsewhere than usual: Europe/Berlin")]

PLAN = """\
Help me plan my day with my tasks{about}. Above is what is overdue and what is due today.{elsewhere}
1. Say in one sentence what kind of day it is: how much there is, what is fixed to a time, what is overdue.
2. Propose an order. Put what has a time at its time, the most important of the rest where there is room. Name tasks by their \
number and title, and say weekday and time as Taskora does.
3. For what is overdue, and for what will not fit, propose a day each.
Then ask me whether to move these. Change nothing before I say so; make all changes in one call, in my words for the dates."""

REVIEW = """\
Let us look back on my week{about} and prepare the next one. Above is where I stand today. Look up, with find_tasks:
1. what I completed this week (status completed, when "this week"),
2. what is overdue, and what has no date,
3. what is due next week (when "next week").
Tell me in a few lines what got done and what did not. Then go with me through what is overdue or has no date, a handful at a \
time: do it, move it, or drop it? Change nothing before I say so; make the changes that I want in as few calls as you can."""


def install(server: MCPServer, tasks: Callable[[], TasksClient]) -> None:
    """Let the server have the prompts; `tasks` gives the client of each."""

    @server.prompt(
        name="plan_my_day",
        title="Plan my day",
        description="Look at what is overdue and due today, and propose an order and what to move.",
    )
    async def plan_my_day(tag: Tag = "", zone: Zone = "") -> list[Message]:
        elsewhere = f"\nToday I am in {zone}: say times in that zone." if zone else ""
        return await _with_today(tasks(), PLAN.format(about=_about(tag), elsewhere=elsewhere))

    @server.prompt(
        name="weekly_review",
        title="Weekly review",
        description="Look back on the week, sort what is left over, and prepare the next one.",
    )
    async def weekly_review(tag: Tag = "") -> list[Message]:
        return await _with_today(tasks(), REVIEW.format(about=_about(tag)))

    async def get(_: object, params: GetPromptRequestParams) -> GetPromptResult | InputRequiredResult:
        try:
            return await server.get_prompt(params.name, params.arguments)
        except ValueError as error:  # the SDK would log the client's mistake as its own
            raise MCPError(INVALID_PARAMS, f"{error}. Known: plan_my_day, weekly_review.") from error

    handle(server, "prompts/get", GetPromptRequestParams, get)


def _about(tag: str) -> str:
    return f", those tagged {tag} only" if tag else ""


async def _with_today(client: TasksClient, text: str) -> list[Message]:
    """Return the text behind the resource of today, or alone when the tasks can't be reached: the tools will say why."""
    try:
        facts = await resources.today(client)
    except TaskoraError:
        return [UserMessage(text)]
    content = TextResourceContents(
        uri=resources.TODAY,
        mime_type=resources.MEDIA_TYPE,
        text=to_json(facts.model_dump(mode="json", exclude_none=True)).decode(),
    )
    return [UserMessage(EmbeddedResource(type="resource", resource=content)), UserMessage(text)]
