"""complete_tasks: done, with the next occurrence of what repeats.

The task service answers at once and the next occurrence comes a moment later by its event, so this tool looks for it for a
short while: people want to hear when they have to do it again.
"""

import asyncio
import time
from itertools import count

from mcp_server.answers import BatchFacts, NextFacts, items_facts, next_facts
from mcp_server.progress import report
from mcp_server.strict_tool import ToolSpec
from mcp_server.tools.chosen import ChosenTasks
from mcp_server.tools.hints import writing
from taskora.api import wire
from taskora.api.client import TasksClient

PATIENCE = 1.5
"""Seconds to wait for the next occurrences of one call."""
FIRST_PAUSE = 0.01
GROWTH = 1.6


async def complete_tasks(client: TasksClient, taken: ChosenTasks) -> BatchFacts:
    """Complete tasks."""
    answer = await client.complete(taken.targets(), **taken.manner())
    deadline = time.monotonic() + PATIENCE
    done = [] if answer.dry_run else answer.results
    settled = count(1)

    async def awaited(result: wire.ItemResult) -> NextFacts | None:
        found = await _following(client, result, deadline)
        await report(next(settled), len(done), "completed")
        return found

    following = await asyncio.gather(*(awaited(result) for result in done))
    return BatchFacts(
        command_id=answer.command_id,
        dry_run=answer.dry_run or None,
        results=items_facts(answer.results, following),
    )


async def _following(client: TasksClient, result: wire.ItemResult, deadline: float) -> NextFacts | None:
    """Return what became of the next occurrence by the deadline; None for a task that does not go on."""
    task = result.task
    if task is None or task.repeats is None or task.repeats.state != "active":
        return None
    pause = FIRST_PAUSE
    while task.next is None and time.monotonic() + pause < deadline:
        await asyncio.sleep(pause)
        pause *= GROWTH
        task = await client.task(task.id)
    made = await client.task(task.next.task_id) if task.next and task.next.task_id else None
    return next_facts(task.next, made)


COMPLETE_TASKS = ToolSpec(
    name="complete_tasks",
    description="Mark open tasks as done. For a repeating task, next is its next occurrence (pending: made in a moment).",
    arguments=ChosenTasks,
    answer=BatchFacts,
    run=complete_tasks,
    scope="open",
    annotations=writing("Complete tasks", destructive=False),
)
