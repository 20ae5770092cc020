"""Undo of what is done to a series, through another door than the one it came by: every task and the series are as before."""

from collections.abc import Awaitable, Callable

import pytest

from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.domain.actor import ActorKind, Channel
from tests.tasks.world import World, only, repeating, target

pytestmark = pytest.mark.anyio

ALL = wire.TaskQuery(status="all")
Doing = Callable[[TasksClient, wire.Task], Awaitable[wire.BatchAnswer]]


def edit(**fields: object) -> Doing:
    def do(client: TasksClient, task: wire.Task) -> Awaitable[wire.BatchAnswer]:
        return client.update([wire.TaskEdit.model_validate({"task": task.id, **fields})])

    return do


def skip(client: TasksClient, task: wire.Task) -> Awaitable[wire.BatchAnswer]:
    return client.skip([target(task)])


def stop(client: TasksClient, task: wire.Task) -> Awaitable[wire.BatchAnswer]:
    return client.stop([target(task)])


def told(tasks: list[wire.Task]) -> list[dict[str, object]]:
    return [task.model_dump(exclude={"version", "updated_at"}) for task in tasks]


@pytest.mark.requirement("R-026")
@pytest.mark.parametrize(
    ("do", "undone"),
    [
        (skip, "skipping “standup”"),
        (stop, "stopping “standup”"),
        (edit(title="retro", priority="urgent", scope="this"), "changing “standup”"),
        (edit(when="friday at 10:00", scope="future"), "changing “standup”"),
        (edit(rrule="FREQ=WEEKLY;COUNT=2"), "changing “standup”"),
        (edit(clear=["repeat"]), "changing “standup”"),
    ],
)
async def test_what_was_done_to_a_series_is_undone_through_another_door(world: World, do: Doing, undone: str) -> None:
    agent = world.client(kind=ActorKind.AGENT, channel=Channel.CHAT)
    browser = world.client(channel=Channel.WEB)
    first = only(await browser.create([repeating(tags=["team"], reminders=["-PT15M"], deadline="2026-11-27")]))
    await browser.complete([target(first)])
    await world.settle()
    before = (await browser.tasks(ALL)).tasks
    (second,) = (await browser.tasks()).tasks
    only(await do(agent, second))
    assert told((await browser.tasks(ALL)).tasks) != told(before)
    assert (await browser.undo()).undone == undone
    assert told((await browser.tasks(ALL)).tasks) == told(before)
    await browser.complete([target(second)])
    await world.settle()
    (third,) = (await browser.tasks()).tasks
    assert (third.title, third.due_text) == ("standup", "Fri 27 Nov 2026, 09:00")


async def test_several_skips_are_undone_one_after_the_other(ada: TasksClient) -> None:
    task = only(await ada.create([repeating()]))
    for _ in range(3):
        await ada.skip([target(task)])
    dues = [only(await ada.undo()).due_text for _ in range(3)]
    assert dues == [f"{day} Nov 2026, 09:00" for day in ("Fri 27", "Thu 26", "Wed 25")]
    assert (await ada.task(task.id)).repeats == task.repeats


async def test_a_skip_of_several_tasks_is_undone_as_one(ada: TasksClient) -> None:
    await ada.create([repeating("standup"), repeating("gym", time=None)])
    await ada.skip([target("standup"), target("gym")])
    undone = await ada.undo()
    assert undone.undone == "skipping 2 tasks"
    assert [task.due_text for task in (await ada.tasks()).tasks] == ["Wed 25 Nov 2026", "Wed 25 Nov 2026, 09:00"]


async def test_the_undo_of_a_skip_waits_for_what_came_after_it(world: World, ada: TasksClient) -> None:
    task = only(await ada.create([repeating()]))
    skipped = await ada.skip([target(task)])
    await ada.complete([target(task)])
    await world.settle()
    left = (await ada.undo_command(str(skipped.command_id))).results[0].problem
    assert left is not None
    assert "was changed since" in left.detail
