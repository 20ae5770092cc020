"""What a conversation knows after a line: from the calls that were made, whichever model chose them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.facts import Batch, Candidate, Page, Task, read
from agent.session import Memory, Named


@dataclass(frozen=True, slots=True)
class Made:
    """A tool call that was made, and its output as text."""

    tool: str
    output: str
    failed: bool


def remembered(memory: Memory, made: Sequence[Made]) -> Memory:
    """Return the memory after the calls of a line."""
    memory = replace(memory, added=False)
    for call in made:
        memory = _after(memory, call)
    return memory


def changed(made: Sequence[Made]) -> int:
    """Return how many tasks the calls of a line changed."""
    batches = [read(Batch, call.output) for call in made if call.tool != "find_tasks"]
    return sum(len(batch.tasks) for batch in batches if batch)


def _after(memory: Memory, call: Made) -> Memory:
    if call.tool == "find_tasks":
        page = read(Page, call.output)
        return _seen(memory, page.tasks) if page else memory
    batch = read(Batch, call.output)
    if batch is None:
        return memory
    candidates = next((item.problem.choices for item in batch.results if item.problem), [])
    if candidates:
        return Memory(_named(candidates), memory.last)
    tasks = batch.tasks
    if len(tasks) == 1:
        return Memory(memory.shown, _named(tasks)[0], added=call.tool == "add_tasks")
    return Memory(_named(tasks)) if tasks else memory


def _seen(memory: Memory, tasks: Sequence[Task]) -> Memory:
    return Memory(_named(tasks), _named(tasks)[0] if len(tasks) == 1 else memory.last)


def _named(tasks: Sequence[Task | Candidate]) -> tuple[Named, ...]:
    return tuple(Named(task.id, task.number, task.title) for task in tasks)
