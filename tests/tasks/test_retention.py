"""What goes after its time: tasks in the trash, answers of idempotency keys. A test moves the clock."""

import pytest

from services.tasks.retention import empty_trash, forget_answers
from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.domain.errors import NotFound
from tests.tasks.world import World, only, repeating, target

pytestmark = pytest.mark.anyio
TRASH = wire.TaskQuery(status="all", trash=True)


async def test_a_deleted_task_goes_for_good_after_its_days_and_its_changes_stay(world: World, ada: TasksClient) -> None:
    task = only(await ada.create([wire.NewTask(title="secret plan", tags=["work"])]))
    await ada.delete([target(task)])
    round_of_30_days = empty_trash(world.database, world.clock, 30)
    world.clock.advance(days=29, hours=23)
    await round_of_30_days.run()
    assert (await ada.tasks(TRASH)).total == 1
    world.clock.advance(hours=2)
    await round_of_30_days.run()
    assert (await ada.tasks(TRASH)).total == 0
    with pytest.raises(NotFound):
        await ada.task(task.id)
    assert [change.snapshot["title"] for change in (await ada.changes()).changes] == ["secret plan"] * 2
    assert only(await ada.create([wire.NewTask(title="next")])).number == 2


async def test_an_open_task_and_a_restored_one_stay(world: World, ada: TasksClient) -> None:
    for title in ("kept", "restored"):
        await ada.create([wire.NewTask(title=title)])
    await ada.delete([target("restored")])
    await ada.restore([target("restored")])
    world.clock.advance(days=400)
    await empty_trash(world.database, world.clock, 30).run()
    assert (await ada.tasks()).total == 2


async def test_an_occurrence_of_a_series_that_is_in_the_trash_goes_too(world: World, ada: TasksClient) -> None:
    await ada.create([repeating()])
    await ada.delete([target("standup")])
    world.clock.advance(days=31)
    await empty_trash(world.database, world.clock, 30).run()
    assert (await ada.tasks(TRASH)).total == 0


async def test_a_key_gives_its_answer_again_for_its_days_and_is_new_after_them(world: World, ada: TasksClient) -> None:
    items = [wire.NewTask(title="once")]
    first = await ada.create(items, key="k")
    world.clock.advance(days=6)
    await forget_answers(world.database, world.clock, 7).run()
    assert await ada.create(items, key="k") == first
    world.clock.advance(days=2)
    await forget_answers(world.database, world.clock, 7).run()
    assert await ada.create(items, key="k") != first
    assert (await ada.tasks()).total == 2
    assert (await ada.undo()).undone == "adding “once”"
    assert (await ada.undo()).undone == "adding “once”"
