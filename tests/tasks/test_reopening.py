"""Reopening, deleting and restoring occurrences: a series never has two open ones."""

import pytest

from taskora.api import wire
from taskora.api.client import TasksClient
from tests.tasks.world import World, only, problem, repeating, target

pytestmark = pytest.mark.anyio

OPEN = wire.TaskQuery()
TRASH = wire.TaskQuery(trash=True)


async def completed_with_next(world: World, ada: TasksClient) -> tuple[wire.Task, wire.Task]:
    first = only(await ada.create([repeating()]))
    await ada.complete([target(first)])
    await world.settle()
    (following,) = (await ada.tasks(OPEN)).tasks
    return first, following


async def test_reopening_moves_an_untouched_next_task_to_the_trash(world: World, ada: TasksClient) -> None:
    first, following = await completed_with_next(world, ada)
    reopened = only(await ada.reopen([target(first)]))
    assert (reopened.status, reopened.next, reopened.completed_at) == ("open", None, None)
    assert reopened.repeats is not None
    assert reopened.repeats.state == "active"
    assert [task.id for task in (await ada.tasks(OPEN)).tasks] == [first.id]
    assert [task.id for task in (await ada.tasks(TRASH)).tasks] == [following.id]


async def test_a_touched_next_task_stays_and_the_reopened_one_stands_alone_and_says_so(
    world: World, ada: TasksClient
) -> None:
    first, following = await completed_with_next(world, ada)
    await ada.update([wire.TaskEdit(task=following.id, title="stand-up")])
    answer = await ada.reopen([target(first)])
    reopened = only(answer)
    assert (reopened.status, reopened.repeats) == ("open", None)
    assert answer.results[0].assumptions == [
        "“standup” (#1) no longer repeats: “stand-up” (#2) is the open one of its series."
    ]
    assert {task.id for task in (await ada.tasks(OPEN)).tasks} == {first.id, following.id}
    await ada.complete([target(first)])
    await world.settle()
    assert {task.id for task in (await ada.tasks(OPEN)).tasks} == {following.id}


async def test_reopening_an_occurrence_long_past_leaves_the_open_one_alone(world: World, ada: TasksClient) -> None:
    first, second = await completed_with_next(world, ada)
    await ada.complete([target(second)])
    await world.settle()
    reopened = only(await ada.reopen([target(first)]))
    assert reopened.repeats is None
    assert (await ada.tasks(OPEN)).total == 2


async def test_an_open_task_cannot_be_reopened(ada: TasksClient) -> None:
    milk = only(await ada.create([wire.NewTask(title="milk")]))
    assert problem(await ada.reopen([target(milk)])).code == "conflict"


async def test_a_restored_occurrence_revives_its_series(world: World, ada: TasksClient) -> None:
    first = only(await ada.create([repeating()]))
    await ada.delete([target(first)])
    restored = only(await ada.restore([target(first)]))
    assert restored.repeats is not None
    assert restored.repeats.state == "active"
    await ada.complete([target(first)])
    await world.settle()
    assert (await ada.tasks(OPEN)).total == 1


async def test_a_series_that_was_stopped_by_hand_stays_stopped_when_its_task_is_restored(ada: TasksClient) -> None:
    first = only(await ada.create([repeating()]))
    await ada.update([wire.TaskEdit(task=first.id, clear=[wire.Clearable.REPEAT])])
    await ada.delete([target(first)])
    restored = only(await ada.restore([target(first)]))
    assert restored.repeats is not None
    assert restored.repeats.state == "stopped"


async def test_a_restored_occurrence_stands_alone_when_another_is_open(world: World, ada: TasksClient) -> None:
    first, following = await completed_with_next(world, ada)
    await ada.reopen([target(first)])
    answer = await ada.restore([target(following)])
    assert only(answer).repeats is None
    assert "no longer repeats" in answer.results[0].assumptions[0]
    reopened = await ada.task(first.id)
    assert reopened.repeats is not None
    assert reopened.repeats.state == "active"


async def test_deleting_a_completed_occurrence_leaves_its_series_alone(world: World, ada: TasksClient) -> None:
    first, following = await completed_with_next(world, ada)
    await ada.delete([target(first)])
    assert following.repeats is not None
    assert (await ada.task(following.id)).repeats == following.repeats


async def test_a_task_in_the_trash_takes_no_change(ada: TasksClient) -> None:
    milk = only(await ada.create([wire.NewTask(title="milk")]))
    await ada.delete([target(milk)])
    for answer in (
        await ada.update([wire.TaskEdit(task=milk.id, title="oat milk")]),
        await ada.complete([target(milk)]),
        await ada.reopen([target(milk)]),
        await ada.delete([target(milk)]),
    ):
        assert problem(answer).code == "conflict"
    assert only(await ada.restore([target(milk)])).title == "milk"
    assert problem(await ada.restore([target(milk)])).code == "conflict"
