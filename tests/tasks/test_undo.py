"""Undo: the last command with all its tasks, then the one before it, across doors, and never what the system did."""

import pytest

from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.domain.actor import ActorKind, Channel
from taskora.domain.errors import Conflict, NotFound
from tests.tasks.world import World, only, problem, repeating, target

pytestmark = pytest.mark.anyio

ALL = wire.TaskQuery(status="all")
TRASH = wire.TaskQuery(trash=True)


def told(task: wire.Task) -> dict[str, object]:
    """Return what a person sees of a task."""
    return task.model_dump(exclude={"version", "updated_at", "next"})


async def test_an_update_is_undone_field_by_field(ada: TasksClient) -> None:
    milk = only(await ada.create([wire.NewTask(title="milk", tags=["food"], due=wire.DueInput(date="2026-11-25"))]))
    await ada.update(
        [
            wire.TaskEdit(
                task=milk.id,
                title="oat milk",
                description="two litres",
                priority="urgent",
                tags=["shop"],
                clear=[wire.Clearable.DUE],
            )
        ]
    )
    undone = await ada.undo()
    assert undone.undone == "changing “milk”"
    assert told(only(undone)) == told(milk)
    assert told(await ada.task(milk.id)) == told(milk)


async def test_an_undo_takes_back_every_task_of_its_command_and_the_next_one_goes_further_back(
    ada: TasksClient,
) -> None:
    await ada.create([wire.NewTask(title=title) for title in ("milk", "bread", "cheese")])
    await ada.complete([target("milk"), target("bread")])
    undone = await ada.undo()
    assert undone.undone == "completing 2 tasks"
    assert {result.task.status for result in undone.results if result.task} == {"open"}
    assert (await ada.undo()).undone == "adding 3 tasks"
    assert (await ada.tasks(ALL)).total == 0
    assert (await ada.tasks(TRASH)).total == 3
    with pytest.raises(Conflict, match="nothing to undo"):
        await ada.undo()


async def test_an_undo_of_a_completion_takes_the_untouched_next_task_back(world: World, ada: TasksClient) -> None:
    first = only(await ada.create([repeating()]))
    await ada.complete([target(first)])
    await world.settle()
    assert told(only(await ada.undo())) == told(first)
    assert [task.id for task in (await ada.tasks(ALL)).tasks] == [first.id]


async def test_an_undo_of_a_completion_leaves_a_touched_next_task_and_says_so(world: World, ada: TasksClient) -> None:
    first = only(await ada.create([repeating()]))
    answer = await ada.complete([target(first)])
    await world.settle()
    (following,) = (await ada.tasks()).tasks
    await ada.update([wire.TaskEdit(task=following.id, title="stand-up")])
    undone = await ada.undo_command(str(answer.command_id))
    assert only(undone).repeats is None
    assert "no longer repeats" in undone.results[0].assumptions[0]
    assert (await ada.tasks()).total == 2


async def test_a_next_task_whose_change_was_undone_counts_as_untouched(world: World, ada: TasksClient) -> None:
    first = only(await ada.create([repeating()]))
    await ada.complete([target(first)])
    await world.settle()
    (following,) = (await ada.tasks()).tasks
    await ada.update([wire.TaskEdit(task=following.id, title="stand-up")])
    await ada.undo()
    await ada.undo()
    (task,) = (await ada.tasks(ALL)).tasks
    assert told(task) == told(first)


async def test_two_completions_of_one_series_are_undone_one_after_the_other(world: World, ada: TasksClient) -> None:
    first = only(await ada.create([repeating()]))
    await ada.complete([target(first)])
    await world.settle()
    (second,) = (await ada.tasks()).tasks
    await ada.complete([target(second)])
    await world.settle()
    assert only(await ada.undo()).id == second.id
    assert only(await ada.undo()).id == first.id
    (task,) = (await ada.tasks(ALL)).tasks
    assert told(task) == told(first)


async def test_an_undo_of_a_reopening_completes_again_and_brings_the_next_task_back(
    world: World, ada: TasksClient
) -> None:
    first = only(await ada.create([repeating()]))
    await ada.complete([target(first)])
    await world.settle()
    (following,) = (await ada.tasks()).tasks
    world.clock.advance(hours=1)
    await ada.reopen([target(first)])
    undone = await ada.undo()
    assert undone.undone == "reopening “standup”"
    await world.settle()
    completed = await ada.task(first.id)
    assert completed.status == "completed"
    assert completed.next is not None
    assert completed.next.task_id == following.id
    assert [task.id for task in (await ada.tasks()).tasks] == [following.id]


async def test_an_undo_of_a_reopening_before_any_event_arrived_still_gives_the_next_task(
    world: World, ada: TasksClient
) -> None:
    first = only(await ada.create([repeating()]))
    await ada.complete([target(first)])
    (command,) = await world.recur(*(await world.take()))
    await ada.reopen([target(first)])
    await world.command(command)
    assert (await ada.tasks()).total == 1
    await ada.undo()
    await world.settle()
    (following,) = (await ada.tasks()).tasks
    assert following.predecessor_id == first.id


