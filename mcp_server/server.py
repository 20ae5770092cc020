"""The MCP server with all its tools. How it is reached (stdio, in process) is decided by whoever runs it."""

from collections.abc import Callable
from importlib.metadata import version
from typing import Any

from mcp.server import MCPServer
from mcp.server.request_state import RequestStateSecurity

from mcp_server.strict_tool import Around, ToolSpec, straight
from mcp_server.tools.adding import ADD_TASKS
from mcp_server.tools.chosen import DELETE_TASKS, REOPEN_TASKS, RESTORE_TASKS
from mcp_server.tools.completing import COMPLETE_TASKS
from mcp_server.tools.finding import FIND_TASKS
from mcp_server.tools.preferences import PREFERENCES
from mcp_server.tools.rescheduling import RESCHEDULE_TASKS
from mcp_server.tools.tagging import MANAGE_TAGS
from mcp_server.tools.undoing import UNDO
from mcp_server.tools.updating import UPDATE_TASKS
from taskora.api.client import TasksClient

INSTRUCTIONS = """\
Taskora keeps the user's tasks. Pass dates, times and rules on in the user's own words and never work out a date yourself: \
Taskora reads them in the user's time zone and answers with weekday and date. Tell the user that date, and any assumptions. \
A task can be named by its number ("#12") or by words of its title; if several fit, ask the user which one. \
Every change can be taken back with undo."""

TOOLS: tuple[ToolSpec[Any], ...] = (
    FIND_TASKS,
    ADD_TASKS,
    UPDATE_TASKS,
    RESCHEDULE_TASKS,
    COMPLETE_TASKS,
    REOPEN_TASKS,
    DELETE_TASKS,
    RESTORE_TASKS,
    UNDO,
    MANAGE_TAGS,
    PREFERENCES,
)


Extension = Callable[[MCPServer, Callable[[], TasksClient]], None]
EXTENSIONS: tuple[Extension, ...] = ()
"""What adds to the server besides tools: resources, prompts, completions."""


def build(
    tasks: Callable[[], TasksClient], *, around: Around = straight, state: RequestStateSecurity | None = None
) -> MCPServer:
    """Return the server. `tasks` is called once for each tool call and gives the client that acts for its user.

    `state` seals what a client carries for us between two requests; by default only this process can read it again.
    """
    server = MCPServer(
        "taskora",
        title="Taskora",
        description="Tasks in plain words, with repeating ones, undo and search.",
        instructions=INSTRUCTIONS,
        version=version("taskora"),
        tools=[spec.bind(tasks, around) for spec in TOOLS],
        subscriptions=False,
        request_state_security=state,
        log_level="WARNING",
    )
    for add in EXTENSIONS:
        add(server, tasks)
    return server
