"""Updating: what is not sent stays, moving keeps the rule, and a new rule applies from the next completion."""

import datetime as dt

import pytest

from taskora.api import wire
from taskora.api.client import TasksClient
from tests.tasks.world import World, only, problem, repeating, target

pytestmark = pytest.mark.anyio


def due(date: str, time: str | None = None) -> wire.DueInput:
    return wire.DueInput(date=dt.date.fromisoformat(date), time=None if time is None else dt.time.fromisoformat(time))


def edit(task: wire.Task, **fields: object) -> wire.TaskEdit:
    return wire.TaskEdit.model_validate({"task": task.id, **fields})


async def test_fields_that_are_not_sent_stay(ada: TasksClient) -> None:
    task = only(
        await ada.create([wire.NewTask(title="milk", description="oat", tags=["food"], due=due("2026-11-25", "09:00"))])
    )
    changed = only(await ada.update([edit(task, priority="low")]))
    same = {"priority", "version", "updated_at"}
    assert changed.model_dump(exclude=same) == task.model_dump(exclude=same)
    assert (changed.priority, changed.version) == ("low", 2)


async def test_tags_are_added_and_removed_without_naming_the_others(ada: TasksClient) -> None:
    task = only(await ada.create([wire.NewTask(title="a", tags=["x", "y"])]))
    changed = only(await ada.update([edit(task, tags_add=["z", "Y"], tags_remove=["X"])]))
    assert changed.tags == ["y", "z"]
    assert (await ada.task(task.id)).tags == ["y", "z"]
    assert only(await ada.update([edit(task, clear=["tags"])])).tags == []


async def test_clearing_empties_fields(ada: TasksClient) -> None:
    task = only(
        await ada.create(
            [
                wire.NewTask(
                    title="a",
                    description="b",
                    due=due("2026-11-25", "09:00"),
                    deadline=dt.date(2026, 12, 1),
                    reminders=["-PT5M"],
                    duration_min=5,
                )
            ]
        )
    )
    all_day = only(await ada.update([edit(task, clear=["time"])]))
    assert all_day.due is not None
    assert (all_day.due.date, all_day.due.time) == (dt.date(2026, 11, 25), None)
    bare = only(await ada.update([edit(task, clear=["due", "end", "deadline", "description", "reminders"])]))
    assert (bare.due, bare.duration_min, bare.deadline, bare.description, bare.reminders) == (None, None, None, "", [])


async def test_an_update_that_changes_nothing_leaves_no_trace(world: World, ada: TasksClient) -> None:
    task = only(await ada.create([wire.NewTask(title="milk")]))
    await world.take()
    assert only(await ada.update([edit(task, title="milk", priority="medium")])).version == 1
    assert await world.waiting() == []
    assert problem(await ada.update([edit(task)])).detail == "There is nothing to change."


async def test_moving_a_task_moves_its_end_as_far(ada: TasksClient) -> None:
    task = only(
        await ada.create([wire.NewTask(title="a", due=due("2026-11-25", "23:00"), end=due("2026-11-26", "01:00"))])
    )
    moved = only(await ada.update([edit(task, due=due("2026-11-30", "10:00"))]))
    assert moved.end is not None
    assert (moved.end.date, moved.end.time) == (dt.date(2026, 11, 30), dt.time(12))


async def test_moving_a_repeating_task_keeps_its_rule(world: World, ada: TasksClient) -> None:
    task = only(await ada.create([repeating()]))
    moved = only(await ada.update([edit(task, due=due("2026-11-27", "15:00"))]))
    assert moved.repeats == task.repeats
    assert moved.occurrence == task.occurrence
    await ada.complete([target(task)])
    await world.settle()
    (following,) = (await ada.tasks()).tasks
    assert following.due is not None
    assert (following.due.date, following.due.time) == (dt.date(2026, 11, 28), dt.time(9))


@pytest.mark.requirement("R-027")
async def test_a_changed_rule_applies_from_the_next_completion(world: World, ada: TasksClient) -> None:
    task = only(await ada.create([repeating()]))
    changed = only(await ada.update([edit(task, rrule="FREQ=WEEKLY;BYDAY=FR")]))
    assert changed.due == task.due
    assert changed.repeats is not None
    assert changed.repeats.text == "every Fri at 09:00"
    await ada.complete([target(task)])
    await world.settle()
    (following,) = (await ada.tasks()).tasks
    assert following.due is not None
    assert following.due.date == dt.date(2026, 11, 27)


