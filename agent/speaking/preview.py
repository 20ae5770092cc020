"""What a call would change, as people read it before they say yes: every task by name, and each value before and after.

Pure: a call, what a dry run of it answered and the tasks as they are now go in; lines come out, with the call on exactly those
tasks, by their ids, so that yes does what was shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agent.session import Call
from agent.speaking.facts import Batch, Item, Task, read
from agent.speaking.wording import details, name, table, when

SHOWN = 10
VERBS = {
    "add_tasks": "add",
    "complete_tasks": "complete",
    "delete_tasks": "move to the trash",
    "reopen_tasks": "reopen",
    "reschedule_tasks": "move",
    "restore_tasks": "restore",
    "update_tasks": "change",
}
_SERIES = {
    "skip": "skip the next date of",
    "stop": "end the series of",
    "exclude": "leave dates out of",
    "include": "bring dates back to",
    "change": "change the rule of",
}
_EDITS = ("update_tasks", "reschedule_tasks", "manage_series")


@dataclass(frozen=True, slots=True)
class Preview:
    """The call that yes makes, and the lines that say what it does."""

    call: Call
    lines: tuple[str, ...]


def previewed(call: Call, output: str, before: Mapping[str, Task]) -> Preview | None:
    """Return what a call would do by the answer of its dry run, None when it would do nothing."""
    batch = read(Batch, output)
    if batch is None:
        return None
    if batch.undone is not None:
        return Preview(call, (f"This would take back: {batch.undone}", *_shown(_rows(call, batch.tasks, before))))
    possible = [(place, item.task) for place, item in enumerate(batch.results) if item.ok and item.task]
    if not possible:
        return None
    tasks = [task for _, task in possible]
    lines = [f"This would {_verb(call)} {counted(len(tasks))}:", *_shown(_rows(call, tasks, before))]
    return Preview(_on_ids(call, possible), (*lines, *_problems(batch.results)))


def described(call: Call) -> Preview:
    """Return a call that knows no dry run by its arguments: tags and preferences."""
    chosen = call.arguments.get("set")
    if isinstance(chosen, Mapping):
        given = [f"  {str(key).replace('_', ' ')}: {value}" for key, value in chosen.items()]
        return Preview(call, ("This would change your preferences:", *given))
    items = call.arguments.get("items", call.arguments.get("tasks"))
    rows = [f"  {_words(item)}" for item in items] if isinstance(items, list) else []
    verb = str(call.arguments.get("action", "")) or VERBS.get(call.tool, call.tool.replace("_", " "))
    what = f"{verb} tags" if call.tool == "manage_tags" else verb
    return Preview(call, (f"This would {what}:", *_shown(rows)))


def merged(previews: Sequence[Preview]) -> list[Preview]:
    """Return the previews with calls of one tool for several tasks as one call, which one undo takes back."""
    found: list[Preview] = []
    for preview in previews:
        last = found[-1] if found else None
        field = next((name for name in ("tasks", "items") if isinstance(preview.call.arguments.get(name), list)), None)
        if last and field and last.call.tool == preview.call.tool and _others(last, field) == _others(preview, field):
            both = _list(last, field) + [one for one in _list(preview, field) if one not in _list(last, field)]
            call = Call(last.call.tool, last.call.arguments | {field: both})
            found[-1] = Preview(call, (*last.lines, *preview.lines))
        else:
            found.append(preview)
    return found


def _others(preview: Preview, field: str) -> dict[str, object]:
    return {name: value for name, value in preview.call.arguments.items() if name != field}


def _list(preview: Preview, field: str) -> list[object]:
    found = preview.call.arguments.get(field)
    return found if isinstance(found, list) else []


def counted(number: int) -> str:
    """Return how many tasks, in words."""
    return "1 task" if number == 1 else f"{number} tasks"


def _verb(call: Call) -> str:
    return _SERIES.get(str(call.arguments.get("action")), "") or VERBS.get(call.tool, "change")


def _rows(call: Call, tasks: Sequence[Task], before: Mapping[str, Task]) -> list[str]:
    if call.tool in _EDITS and any(task.id in before for task in tasks):
        return [f"  {name(before.get(task.id, task))}: {_difference(before.get(task.id), task)}" for task in tasks]
    return [line for line in table(tasks) if line.strip()]


def _difference(before: Task | None, after: Task) -> str:
    """Return the values that would change, as they are and as they would be."""
    if before is None:
        return details(after)
    pairs = [
        ("title", before.title, after.title),
        ("due", when(before), when(after)),
        ("priority", before.priority, after.priority),
        ("tags", _tags(before), _tags(after)),
        ("repeats", before.repeats or "no", after.repeats or "no"),
        ("deadline", before.deadline or "none", after.deadline or "none"),
        ("reminders", ", ".join(before.reminders) or "none", ", ".join(after.reminders) or "none"),
    ]
    said = [f"{what} {old} → {new}" for what, old, new in pairs if old != new]
    if before.description != after.description:
        said.append("the description")
    return "; ".join(said) or "nothing"


def _tags(task: Task) -> str:
    return " ".join(f"#{tag}" for tag in task.tags) or "none"


def _problems(items: Sequence[Item]) -> list[str]:
    return [f"Not: {item.problem.detail}" for item in items if item.problem]


def _on_ids(call: Call, possible: Sequence[tuple[int, Task]]) -> Call:
    """Return the call on those tasks alone, each by its id."""
    if call.tool == "add_tasks":
        return call
    arguments = dict(call.arguments)
    items = arguments.get("items")
    if isinstance(items, list):
        arguments["items"] = [{**items[place], "task": task.id} for place, task in possible]
    if isinstance(arguments.get("tasks"), list):
        arguments["tasks"] = [task.id for _, task in possible]
    return Call(call.tool, arguments)


def _words(item: object) -> str:
    if isinstance(item, Mapping):
        return ", ".join(str(value) for value in item.values())
    return str(item)


def _shown(lines: Sequence[str]) -> list[str]:
    more = len(lines) - SHOWN
    return [*lines[:SHOWN], *([f"  … and {more} more"] if more > 0 else [])]
