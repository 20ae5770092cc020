"""What meets at the same moment: commands through several doors and processes, events on their way, and midnight."""

import asyncio
import datetime as dt
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from typing import TypeVar

import pytest
import sqlalchemy as sa

from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.domain.actor import ActorKind, Channel
from taskora.domain.errors import Conflict
from taskora.domain.events import Event
from taskora.runtime.ports import Outcome
from taskora.storage.database import Database
from tests.tasks.world import World, only, problem, repeating, target

pytestmark = pytest.mark.anyio

OPEN = wire.TaskQuery(limit=200)
ALL = wire.TaskQuery(status="all", limit=200)
T = TypeVar("T")


@pytest.fixture
async def other(world: World, database_url: str) -> AsyncIterator[World]:
    """Give a second process's view of the same database: its own connections, the same clock."""
    database = Database(database_url)
    second = World(database)
    second.clock = world.clock
    yield second
    await database.close()


@pytest.fixture
def errors() -> Iterator[list[BaseException]]:
    """Give what the database refuses, such as a deadlock, also where it is tried again afterwards."""
    seen: list[BaseException] = []

    def note(context: sa.ExceptionContext) -> None:
        seen.append(context.original_exception)

    sa.event.listen(sa.Engine, "handle_error", note)
    yield seen
    sa.event.remove(sa.Engine, "handle_error", note)


async def in_flight(world: World, ada: TasksClient, time: str | None = "09:00") -> tuple[wire.Task, Event]:
    """Complete a repeating task; return it, and the command that is on its way."""
    task = only(await ada.create([repeating(time=time)]))
    await ada.complete([target(task)])
    (command,) = await world.recur(*(await world.take()))
    return task, command


async def outcome(ada: TasksClient, task: wire.Task) -> tuple[str, list[str | None]]:
    """Return what came of a completed task, and when the open ones are due."""
    reason = (await ada.task(task.id)).next
    return "none" if reason is None else reason.reason, [one.due_text for one in (await ada.tasks(OPEN)).tasks]


@pytest.mark.requirement("R-030")
async def test_a_completion_just_before_midnight_gives_one_date_whenever_it_is_handled(
    world: World, ada: TasksClient
) -> None:
    world.clock.instant = dt.datetime(2026, 11, 26, 4, 59, 59, tzinfo=dt.UTC)  # 23:59:59 on the 25th in New York
    task, command = await in_flight(world, ada, time=None)
    world.clock.advance(seconds=2)
    await world.command(command)
    world.clock.advance(days=3)
    for again in (command, command):
        assert (await world.command(again)).outcome is Outcome.SUCCESS
    assert await outcome(ada, task) == ("made", ["Thu 26 Nov 2026"])


async def test_a_completion_redelivered_after_midnight_asks_for_the_very_same(world: World, ada: TasksClient) -> None:
    world.clock.instant = dt.datetime(2026, 11, 26, 4, 59, 59, tzinfo=dt.UTC)
    task = only(await ada.create([repeating(time=None)]))
    await ada.complete([target(task)])
    events = await world.take()
    first = await world.recur(*events)
    world.clock.advance(hours=30)
    await ada.set_preferences(wire.PreferencesEdit(zone="Pacific/Auckland"))
    second = await world.recur(*events)
    assert first == second
    for command in itertools.chain(second, first):
        await world.command(command)
    assert await outcome(ada, task) == ("made", ["Thu 26 Nov 2026"])


Meanwhile = Callable[[TasksClient, wire.Task], Awaitable[object]]


async def undo(ada: TasksClient, _: wire.Task) -> None:
    await ada.undo()


async def stop(ada: TasksClient, task: wire.Task) -> None:
    await ada.stop([target(task)])


async def skip(ada: TasksClient, task: wire.Task) -> None:
    assert problem(await ada.skip([target(task)])).code == "conflict"


async def delete(ada: TasksClient, task: wire.Task) -> None:
    await ada.delete([target(task)])


