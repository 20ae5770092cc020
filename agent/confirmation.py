"""Asking before several tasks are changed at once: what would happen, to which tasks, and how to say yes."""

from collections.abc import Callable, Sequence

from agent.facts import Page, read
from agent.replies import Told, new_question
from agent.session import Call, Named
from agent.wording import table

BULK_LIMIT = 100
"""Most tasks of one command: the limit of the tools."""
SHOWN = 10
GO_ON = "Shall I? Say yes to go on."
VERBS = {
    "complete_tasks": "complete",
    "delete_tasks": "move to the trash",
    "reopen_tasks": "reopen",
    "restore_tasks": "restore",
    "update_tasks": "change",
    "reschedule_tasks": "move",
    "manage_series": "stop repeating",
}

Build = Callable[[Sequence[str]], Call]
"""Returns the call for tasks, each named by its id or by words."""


def ask_found(build: Build, output: str) -> Told:
    """Ask about the tasks that a search found. Nothing found is said, and nothing is asked."""
    page = read(Page, output)
    if page is None:
        return Told(output)
    if not page.tasks:
        return Told("No task fits that. Nothing was changed.")
    call = build([task.id for task in page.tasks])
    count = _count(len(page.tasks), page.total)
    return Told(
        "\n".join([f"This would {VERBS[call.tool]} {count}:", *_shown(table(page.tasks)), GO_ON]), new_question(call)
    )


def ask_known(build: Build, known: Sequence[Named]) -> Told:
    """Ask about tasks that the conversation has just shown."""
    return _ask(build([named.id for named in known]), [f"  #{named.number} {named.title}" for named in known])


def ask_named(build: Build, words: Sequence[str]) -> Told:
    """Ask about tasks that are known only by the words used for them."""
    return _ask(build(words), [f"  {name}" for name in words])


def _ask(call: Call, lines: Sequence[str]) -> Told:
    count = _count(len(lines), len(lines))
    return Told("\n".join([f"This would {VERBS[call.tool]} {count}:", *_shown(lines), GO_ON]), new_question(call))


def _count(number: int, total: int) -> str:
    if number < total:
        return f"the first {number} of {total} tasks"
    return "1 task" if number == 1 else f"{number} tasks"


def _shown(lines: Sequence[str]) -> list[str]:
    more = len(lines) - SHOWN
    return [*lines[:SHOWN], *([f"  … and {more} more"] if more > 0 else [])]
