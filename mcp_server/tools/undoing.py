"""undo: takes the last command back, whichever door it came through."""

from typing import Annotated

from pydantic import Field

from mcp_server.answers import UndoFacts, items_facts
from mcp_server.arguments import Words, Write
from mcp_server.schemas import Maybe
from mcp_server.strict_tool import ToolSpec
from mcp_server.tools.hints import writing
from taskora.api.client import TasksClient


class Undo(Write):
    """Arguments of undo."""

    command_id: Annotated[
        Maybe[Words],
        Field(description="Instead of the last change: this one, by its id from an answer or get_activity"),
    ] = None


async def undo(client: TasksClient, taken: Undo) -> UndoFacts:
    """Take the last command back."""
    if taken.command_id is None:
        answer = await client.undo(**taken.preview())
    else:
        answer = await client.undo_command(taken.command_id, **taken.preview())
    return UndoFacts(
        undone=answer.undone,
        command_id=answer.command_id,
        dry_run=answer.dry_run or None,
        results=items_facts(answer.results),
    )


UNDO = ToolSpec(
    name="undo",
    description="Take back the last change of tasks (a whole batch), by whichever door; again: one further back.",
    arguments=Undo,
    answer=UndoFacts,
    run=undo,
    annotations=writing("Undo", destructive=True),
)