async def delete_and_restore(ada: TasksClient, task: wire.Task) -> None:
    await ada.delete([target(task)])
    await ada.restore([target(task)])


async def rename(ada: TasksClient, task: wire.Task) -> None:
    await ada.update([wire.TaskEdit(task=task.id, title="stand-up")])


async def other_rule(ada: TasksClient, task: wire.Task) -> None:
    await ada.update([wire.TaskEdit(task=task.id, rrule="FREQ=WEEKLY;BYDAY=FR")])


async def other_rule_and_back(ada: TasksClient, task: wire.Task) -> None:
    await other_rule(ada, task)
    await ada.undo()


async def stop_and_go_on(ada: TasksClient, task: wire.Task) -> None:
    await stop(ada, task)
    await ada.undo()


@pytest.mark.requirement("R-026", "R-030")
@pytest.mark.parametrize(
    ("meanwhile", "reason", "dues"),
    [
        (undo, "none", ["Wed 25 Nov 2026, 09:00"]),
        (stop, "stopped", []),
        (skip, "made", ["Thu 26 Nov 2026, 09:00"]),
        (delete, "made", ["Thu 26 Nov 2026, 09:00"]),
        (delete_and_restore, "made", ["Thu 26 Nov 2026, 09:00"]),
        (rename, "made", ["Thu 26 Nov 2026, 09:00"]),
        (other_rule, "made", ["Fri 27 Nov 2026, 09:00"]),
        (other_rule_and_back, "made", ["Thu 26 Nov 2026, 09:00"]),
        (stop_and_go_on, "made", ["Thu 26 Nov 2026, 09:00"]),
    ],
)
async def test_what_happens_while_a_completion_is_on_its_way_has_one_outcome(
    world: World, ada: TasksClient, meanwhile: Meanwhile, reason: str, dues: list[str]
) -> None:
    task, command = await in_flight(world, ada)
    await meanwhile(ada, task)
    for again in (command, *(await world.recur(*(await world.take()))), command):
        assert (await world.command(again)).outcome is Outcome.SUCCESS
    assert await outcome(ada, task) == (reason, dues)


async def test_a_task_renamed_while_its_completion_is_on_its_way_hands_its_new_name_on(
    world: World, ada: TasksClient
) -> None:
    task, command = await in_flight(world, ada)
    await rename(ada, task)
    await world.command(command)
    assert [one.title for one in (await ada.tasks(OPEN)).tasks] == ["stand-up"]


async def test_the_next_task_skipped_or_deleted_does_not_come_again_with_a_late_command(
    world: World, ada: TasksClient
) -> None:
    task, command = await in_flight(world, ada)
    await world.command(command)
    (following,) = (await ada.tasks(OPEN)).tasks
    await ada.skip([target(following)])
    await world.command(command)
    assert await outcome(ada, task) == ("made", ["Fri 27 Nov 2026, 09:00"])
    await ada.delete([target(following)])
    await world.command(command)
    assert await outcome(ada, task) == ("made", [])


async def test_a_restoration_that_would_open_a_second_occurrence_gives_a_single_task(
    world: World, ada: TasksClient
) -> None:
    task, command = await in_flight(world, ada)
    await world.command(command)
    (following,) = (await ada.tasks(OPEN)).tasks
    await ada.reopen([target(task)])
    await ada.complete([target(task)])
    (second,) = await world.recur(*(await world.take()))
    answers = await asyncio.gather(ada.restore([target(following)]), world.command(second))
    restored = only(answers[0])
    in_series = [one for one in (await ada.tasks(OPEN)).tasks if one.repeats is not None]
    assert len(in_series) == 1
    reason, _ = await outcome(ada, task)
    assert (restored.repeats is None) == (reason == "made")
    assert reason in {"made", "occurrence_open"}


async def at_once(*doing: Awaitable[T]) -> Sequence[T]:
    return await asyncio.gather(*doing)


