"""undo: takes the last command back, whichever door it came through."""

from mcp.types import ToolAnnotations

from mcp_server.answers import UndoFacts, item_facts
from mcp_server.arguments import Write
from mcp_server.strict_tool import ToolSpec
from taskora.api.client import TasksClient


class Undo(Write):
    """Arguments of undo."""


async def undo(client: TasksClient, taken: Undo) -> UndoFacts:
    """Take the last command back."""
    answer = await client.undo(key=taken.client_request_id)
    return UndoFacts(undone=answer.undone, results=[item_facts(result) for result in answer.results])


UNDO = ToolSpec(
    name="undo",
    description="Take back the last change (a whole batch); again: one further back.",
    arguments=Undo,
    answer=UndoFacts,
    run=undo,
    annotations=ToolAnnotations(
        title="Undo", read_only_hint=False, destructive_hint=True, idempotent_hint=False, open_world_hint=False
    ),
)
