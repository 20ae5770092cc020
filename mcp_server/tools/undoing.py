"""undo: takes the last command back, whichever door it came through."""

from mcp_server.answers import UndoFacts, items_facts
from mcp_server.arguments import Write
from mcp_server.strict_tool import ToolSpec
from mcp_server.tools.hints import writing
from taskora.api.client import TasksClient


class Undo(Write):
    """Arguments of undo."""


async def undo(client: TasksClient, taken: Undo) -> UndoFacts:
    """Take the last command back."""
    answer = await client.undo(key=taken.client_request_id)
    return UndoFacts(undone=answer.undone, results=items_facts(answer.results))


UNDO = ToolSpec(
    name="undo",
    description="Take back the last change (a whole batch); again: one further back.",
    arguments=Undo,
    answer=UndoFacts,
    run=undo,
    annotations=writing("Undo", destructive=True),
)