async def test_an_undo_of_a_deletion_revives_the_series(world: World, ada: TasksClient) -> None:
    first = only(await ada.create([repeating()]))
    await ada.delete([target(first)])
    undone = only(await ada.undo())
    assert told(undone) == told(first)
    assert told(await ada.task(first.id)) == told(first)
    await ada.complete([target(first)])
    await world.settle()
    assert (await ada.tasks()).total == 1


async def test_an_undo_of_a_restoration_puts_the_task_back_and_stops_the_series(ada: TasksClient) -> None:
    first = only(await ada.create([repeating()]))
    await ada.delete([target(first)])
    gone = await ada.task(first.id)
    await ada.restore([target(first)])
    undone = only(await ada.undo())
    assert undone.deleted_at is not None
    assert told(undone) == told(gone)


async def test_an_undo_of_a_repeating_task_s_creation_stops_the_series(ada: TasksClient) -> None:
    first = only(await ada.create([repeating()]))
    undone = only(await ada.undo())
    assert undone.deleted_at is not None
    assert undone.repeats is not None
    assert undone.repeats.state == "stopped"
    restored = only(await ada.restore([target(first)]))
    assert restored.repeats == first.repeats


async def test_an_undo_of_a_changed_rule_gives_the_old_rule_back(world: World, ada: TasksClient) -> None:
    first = only(await ada.create([repeating()]))
    await ada.update([wire.TaskEdit(task=first.id, rrule="FREQ=WEEKLY;BYDAY=FR")])
    assert told(only(await ada.undo())) == told(first)
    assert told(await ada.task(first.id)) == told(first)
    await ada.complete([target(first)])
    await world.settle()
    (following,) = (await ada.tasks()).tasks
    assert following.due is not None
    assert following.due.date.isoformat() == "2026-11-26"


async def test_an_undo_of_stop_repeating_lets_the_series_go_on(world: World, ada: TasksClient) -> None:
    first = only(await ada.create([repeating()]))
    await ada.update([wire.TaskEdit(task=first.id, clear=[wire.Clearable.REPEAT])])
    assert told(only(await ada.undo())) == told(first)
    await ada.complete([target(first)])
    await world.settle()
    assert (await ada.tasks()).total == 1


async def test_an_undo_of_start_repeating_leaves_a_plain_task(world: World, ada: TasksClient) -> None:
    milk = only(await ada.create([wire.NewTask(title="milk")]))
    await ada.update([wire.TaskEdit(task=milk.id, rrule="FREQ=DAILY")])
    assert told(only(await ada.undo())) == told(milk)
    await ada.complete([target(milk)])
    await world.settle()
    assert (await ada.tasks()).total == 0


async def test_undo_works_across_doors_and_takes_the_agent_s_commands_too(world: World) -> None:
    agent = world.client("ada", ActorKind.AGENT, Channel.CHAT)
    browser = world.client("ada", ActorKind.USER, Channel.WEB)
    await browser.create([wire.NewTask(title="milk")])
    await agent.create([wire.NewTask(title="bread")])
    assert (await browser.undo()).undone == "adding “bread”"
    assert (await agent.undo()).undone == "adding “milk”"


async def test_an_undo_never_takes_back_what_the_system_did(world: World, ada: TasksClient) -> None:
    first = only(await ada.create([repeating()]))
    await ada.complete([target(first)])
    await world.settle()
    assert (await ada.undo()).undone == "completing “standup”"


async def test_a_task_changed_since_is_left_alone_and_named(ada: TasksClient) -> None:
    created = await ada.create([wire.NewTask(title="milk"), wire.NewTask(title="bread")])
    await ada.update([wire.TaskEdit(task="milk", title="oat milk")])
    undone = await ada.undo_command(str(created.command_id))
    bread, milk = undone.results
    assert bread.ok
    assert milk.problem is not None
    assert milk.problem.detail == "“oat milk” (#1) was changed since and is left as it is."
    assert [task.title for task in (await ada.tasks()).tasks] == ["oat milk"]


async def test_a_command_that_was_undone_cannot_be_undone_again(ada: TasksClient, bob: TasksClient) -> None:
    created = await ada.create([wire.NewTask(title="milk")])
    undone = await ada.undo()
    for command_id in (created.command_id, undone.command_id):
        with pytest.raises(Conflict):
            await ada.undo_command(str(command_id))
    with pytest.raises(NotFound):
        await bob.undo_command(str(created.command_id))


async def test_undo_passes_over_what_only_reads_and_over_what_was_refused(ada: TasksClient) -> None:
    await ada.create([wire.NewTask(title="milk")])
    await ada.tasks()
    assert problem(await ada.complete([target("bread")])).code == "not_found"
    await ada.update([wire.TaskEdit(task="milk", title="milk")])
    assert (await ada.undo()).undone == "adding “milk”"
