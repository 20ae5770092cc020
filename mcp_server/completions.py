"""What a client offers while a person fills in a prompt or the address of a resource: tags, time zones, numbers of tasks."""

from collections.abc import Callable, Iterable
from functools import cache
from zoneinfo import available_timezones

from mcp.server import MCPServer
from mcp.types import CompleteRequestParams, CompleteResult, Completion

from mcp_server.handlers import handle
from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.domain.errors import TaskoraError

LIMIT = 100
"""Most values of an answer (MCP, completion)."""


def install(server: MCPServer, tasks: Callable[[], TasksClient]) -> None:
    """Let the server complete arguments; `tasks` gives the client of each completion."""

    async def complete(_: object, params: CompleteRequestParams) -> CompleteResult:
        begun = params.argument.value.strip().casefold()
        try:  # an argument means the same wherever it stands
            found = await _complete(tasks(), params.argument.name, begun)
        except TaskoraError:
            found = Completion(values=[])  # a person who types needs no error; the call that follows tells it
        return CompleteResult(completion=found)

    handle(server, "completion/complete", CompleteRequestParams, complete)


async def _complete(client: TasksClient, name: str, begun: str) -> Completion:
    match name:
        case "tag":
            tags = sorted((await client.tags()).tags, key=lambda tag: (-(tag.open or 0), tag.name))
            return _fitting(begun.removeprefix("#"), (tag.name for tag in tags))
        case "zone":
            return _fitting(begun.replace(" ", "_"), _zones())
        case "number":
            page = await client.tasks(wire.TaskQuery(sort="due", limit=wire.PAGE_LIMIT))
            return _fitting(begun.removeprefix("#"), (str(task.number) for task in page.tasks))
        case _:
            return Completion(values=[])


@cache
def _zones() -> tuple[str, ...]:
    """Return the names of all zones, which are read from hundreds of files."""
    return tuple(sorted(available_timezones()))


def _fitting(begun: str, values: Iterable[str]) -> Completion:
    """Return the values that begin so, then those of which a later part does ("berl": Europe/Berlin)."""
    known = list(values)
    first = [value for value in known if value.casefold().startswith(begun)]
    later = [value for value in known if f"/{begun}" in value.casefold() and value not in first]
    found = first + later
    return Completion(values=found[:LIMIT], total=len(found), has_more=len(found) > LIMIT)
