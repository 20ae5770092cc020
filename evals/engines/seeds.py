"""Puts tasks into store before a case begins, through the task service's API as the system does it."""

import datetime as dt
from collections.abc import Mapping, Sequence

from evals.engines.person import Person
from evals.form import Json
from taskora.api import wire
from taskora.domain.task import Priority, Status


class CannotSeed(ValueError):
    """A task of a case cannot be put into store; the text says why."""


async def seed(person: Person, tasks: Sequence[Json]) -> None:
    """Store the tasks in their order, then complete or delete those that are not open. Raises CannotSeed."""
    for task in tasks:
        answer = await person.tasks.create([_new_task(task, person.tz)], said_at=person.stage.now)
        number = str(_stored(answer).number)
        if task.get("status") == Status.COMPLETED:
            _stored(await person.tasks.complete([wire.TaskTarget(task=number)]))
        elif task.get("status") == "trash":
            _stored(await person.tasks.delete([wire.TaskTarget(task=number)]))
    await person.stage.settle()


def _stored(answer: wire.BatchAnswer) -> wire.Task:
    (result,) = answer.results
    if result.task is None:
        problem = result.problem
        raise CannotSeed(f"{problem.code}: {problem.detail}" if problem else "refused")
    return result.task


def _new_task(task: Json, tz: str) -> wire.NewTask:
    for key in ("rrules", "exdates"):
        if task.get(key):
            raise CannotSeed(f"{key}: a stored task takes one rule without dates left out")
    said: Mapping[str, object] = {
        "title": task["title"],
        "due": _due(task.get("due"), tz),
        "end": _due(task.get("end"), tz),
        "duration_min": task.get("duration_min"),
        "deadline": task.get("deadline"),
        "rrule": task.get("rrule"),
        "anchor": task.get("anchor"),
        "priority": Priority(str(task["priority"])) if task.get("priority") else None,
        "tags": task.get("tags"),
        "reminders": task.get("reminders"),
    }
    return wire.NewTask.model_validate({key: value for key, value in said.items() if value is not None})


def _due(wall: object, tz: str) -> wire.DueInput | None:
    if wall is None:
        return None
    text = str(wall)
    if "T" not in text:
        return wire.DueInput(date=dt.date.fromisoformat(text))
    moment = dt.datetime.fromisoformat(text)
    return wire.DueInput(date=moment.date(), time=moment.time(), zone=tz)