@pytest.mark.requirement("R-030")
async def test_a_task_completed_through_two_doors_and_two_processes_at_once_is_completed_once(
    world: World, other: World
) -> None:
    doors = [
        world.client(),
        other.client(),
        world.client(kind=ActorKind.AGENT, channel=Channel.CHAT),
        other.client(kind=ActorKind.AGENT, channel=Channel.MCP),
    ]
    task = only(await doors[0].create([repeating()]))
    answers = await at_once(*(door.complete([target(task)]) for door in doors * 3))
    assert sorted(answer.results[0].ok for answer in answers) == [False] * 11 + [True]
    events = await world.take()
    assert [event.type for event in events] == ["task.created", "task.completed"]
    commands = await world.recur(*events)
    handled = await at_once(*(one.command(command) for one in (world, other) * 4 for command in commands))
    assert {one.outcome for one in handled} == {Outcome.SUCCESS}
    assert await outcome(doors[0], task) == ("made", ["Thu 26 Nov 2026, 09:00"])


async def test_of_two_changes_of_one_version_one_wins_and_the_other_sees_it(world: World, other: World) -> None:
    task = only(await world.client().create([repeating()]))
    edits = [wire.TaskEdit(task=task.id, version=1, title=f"title {number}") for number in range(6)]
    answers = await at_once(
        *(door.client().update([edit]) for door, edit in zip(itertools.cycle((world, other)), edits, strict=False))
    )
    (won,) = [answer.results[0].task for answer in answers if answer.results[0].ok]
    assert won is not None
    for answer in answers:
        if not answer.results[0].ok:
            stale = problem(answer)
            assert (stale.code, stale.task and stale.task.title) == ("stale_version", won.title)


async def test_two_undos_at_once_take_back_two_commands(world: World, other: World) -> None:
    ada = world.client()
    milk = only(await ada.create([wire.NewTask(title="milk")]))
    await ada.update([wire.TaskEdit(task=milk.id, title="oat milk")])
    undone = await at_once(world.client().undo(), other.client().undo())
    assert {answer.undone for answer in undone} == {"changing “milk”", "adding “milk”"}
    with pytest.raises(Conflict):
        await ada.undo()


@pytest.mark.requirement("R-026", "R-030")
async def test_many_commands_and_events_of_one_user_at_once_keep_the_rules_and_lock_nobody_out(
    world: World, other: World, errors: list[BaseException]
) -> None:
    ada, eve = world.client(), other.client()
    tasks = [only(await ada.create([repeating(f"task {number}")])) for number in range(12)]
    events = 0
    for _ in range(3):
        doing = [
            *(door.complete([target(task)]) for task in tasks for door in (ada, eve)),
            *(
                door.update([wire.TaskEdit(task=task.id, shift="PT1H", scope="future")])
                for task, door in zip(tasks, itertools.cycle((ada, eve)), strict=False)
            ),
            *(door.skip([target(task)]) for task, door in zip(tasks[::2], itertools.cycle((eve, ada)), strict=False)),
        ]
        answers = await at_once(*doing)
        assert {result.problem.code for answer in answers for result in answer.results if result.problem} <= {
            "conflict"
        }
        taken = await world.take()
        events += len(taken)
        commands = await world.recur(*taken)
        handled = [one.command(command) for command in commands for one in (world, other)]
        await at_once(*handled, ada.complete([target(task) for task in tasks[:3]]), eve.undo(), ada.undo())
        tasks = (await ada.tasks(OPEN)).tasks
    events += len(await world.take())
    series = [one.repeats.series_id for one in (await ada.tasks(OPEN)).tasks if one.repeats is not None]
    assert len(series) == len(set(series))
    changes: list[wire.Change] = []
    while more := (await ada.changes(len(changes), limit=200)).changes:
        changes += more
    assert [change.sequence for change in changes] == list(range(1, events + 1))
    assert errors == []
