"""What a conversation knows after a line: from the calls that were made, whichever model chose them."""

from collections.abc import Sequence
from dataclasses import replace

from agent.made import Made
from agent.session import Call, Memory, Named
from agent.speaking.facts import Batch, Candidate, Overview, Page, Task, read
from agent.understanding.reverting import changes_preferences, taken_back

_REPEATABLE = frozenset(
    {"add_tasks", "update_tasks", "reschedule_tasks", "complete_tasks", "reopen_tasks", "delete_tasks"}
) | {"restore_tasks", "manage_series"}
"""What can be done to another task too ("slides too")."""


def remembered(memory: Memory, made: Sequence[Made]) -> Memory:
    """Return the memory after the calls of a line."""
    memory = replace(memory, added=False, did=None)
    for call in made:
        memory = _after(memory, call)
    acted = any(not call.reads or changes_preferences(call) for call in made)
    return replace(memory, back=taken_back(made)) if acted else memory


def changed(made: Sequence[Made]) -> int:
    """Return how many tasks the calls of a line changed."""
    batches = [read(Batch, call.output) for call in made if not call.reads]
    return sum(len(batch.tasks) for batch in batches if batch)


def _after(memory: Memory, call: Made) -> Memory:
    if call.tool == "find_tasks":
        page = read(Page, call.output)
        return _seen(memory, page.tasks) if page else memory
    if call.tool == "get_overview":
        overview = read(Overview, call.output)
        return _seen(memory, overview.attention) if overview and overview.attention else memory
    batch = read(Batch, call.output)
    if batch is None:
        return memory
    candidates = next((item.problem.choices for item in batch.results if item.problem), [])
    if candidates:
        return replace(memory, shown=_named(candidates))
    return _acted(memory, call, batch.tasks) if batch.tasks else memory


def _acted(memory: Memory, call: Made, tasks: Sequence[Task]) -> Memory:
    did = _repeatable(call) if call.tool in _REPEATABLE and not call.reads else memory.did
    if len(tasks) > 1:
        return Memory(_named(tasks), did=did)
    added = call.tool == "add_tasks"
    return replace(memory, last=_named(tasks)[0], added=added, did=None if call.tool == "undo" else did)


def _repeatable(call: Made) -> Call:
    """Return the call without its own idempotency key."""
    return Call(call.tool, {name: value for name, value in call.arguments.items() if name != "client_request_id"})


def _seen(memory: Memory, tasks: Sequence[Task]) -> Memory:
    return replace(memory, shown=_named(tasks), last=_named(tasks)[0] if len(tasks) == 1 else memory.last)


def _named(tasks: Sequence[Task | Candidate]) -> tuple[Named, ...]:
    return tuple(Named(task.id, task.number, task.title, _due(task)) for task in tasks)


def _due(task: Task | Candidate) -> str | None:
    return task.due_text if isinstance(task, Task) else task.due
