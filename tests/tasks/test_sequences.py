"""Rules that hold after any commands in any order, with events that arrive now, later or never."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.domain.errors import Conflict
from taskora.domain.events import Event
from taskora.runtime.ports import Outcome
from taskora.storage.database import Database
from tests.tasks.world import World, repeating, target

pytestmark = pytest.mark.anyio

ALL = wire.TaskQuery(status="all", limit=200, sort="number")
TRASH = wire.TaskQuery(trash=True, limit=200, sort="number")
CHANGES = ("complete", "complete", "reopen", "reopen", "delete", "restore", "restore", "rename", "rule", "stop")
STEPS = (*CHANGES, "arrive", "arrive", "undo", "undo", "repeat", "wait")

steps = st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 3)), min_size=4, max_size=20)


async def everything(client: TasksClient) -> dict[str, wire.Task]:
    return {task.id: task for query in (ALL, TRASH) for task in (await client.tasks(query)).tasks}


def told(task: wire.Task) -> dict[str, object]:
    """Return what a person sees of a task that is theirs to keep."""
    return task.model_dump(exclude={"version", "updated_at", "next"})


class Person:
    """Someone who does the steps that are drawn, and a broker that delivers when it is told to."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.client = world.client("ada")
        self.delivered: list[Event] = []

    async def do(self, step: str, choice: int) -> None:
        tasks = sorted((await everything(self.client)).values(), key=lambda task: task.number)
        if not tasks:
            count = ";COUNT=3" if choice == 3 else ""
            await self.client.create([repeating(rrule=f"FREQ=DAILY{count}")])
            return
        named = [target(tasks[choice % len(tasks)])]
        edit = {"task": named[0].task}
        match step:
            case "complete" | "reopen" | "delete" | "restore":
                await getattr(self.client, step)(named)
            case "rename":
                await self.client.update([wire.TaskEdit.model_validate({**edit, "title": f"renamed {choice}"})])
            case "rule":
                await self.client.update([wire.TaskEdit.model_validate({**edit, "rrule": "FREQ=WEEKLY;BYDAY=FR"})])
            case "stop":
                await self.client.update([wire.TaskEdit.model_validate({**edit, "clear": ["repeat"]})])
            case "wait":
                self.world.clock.advance(hours=5 * choice)
            case _:
                await self.arrive_or_undo(step)

    async def arrive_or_undo(self, step: str) -> None:
        if step == "undo":
            try:
                await self.client.undo()
            except Conflict:
                return
        elif step == "arrive":
            self.delivered += await self.world.recur(*(await self.world.take()))
            await self.deliver(self.delivered)
        else:
            await self.deliver(self.delivered[::-1])

    async def deliver(self, commands: list[Event]) -> None:
        for command in commands:
            assert (await self.world.command(command)).outcome is Outcome.SUCCESS


async def hold_the_rules(client: TasksClient) -> None:
    tasks = await everything(client)
    open_of_series = [
        task.repeats.series_id
        for task in tasks.values()
        if task.repeats is not None and task.status == "open" and task.deleted_at is None
    ]
    assert len(open_of_series) == len(set(open_of_series))
    numbers = [task.number for task in tasks.values()]
    assert len(numbers) == len(set(numbers))
    for task in tasks.values():
        assert await client.task(task.id) == task
    changes = (await client.changes()).changes
    assert [change.sequence for change in changes] == list(range(1, len(changes) + 1))
    latest = {change.subject: change.snapshot for change in changes if change.type.startswith("task.")}
    for task_id, snapshot in latest.items():
        assert snapshot["version"] == tasks[task_id].version
        assert snapshot["title"] == tasks[task_id].title
        assert snapshot["status"] == tasks[task_id].status
    for task in tasks.values():
        if task.next is not None and task.next.task_id is not None:
            assert tasks[task.next.task_id].predecessor_id == task.id
            assert task.status == "completed"


@asynccontextmanager
async def person_at(folder: Path, migrated_file: Path) -> AsyncIterator[Person]:
    """Give a person with an empty database: every drawn example has its own."""
    with TemporaryDirectory(dir=folder) as fresh:
        path = shutil.copy(migrated_file, fresh)
        database = Database(f"sqlite:///{path}")
        yield Person(World(database))
        await database.close()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
async def test_a_series_has_one_open_occurrence_and_the_changes_no_gap_whatever_is_done(
    tmp_path: Path, migrated_file: Path, steps: list[tuple[str, int]]
) -> None:
    async with person_at(tmp_path, migrated_file) as person:
        for step, choice in steps:
            await person.do(step, choice)
            await hold_the_rules(person.client)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=steps,
    last=st.tuples(
        st.sampled_from(("complete", "reopen", "delete", "restore", "rename", "rule", "stop")), st.integers(0, 5)
    ),
)
async def test_an_undo_gives_every_task_back_as_it_was(
    tmp_path: Path, migrated_file: Path, before: list[tuple[str, int]], last: tuple[str, int]
) -> None:
    async with person_at(tmp_path, migrated_file) as person:
        for step, choice in before:
            await person.do(step, choice)
        await person.do("arrive", 0)
        was = {task_id: told(task) for task_id, task in (await everything(person.client)).items()}
        changes = len((await person.client.changes()).changes)
        await person.do(*last)
        if was and len((await person.client.changes()).changes) > changes:
            await person.client.undo()
            now = {task_id: told(task) for task_id, task in (await everything(person.client)).items()}
            assert now == was
