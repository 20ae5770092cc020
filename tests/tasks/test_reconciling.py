"""recurrence-cron: a completion whose event was lost is announced again, once, and nothing else is."""

import pytest

from services.tasks import reconcile
from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.domain.events import Event, Topic
from taskora.runtime.ports import Interval
from tests.tasks.world import World, only, repeating, target

pytestmark = pytest.mark.anyio


def cron(world: World) -> Interval:
    (interval,) = (one for one in world.service.inbound.intervals if one.name == "recurrence-cron")
    return interval


async def lost(world: World, ada: TasksClient, title: str = "standup") -> tuple[wire.Task, Event]:
    """Complete a repeating task and lose the event; return both."""
    task = only(await ada.create([repeating(title)]))
    await ada.complete([target(task)])
    return task, (await world.take())[-1]


@pytest.mark.requirement("R-029")
async def test_a_lost_completion_is_announced_again_and_gives_its_next_task_once(
    world: World, ada: TasksClient
) -> None:
    task, event = await lost(world, ada)
    interval = cron(world)
    world.clock.advance(seconds=29)
    await interval.run()
    assert await world.waiting() == []
    world.clock.advance(seconds=2)
    await interval.run()
    (again,) = await world.waiting()
    assert again == event
    await world.settle()
    (following,) = (await ada.tasks()).tasks
    completed = await ada.task(task.id)
    assert completed.next is not None
    assert completed.next.task_id == following.id
    for late in (event, again):
        for command in await world.recur(late):
            await world.command(command)
    await interval.run()
    assert await world.waiting() == []
    assert [one.id for one in (await ada.tasks()).tasks] == [following.id]


async def test_a_completion_that_still_waits_is_not_announced_twice(world: World, ada: TasksClient) -> None:
    task = only(await ada.create([repeating()]))
    await ada.complete([target(task)])
    world.clock.advance(minutes=5)
    await cron(world).run()
    assert [event.type for event in await world.waiting()] == ["task.created", "task.completed"]
    assert len(await world.waiting(Topic.TASK_UPDATES)) == 2


async def test_what_needs_no_answer_is_left_alone(world: World, ada: TasksClient) -> None:
    milk = only(await ada.create([wire.NewTask(title="milk")]))
    stopped, undone, answered = [
        only(await ada.create([repeating(title)])) for title in ("stopped", "undone", "answered")
    ]
    await ada.stop([target(stopped)])
    await ada.complete([target(milk), target(stopped), target(answered)])
    await world.settle()
    await ada.complete([target(undone)])
    await ada.undo()
    await world.take()
    world.clock.advance(minutes=5)
    await cron(world).run()
    assert await world.waiting() == []


async def test_a_round_takes_a_bounded_number_and_the_next_goes_on_behind_it(
    world: World, ada: TasksClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconcile, "LIMIT", 2)
    events = []
    for title in ("a", "b", "c", "d", "e"):
        events.append((await lost(world, ada, title))[1].id)
        world.clock.advance(seconds=1)
    world.clock.advance(minutes=5)
    interval = cron(world)
    rounds = []
    for _ in range(4):
        await interval.run()
        rounds.append([event.id for event in await world.take()])
    assert rounds == [events[:2], events[2:4], events[4:], events[:2]]


@pytest.mark.requirement("R-026")
async def test_a_series_stopped_meanwhile_is_not_revived_by_an_announcement(world: World, ada: TasksClient) -> None:
    task, _ = await lost(world, ada)
    await ada.stop([target(task)])
    await world.take()
    world.clock.advance(minutes=5)
    await cron(world).run()
    await world.settle()
    outcome = (await ada.task(task.id)).next
    assert outcome is not None
    assert outcome.reason == "stopped"
    assert (await ada.tasks()).tasks == []
