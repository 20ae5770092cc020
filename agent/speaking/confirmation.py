"""Asking before several tasks are changed at once: what would happen, to which tasks, and how to say yes.

What would happen is tried out first: a dry run of the very call says which tasks the words mean and what each would become.
"""

from collections.abc import Callable, Mapping, Sequence

from agent.session import Call, Named
from agent.speaking.facts import Page, Task, read
from agent.speaking.preview import previewed
from agent.speaking.replies import Told, new_question, tell
from agent.steps import Step

BULK_LIMIT = 100
"""Most tasks of one command: the limit of the tools."""
GO_ON = "Shall I? Say yes to go on."
ONLY = "These are the first {number} of {total}: I take no more at once."

Build = Callable[[Sequence[str]], Call]
"""Returns the call for tasks, each named by its id or by words."""


def ask_found(build: Build, output: str) -> Told | Step:
    """Ask about the tasks that a search found. Nothing found is said, and nothing is asked."""
    page = read(Page, output)
    if page is None:
        return Told(output)
    if not page.tasks:
        return Told("No task fits that. Nothing was changed.")
    more = [ONLY.format(number=len(page.tasks), total=page.total)] if page.total > len(page.tasks) else []
    return _tried(build([task.id for task in page.tasks]), {task.id: task for task in page.tasks}, more)


def ask_known(build: Build, known: Sequence[Named]) -> Step:
    """Ask about tasks that the conversation has just shown."""
    return _tried(build([named.id for named in known]))


def ask_named(build: Build, words: Sequence[str]) -> Step:
    """Ask about tasks that are known only by the words used for them."""
    return _tried(build(words))


def _tried(call: Call, before: Mapping[str, Task] | None = None, more: Sequence[str] = ()) -> Step:
    def say(output: str) -> Told:
        preview = previewed(call, output, before or {})
        if preview is None:
            return tell(call, output)
        return Told("\n".join([*preview.lines, *more, GO_ON]), new_question(preview.call))

    return Step(Call(call.tool, call.arguments | {"dry_run": True}), say)
