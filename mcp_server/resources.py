"""What a client can read and attach without calling a tool: today, a task, the tags, the tasks of a tag. The same facts.

Nothing in them changes by itself from one moment to the next (no present time, no ages), so that `updates` can tell a change by
its text.
"""

from collections.abc import Awaitable, Callable

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError
from pydantic import BaseModel
from pydantic_core import to_json

from mcp_server.answers import TaskFacts, page_facts, task_facts
from mcp_server.schemas import Maybe
from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.domain.errors import NotFound, TaskoraError

TODAY = "taskora://today"
TAGS = "taskora://tags"
TASK = "taskora://tasks/{number}"
TAGGED = "taskora://tags/{tag}"
MEDIA_TYPE = "application/json"
SHOWN = 50
"""Most tasks in one resource: a client puts it whole into a conversation."""


class TodayFacts(BaseModel):
    """The day: `tasks` are those that are overdue, then those due today, each by its time."""

    today: str
    zone: str
    overdue: int
    due_today: int
    completed_today: int
    tasks: list[TaskFacts]


class TagFacts(BaseModel):
    """A tag and how many open tasks have it."""

    name: str
    colour: Maybe[str] = None
    open: Maybe[int] = None


class TagsFacts(BaseModel):
    """All tags."""

    tags: list[TagFacts]


async def today(client: TasksClient) -> BaseModel:
    """Return the day as it stands."""
    found = await client.overview(wire.OverviewQuery(limit=SHOWN))
    return TodayFacts(
        today=f"{found.today:%a} {found.today.isoformat()}",
        zone=found.zone,
        overdue=found.overdue,
        due_today=found.due_today,
        completed_today=found.completed_today,
        tasks=[task_facts(task) for task in found.attention],
    )


async def tags(client: TasksClient) -> BaseModel:
    """Return the tags."""
    found = await client.tags()
    return TagsFacts(tags=[TagFacts(name=tag.name, colour=tag.colour, open=tag.open) for tag in found.tags])


async def task(client: TasksClient, number: str) -> BaseModel:
    """Return one task by its number or id, also from the trash."""
    return task_facts(await client.task(number))


async def tagged(client: TasksClient, tag: str) -> BaseModel:
    """Return the open tasks of a tag, by their dates."""
    return page_facts(await client.tasks(wire.TaskQuery(tag=[tag], sort="due", limit=SHOWN, total=True)))


def install(server: MCPServer, tasks: Callable[[], TasksClient]) -> None:
    """Let the server have the resources; `tasks` gives the client of each reading."""

    @server.resource(
        TODAY,
        name="today",
        title="Today",
        description="The user's day: what is overdue and what is due today, by time.",
        mime_type=MEDIA_TYPE,
    )
    async def read_today() -> str:
        return await _text(today(tasks()))

    @server.resource(
        TAGS,
        name="tags",
        title="Tags",
        description="The user's tags, each with the number of its open tasks.",
        mime_type=MEDIA_TYPE,
    )
    async def read_tags() -> str:
        return await _text(tags(tasks()))

    @server.resource(
        TASK, name="task", title="A task", description="One task by its number, such as 12.", mime_type=MEDIA_TYPE
    )
    async def read_task(number: str) -> str:
        return await _text(task(tasks(), number))

    @server.resource(
        TAGGED,
        name="tasks of a tag",
        title="Tasks of a tag",
        description="The open tasks that have a tag, by due date.",
        mime_type=MEDIA_TYPE,
    )
    async def read_tagged(tag: str) -> str:
        return await _text(tagged(tasks(), tag))


async def _text(reading: Awaitable[BaseModel]) -> str:
    """Return facts as compact JSON. Raises ResourceError with a sentence when there are none."""
    try:
        facts = await reading
    except NotFound as error:
        raise ResourceNotFoundError(error.sentence) from error
    except TaskoraError as error:
        raise ResourceError(error.sentence) from error
    return to_json(facts.model_dump(mode="json", by_alias=True, exclude_none=True)).decode()