async def test_a_plain_task_begins_to_repeat_from_its_due(world: World, ada: TasksClient) -> None:
    task = only(await ada.create([wire.NewTask(title="rent", due=due("2026-11-30"))]))
    changed = only(await ada.update([edit(task, rrule="FREQ=MONTHLY")]))
    assert changed.due == task.due
    await ada.complete([target(task)])
    await world.settle()
    (following,) = (await ada.tasks()).tasks
    assert following.due is not None
    assert following.due.date == dt.date(2026, 12, 30)


async def test_a_task_that_begins_to_repeat_stands_on_a_date_of_its_rule_and_says_so(ada: TasksClient) -> None:
    task = only(await ada.create([wire.NewTask(title="bins", due=due("2026-11-25"))]))
    answer = await ada.update([edit(task, rrule="FREQ=WEEKLY;BYDAY=MO")])
    assert only(answer).due_text == "Mon 30 Nov 2026"
    assert answer.results[0].assumptions == ["due Mon 30 Nov 2026: the first date of the rule"]


async def test_a_series_that_was_stopped_can_be_started_again(world: World, ada: TasksClient) -> None:
    task = only(await ada.create([repeating()]))
    stopped = only(await ada.update([edit(task, clear=["repeat"])]))
    assert stopped.repeats is not None
    assert stopped.repeats.state == "stopped"
    again = only(await ada.update([edit(task, rrule="FREQ=DAILY")]))
    assert again.repeats is not None
    assert (again.repeats.state, again.repeats.series_id) == ("active", stopped.repeats.series_id)
    await ada.complete([target(task)])
    await world.settle()
    assert (await ada.tasks()).total == 1


async def test_a_completed_plain_task_cannot_begin_to_repeat(ada: TasksClient) -> None:
    task = only(await ada.create([wire.NewTask(title="milk")]))
    await ada.complete([target(task)])
    assert problem(await ada.update([edit(task, rrule="FREQ=DAILY")])).code == "conflict"


async def test_a_shift_moves_days_on_the_wall_and_hours_as_time_that_passes(ada: TasksClient) -> None:
    before_the_change = wire.DueInput(date=dt.date(2026, 10, 31), time=dt.time(20), zone="America/New_York")
    task = only(await ada.create([wire.NewTask(title="a", due=before_the_change)]))
    day_later = only(await ada.update([edit(task, shift="P1D")]))
    assert day_later.due_text == "Sun 1 Nov 2026, 20:00"
    await ada.undo()
    hours_later = only(await ada.update([edit(task, shift="PT5H")]))
    assert hours_later.due_text == "Sun 1 Nov 2026, 01:00"
    await ada.undo()
    within_the_second_pass = only(await ada.update([edit(task, shift="PT6H30M")]))
    assert within_the_second_pass.due_text == "Sun 1 Nov 2026, 02:00"


async def test_a_shift_needs_a_due_and_hours_need_a_time(ada: TasksClient) -> None:
    bare = only(await ada.create([wire.NewTask(title="a")]))
    day = only(await ada.create([wire.NewTask(title="b", due=due("2026-11-25"))]))
    for task, shift in ((bare, "P1D"), (day, "PT1H"), (day, "P999999W"), (day, "a bit")):
        assert problem(await ada.update([edit(task, shift=shift)])).field == "shift"


async def test_a_note_becomes_a_paragraph_of_the_description(ada: TasksClient) -> None:
    task = only(await ada.create([wire.NewTask(title="dentist")]))
    assert only(await ada.update([edit(task, note="bring x-rays")])).description == "bring x-rays"
    assert only(await ada.update([edit(task, note="2nd floor")])).description == "bring x-rays\n\n2nd floor"


async def test_a_stale_version_is_refused_with_the_task_as_it_is(ada: TasksClient) -> None:
    task = only(await ada.create([wire.NewTask(title="milk")]))
    await ada.update([edit(task, title="oat milk", version=1)])
    for answer in (
        await ada.update([edit(task, title="soy milk", version=1)]),
        await ada.complete([target(task, 1)]),
        await ada.delete([target(task, 1)]),
    ):
        refused = problem(answer)
        assert refused.code == "stale_version"
        assert refused.task == await ada.task(task.id)
    assert only(await ada.complete([target(task, 2)])).version == 3
