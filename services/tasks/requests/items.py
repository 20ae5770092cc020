"""One item of a batch, from what was sent to the function that carries it out, or to why it can't be done."""

from collections.abc import Callable
from typing import Any

from services.tasks.commands.create import create_task
from services.tasks.commands.update import update_task
from services.tasks.requests.bodies import parse_item
from services.tasks.requests.drafts import draft_of
from services.tasks.requests.edits import edit_of
from services.tasks.requests.references import Target
from services.tasks.work import Item
from taskora.api.wire import NewTask, TaskEdit, TaskTarget
from taskora.domain.due import Due
from taskora.domain.errors import InvalidField, Refused
from taskora.nlu.reading import Context

Sent = dict[str, Any]
Makes = Callable[..., Item]
"""A command over one task: it takes the task's id, the expected version and what was assumed."""


def creation(sent: Sent, context: Context) -> Item | Refused:
    """Return the item that creates a task."""
    task = parse_item(NewTask, sent)
    if isinstance(task, InvalidField):
        return task
    try:
        draft, said = draft_of(task, context)
    except Refused as refusal:
        return refusal
    return create_task(draft, said.assumptions, said.left)


def change(task: TaskEdit, target: Target | Refused, context: Context, present: Due | None) -> Item | Refused:
    """Return the item that changes a task; `present` is the due that it has, where a repetition goes on from it."""
    if isinstance(target, Refused):
        return target
    try:
        edit, said = edit_of(task, context, present)
    except Refused as refusal:
        return refusal
    assumptions = (*target.assumptions, *said.assumptions)
    return update_task(target.task_id, edit, task.version, assumptions, said.left)


def over_one(make: Makes, task: TaskTarget, target: Target | Refused) -> Item | Refused:
    """Return the item of a command over one task, such as completing it."""
    if isinstance(target, Refused):
        return target
    return make(target.task_id, task.version, *target.assumptions)
