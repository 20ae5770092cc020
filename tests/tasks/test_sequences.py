"""Rules that hold after any commands in any order, with events that arrive now, later or never."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.tasks.store import rows as rows_module
from services.tasks.store.rows import SERIES_COLUMNS
from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.domain.errors import Conflict
from taskora.domain.events import Event
from taskora.domain.series import Series
from taskora.domain.transitions import stop
from taskora.runtime.ports import Outcome
from taskora.storage.database import Database
from tests.tasks.world import World, repeating, target

pytestmark = pytest.mark.anyio

ALL = wire.TaskQuery(status="all", limit=200, sort="number")
TRASH = wire.TaskQuery(trash=True, limit=200, sort="number")
NAMED = ("complete", "reopen", "delete", "restore", "skip", "stop")
EDITS: dict[str, dict[str, object]] = {
    "rename": {"title": "renamed"},
    "this": {"title": "only this time", "priority": "urgent", "scope": "this"},
    "move": {"shift": "P1D"},
    "future": {"shift": "PT1H", "scope": "future"},
    "rule": {"rrule": "FREQ=WEEKLY;BYDAY=FR"},
    "count": {"rrule": "FREQ=DAILY;COUNT=2"},
    "unrule": {"clear": ["repeat"]},
}
CHANGES = (*NAMED, *EDITS)
STEPS = (
    *CHANGES,
    "complete",
    "reopen",
    "restore",
    "skip",
    "arrive",
    "arrive",
    "undo",
    "undo",
    "repeat",
    "cron",
    "wait",
)

steps = st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 3)), min_size=4, max_size=24)


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
        self.events: list[str] = []
        self.announced_again: set[str] = set()

    async def do(self, step: str, choice: int) -> None:
        tasks = sorted((await everything(self.client)).values(), key=lambda task: task.number)
        if not tasks:
            count = ";COUNT=3" if choice == 3 else ""
            await self.client.create([repeating(rrule=f"FREQ=DAILY{count}")])
            return
        named = [target(tasks[choice % len(tasks)])]
        if step in NAMED:
            await getattr(self.client, step)(named)
        elif step in EDITS:
            await self.client.update([wire.TaskEdit.model_validate({"task": named[0].task, **EDITS[step]})])
        elif step == "wait":
            self.world.clock.advance(hours=5 * choice)
        else:
            await self.arrive_or_undo(step)

    async def arrive_or_undo(self, step: str) -> None:
        if step == "undo":
            try:
                await self.client.undo()
            except Conflict:
                return
        elif step == "arrive":
            self.delivered += await self.world.recur(*(await self.take()))
            await self.deliver(self.delivered)
        elif step == "cron":
            await self.announce_again()
        else:
            await self.deliver(self.delivered[::-1])

    async def take(self) -> list[Event]:
        events = await self.world.take()
        self.events += [event.id for event in events]
        return events

    async def announce_again(self) -> None:
        """Lose every event that is on its way, and let the reconciler find what is missing."""
        await self.take()
        self.world.clock.advance(minutes=1)
        (cron,) = (one for one in self.world.service.inbound.intervals if one.name == "recurrence-cron")
        await cron.run()
        self.announced_again |= {event.id for event in await self.world.waiting()}
        await self.arrive_or_undo("arrive")

    async def deliver(self, commands: list[Event]) -> None:
        for command in commands:
            assert (await self.world.command(command)).outcome is Outcome.SUCCESS


async def series_of(world: World) -> dict[str, Series]:
    rows = await world.database.read(lambda connection: connection.execute(sa.select(*SERIES_COLUMNS)).all())
    return {row[0]: rows_module.series_of(row) for row in rows}


async def hold_the_rules(person: Person) -> None:
    tasks = await everything(person.client)
    changes = (await person.client.changes(limit=200)).changes
    one_open_occurrence_on_dates_of_its_own(tasks)
    await every_task_is_what_its_last_change_says(person.client, tasks, changes)
    assert {series_id: one.made for series_id, one in (await series_of(person.world)).items()} == made(changes)
    events = person.events + [event.id for event in await person.world.waiting()]
    assert set(events) == {change.event_id for change in changes}
    once = [event for event in events if event not in person.announced_again]
    assert len(once) == len(set(once))
    for task in tasks.values():
        if task.next is not None and task.next.task_id is not None:
            assert tasks[task.next.task_id].predecessor_id == task.id
            assert task.status == "completed"


def one_open_occurrence_on_dates_of_its_own(tasks: dict[str, wire.Task]) -> None:
    kept = [task for task in tasks.values() if task.repeats is not None and task.deleted_at is None]
    open_of_series = [task.repeats.series_id for task in kept if task.repeats and task.status == "open"]
    assert len(open_of_series) == len(set(open_of_series))
    dates = [(task.repeats.series_id, task.occurrence.at) for task in kept if task.repeats and task.occurrence]
    assert len(dates) == len(set(dates))


async def every_task_is_what_its_last_change_says(
    client: TasksClient, tasks: dict[str, wire.Task], changes: list[wire.Change]
) -> None:
    numbers = [task.number for task in tasks.values()]
    assert len(numbers) == len(set(numbers))
    for task in tasks.values():
        assert await client.task(task.id) == task
    assert [change.sequence for change in changes] == list(range(1, len(changes) + 1))
    latest = {change.subject: change.snapshot for change in changes if change.type.startswith("task.")}
    for task_id, snapshot in latest.items():
        task = tasks[task_id]
        assert (snapshot["version"], snapshot["title"], snapshot["status"]) == (task.version, task.title, task.status)


def made(changes: list[wire.Change]) -> dict[str, int]:
    """Return how many tasks each series made by its changes: a rule that is stated anew counts anew."""
    counted: dict[str, int] = {}
    for change in changes:
        if change.type.startswith("series."):
            old, new = change.changes.get("made", (0, 0))
            counted[change.subject] += int(str(new)) - int(str(old))
            continue
        series_id = change.snapshot["series_id"]
        if not isinstance(series_id, str):
            continue
        if change.type == "task.created" or series_id not in counted:
            counted[series_id] = counted.get(series_id, 0) + 1
        elif "taken_back" in change.changes:
            counted[series_id] += -1 if change.snapshot["taken_back"] else 1
    return counted


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
            await hold_the_rules(person)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=steps,
    last=st.tuples(st.sampled_from(CHANGES), st.integers(0, 5)),
)
async def test_an_undo_gives_every_task_back_as_it_was(
    tmp_path: Path, migrated_file: Path, before: list[tuple[str, int]], last: tuple[str, int]
) -> None:
    async with person_at(tmp_path, migrated_file) as person:
        for step, choice in before:
            await person.do(step, choice)
        await person.do("arrive", 0)
        was = {task_id: told(task) for task_id, task in (await everything(person.client)).items()}
        series = await series_of(person.world)
        changes = len((await person.client.changes()).changes)
        await person.do(*last)
        if was and len((await person.client.changes()).changes) > changes:
            await person.client.undo()
            now = {task_id: told(task) for task_id, task in (await everything(person.client)).items()}
            assert now == was
            for series_id, one in (await series_of(person.world)).items():
                assert replace(one, version=1) == replace(series.get(series_id, stop(one)), version=1)
