"""A series keeps the zone of its task: "9:00 in Tokyo, every day" stays at nine in Tokyo, wherever the user is."""

import datetime as dt

import pytest

from taskora.api import wire
from taskora.api.client import TasksClient
from tests.tasks.world import World, only, target

pytestmark = pytest.mark.anyio
TOKYO = "Asia/Tokyo"
NINE = {"date": "2026-11-25", "time": "09:00", "zone": TOKYO}


async def following(world: World, ada: TasksClient, number: int = 1) -> wire.Due:
    """Complete a task and return when the next one is due."""
    await ada.complete([target(f"#{number}")])
    await world.settle()
    due = (await ada.task(str(number + 1))).due
    assert due is not None
    return due


@pytest.mark.parametrize("rule", [{"rrule": "FREQ=DAILY"}, {"repeat": "every day"}])
async def test_a_task_created_in_another_zone_repeats_there(
    world: World, ada: TasksClient, rule: dict[str, str]
) -> None:
    await ada.create([wire.NewTask.model_validate({"title": "call Tokyo", "due": NINE, **rule})])
    due = await following(world, ada)
    assert (due.date, due.time, due.zone) == (dt.date(2026, 11, 26), dt.time(9), TOKYO)
    assert (await ada.dates("2")).dates[0].zone == TOKYO


async def test_a_task_that_begins_to_repeat_does_so_in_its_own_zone(world: World, ada: TasksClient) -> None:
    await ada.create([wire.NewTask.model_validate({"title": "call Tokyo", "due": NINE})])
    task = only(await ada.update([wire.TaskEdit(task="#1", repeat="every week")]))
    assert task.due is not None
    assert (task.due.date, task.due.time, task.due.zone) == (dt.date(2026, 11, 25), dt.time(9), TOKYO)
    assert (await following(world, ada)).zone == TOKYO


async def test_new_rules_without_a_time_keep_the_zone(world: World, ada: TasksClient) -> None:
    await ada.create([wire.NewTask.model_validate({"title": "call Tokyo", "due": NINE, "rrule": "FREQ=DAILY"})])
    await ada.update([wire.TaskEdit(task="#1", repeat="every friday")])
    due = await following(world, ada)
    assert (due.date, due.time, due.zone) == (dt.date(2026, 11, 27), dt.time(9), TOKYO)


async def test_a_time_that_the_new_rule_names_is_one_of_the_user(world: World, ada: TasksClient) -> None:
    await ada.create([wire.NewTask.model_validate({"title": "call Tokyo", "due": NINE, "rrule": "FREQ=DAILY"})])
    await ada.update([wire.TaskEdit(task="#1", repeat="every day at 8am")])
    due = await following(world, ada)
    assert (due.time, due.zone) == (dt.time(8), "America/New_York")
