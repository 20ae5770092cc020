"""What people read after a tool was called: its answer as sentences, problems and questions included.

Pure: a call and its output go in, words come out, with the question that they leave open. How a task looks is `wording`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import uuid_utils

from agent.session import Call, Named, Pending
from agent.speaking.accounts import activity_told, choices_told, overview_told, sentence, tags_told
from agent.speaking.facts import Batch, Candidate, Item, Next, Problem, Task, read
from agent.speaking.listing import listed
from agent.speaking.wording import card, details, name, remarks


@dataclass(frozen=True, slots=True)
class Told:
    """What is said, and the question that is open afterwards."""

    text: str
    pending: Pending | None = None


def tell(call: Call, output: str) -> Told:
    """Return what to say of a call's output. A sentence instead of an answer is passed on as it is."""
    if call.tool in _READERS:
        return Told(_READERS[call.tool](call, output))
    batch = read(Batch, output)
    if batch is None:
        return Told(output)
    if call.tool == "undo":
        return Told(_undone(batch))
    return _told(call, batch)


TAKE_BACK = " Say undo to take that back."

_READERS: Mapping[str, Callable[[Call, str], str]] = {
    "find_tasks": listed,
    "manage_tags": tags_told,
    "preferences": choices_told,
    "get_activity": activity_told,
    "get_overview": overview_told,
}


def new_question(call: Call, candidates: Sequence[Named] = ()) -> Pending:
    """Return an open question about a call, under an id of its own."""
    return Pending(str(uuid_utils.uuid7()), call, tuple(candidates))


def single(call: Call, index: int) -> Call:
    """Return the call for one of its items alone."""
    field = "items" if "items" in call.arguments else "tasks"
    given = call.arguments[field]
    one = [given[index]] if isinstance(given, list) else given
    return Call(call.tool, call.arguments | {field: one})


def with_task(call: Call, task_id: str) -> Call:
    """Return a call for one task with the task named by its id."""
    items = call.arguments.get("items")
    if isinstance(items, list):
        return Call(call.tool, call.arguments | {"items": [item | {"task": task_id} for item in items]})
    if "task" in call.arguments:
        return Call(call.tool, call.arguments | {"task": task_id})
    return Call(call.tool, call.arguments | {"tasks": [task_id]})


def _told(call: Call, batch: Batch) -> Told:
    sentences: list[str] = []
    pending: Pending | None = None
    for index, item in enumerate(batch.results):
        if item.ok and item.task:
            said = remarks(item) if call.arguments.get("action") != "skip" else ()
            sentences.append("\n".join([_SAY[call.tool](call, item.task), *said]))
        elif item.problem:
            sentences.append(problem(item.problem))
            if item.problem.candidates and pending is None:
                pending = new_question(single(call, index), [_named(found) for found in item.problem.choices])
    return Told("\n".join(_hinted_once(sentences)), pending)


def _hinted_once(sentences: Sequence[str]) -> list[str]:
    """Return the sentences with the word about undo at the last one only."""
    told = [said.removesuffix(TAKE_BACK) for said in sentences]
    return [*told[:-1], sentences[-1]] if sentences else told


def problem(found: Problem) -> str:
    """Return a problem as a sentence, or as a question with a numbered list where several tasks fit."""
    if not found.candidates:
        return sentence(found)
    lines = [f"  {place}. {_candidate(named)}" for place, named in enumerate(found.choices, start=1)]
    near = "Do you mean this one?" if len(lines) == 1 else "Do you mean one of these?"
    question = "Which one do you mean?" if found.code == "ambiguous" else near
    return "\n".join([f"{found.detail} {question}", *lines])


def _added(_call: Call, task: Task) -> str:
    return f"Added {name(task)}\n  {details(task)}"


def _changed(call: Call, task: Task) -> str:
    items = call.arguments.get("items")
    first = items[0] if isinstance(items, list) and items else {}
    if isinstance(first, Mapping) and first.get("clear") == ["repeat"]:
        return _stopped(task)
    return f"Changed {name(task)}\n  {details(task)}"


def _stopped(task: Task) -> str:
    return f"{name(task)} no longer repeats.\n  {details(task)}"


def _of_series(call: Call, task: Task) -> str:
    match call.arguments.get("action"):
        case "skip" if task.deleted_at:
            return f"Skipped {name(task)}. That was its last date, so it is in the trash. Say undo to take that back."
        case "skip":
            return f"Skipped. {name(task)} is next due {details(task)}"
        case "stop":
            return _stopped(task)
        case "exclude":
            return f"Left those dates out of {name(task)}\n  {details(task)}"
        case _:
            return f"Changed {name(task)}\n  {details(task)}"


def _shown(_call: Call, task: Task) -> str:
    return card(task)


def _completed(_call: Call, task: Task) -> str:
    done = f"Completed {name(task)}."
    return f"{done} {_following(task, task.next)}" if task.next else done


def _following(task: Task, following: Next) -> str:
    if following.state == "made" and following.number is not None:
        count = following.passed_over
        passed = f" ({count} {'date was' if count == 1 else 'dates were'} passed over)" if count else ""
        return f"Next: #{following.number} {task.title}, {following.due_text or 'no date'}.{passed}"
    if following.state == "pending":
        return "The next one is being made and will be there in a moment."
    if following.state == "ended":
        return "That was the last one: the series has ended."
    return "It makes no next one."


def _reopened(_call: Call, task: Task) -> str:
    return f"Reopened {name(task)}\n  {details(task)}"


def _deleted(_call: Call, task: Task) -> str:
    series = " It won't come again." if task.series else ""
    return f"Moved {name(task)} to the trash.{series}{TAKE_BACK}"


def _restored(_call: Call, task: Task) -> str:
    return f"Restored {name(task)}\n  {details(task)}"


_SAY: Mapping[str, Callable[[Call, Task], str]] = {
    "add_tasks": _added,
    "update_tasks": _changed,
    "complete_tasks": _completed,
    "reopen_tasks": _reopened,
    "delete_tasks": _deleted,
    "restore_tasks": _restored,
    "reschedule_tasks": _changed,
    "manage_series": _of_series,
    "get_tasks": _shown,
}


def _undone(batch: Batch) -> str:
    lines = [f"Undone: {batch.undone}."]
    for item in batch.results:
        lines += _after_undo(item)
    return "\n".join(lines)


def _after_undo(item: Item) -> list[str]:
    if item.problem:
        return [f"  {problem(item.problem)}"]
    if item.task is None:
        return []
    state = "in the trash" if item.task.deleted_at else item.task.status
    return [f"  {name(item.task)} is {state} · {details(item.task)}", *remarks(item)]


def _named(found: Candidate) -> Named:
    return Named(found.id, found.number, found.title, found.due)


def _candidate(found: Candidate) -> str:
    return f"{name(found)}, {found.due}" if found.due else name(found)
