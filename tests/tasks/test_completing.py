"""Completing a repeating task: what comes next, that it comes once, and when nothing comes."""

import asyncio
import datetime as dt

import pytest

from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.domain.events import Topic
from taskora.runtime.ports import Outcome
from tests.tasks.world import World, only, problem, repeating, target

pytestmark = pytest.mark.anyio


@pytest.mark.requirement("R-019", "R-023")
async def test_completing_a_repeating_task_leaves_it_completed_and_opens_the_next(
    world: World, ada: TasksClient
) -> None:
    standup = only(await ada.create([repeating()]))
    done = only(await ada.complete([target(standup)]))
    assert (done.status, done.next) == ("completed", None)
    await world.settle()
    (following,) = (await ada.tasks()).tasks
    completed = await ada.task(standup.id)
    assert completed.next is not None
    assert (completed.status, completed.next.reason, completed.next.task_id) == ("completed", "made", following.id)
    assert following.due is not None
    assert (following.due.date, following.due.time) == (dt.date(2026, 11, 26), dt.time(9))
    assert (following.predecessor_id, following.occurrence) == (standup.id, following.due)
    assert [task.id for task in (await ada.tasks(wire.TaskQuery(status="completed"))).tasks] == [standup.id]


@pytest.mark.requirement("R-022")
async def test_the_next_occurrence_copies_what_the_completed_one_says(world: World, ada: TasksClient) -> None:
    standup = only(
        await ada.create(
            [
                repeating(
                    tags=["work", "team"],
                    priority="high",
                    description="in the kitchen",
                    reminders=["-PT15M", "-P1D"],
                    duration_min=15,
                )
            ]
        )
    )
    await ada.update([wire.TaskEdit(task=standup.id, title="stand-up", tags_add=["daily"])])
    await ada.complete([target(standup)])
    await world.settle()
    (following,) = (await ada.tasks()).tasks
    assert (following.title, following.description) == ("stand-up", "in the kitchen")
    assert (following.priority, following.tags) == ("high", ["work", "team", "daily"])
    assert (following.reminders, following.duration_min) == (["-PT15M", "-P1D"], 15)
    assert following.repeats == standup.repeats


@pytest.mark.requirement("R-024")
async def test_the_answer_of_a_completion_does_not_wait_for_the_next_occurrence(ada: TasksClient) -> None:
    standup = only(await ada.create([repeating()]))
    done = only(await ada.complete([target(standup)]))
    assert done.status == "completed"
    assert (await ada.tasks()).total == 0


@pytest.mark.requirement("R-028")
async def test_completing_a_task_that_does_not_repeat_makes_nothing(world: World, ada: TasksClient) -> None:
    milk = only(await ada.create([wire.NewTask(title="milk")]))
    await ada.complete([target(milk)])
    events = await world.take()
    assert await world.recur(*events) == []
    assert (await ada.task(milk.id)).next is None


@pytest.mark.requirement("R-025")
async def test_deleting_an_occurrence_makes_nothing_and_stops_its_series(world: World, ada: TasksClient) -> None:
    standup = only(await ada.create([repeating()]))
    gone = only(await ada.delete([target(standup)]))
    assert gone.repeats is not None
    assert gone.repeats.state == "stopped"
    await world.settle()
    assert (await ada.tasks()).total == 0


async def test_a_completed_task_cannot_be_completed_again_and_the_answer_says_since_when(
    world: World, ada: TasksClient
) -> None:
    milk = only(await ada.create([wire.NewTask(title="milk")]))
    await ada.complete([target(milk)])
    world.clock.advance(hours=3)
    refused = problem(await ada.complete([target(milk)]))
    assert refused.code == "conflict"
    assert refused.detail == "“milk” (#1) was completed already: Tue 24 Nov 2026, 10:00."


@pytest.mark.requirement("R-030", "R-062")
async def test_a_command_that_comes_twice_makes_one_task(world: World, ada: TasksClient) -> None:
    standup = only(await ada.create([repeating()]))
    await ada.complete([target(standup)])
    events = await world.take()
    (command,) = await world.recur(*events)
    (again,) = await world.recur(*events)
    assert again == command
    for _ in range(3):
        assert (await world.command(command)).outcome is Outcome.SUCCESS
    assert (await ada.tasks()).total == 1


@pytest.mark.requirement("R-030")
async def test_a_command_under_another_id_still_makes_no_second_task(world: World, ada: TasksClient) -> None:
    standup = only(await ada.create([repeating()]))
    await ada.complete([target(standup)])
    (command,) = await world.recur(*(await world.take()))
    await world.command(command)
    replayed = type(command).from_dict({**command.to_dict(), "id": "another-id"})
    assert (await world.command(replayed)).outcome is Outcome.SUCCESS
    assert (await ada.tasks()).total == 1


async def test_two_completions_at_once_have_one_outcome(world: World, ada: TasksClient) -> None:
    standup = only(await ada.create([repeating()]))
    answers = await asyncio.gather(*(ada.complete([target(standup)]) for _ in range(5)))
    assert sum(answer.results[0].ok for answer in answers) == 1
    await world.settle()
    assert (await ada.tasks()).total == 1
    assert (await ada.tasks(wire.TaskQuery(status="completed"))).total == 1


async def test_a_completion_undone_while_its_event_is_in_flight_makes_nothing(world: World, ada: TasksClient) -> None:
    standup = only(await ada.create([repeating()]))
    await ada.complete([target(standup)])
    (command,) = await world.recur(*(await world.take()))
    await ada.undo()
    assert (await world.command(command)).outcome is Outcome.SUCCESS
    (task,) = (await ada.tasks(wire.TaskQuery(status="all"))).tasks
    assert (task.id, task.status, task.next) == (standup.id, "open", None)


async def test_a_task_completed_again_while_the_first_event_is_in_flight_gets_one_next_task(
    world: World, ada: TasksClient
) -> None:
    standup = only(await ada.create([repeating()]))
    await ada.complete([target(standup)])
    (first,) = await world.recur(*(await world.take()))
    await ada.reopen([target(standup)])
    await ada.complete([target(standup)])
    (second,) = await world.recur(*(await world.take()))
    for command in (first, second, first):
        assert (await world.command(command)).outcome is Outcome.SUCCESS
    assert (await ada.tasks()).total == 1


async def test_a_series_stopped_while_its_event_is_in_flight_makes_nothing(world: World, ada: TasksClient) -> None:
    standup = only(await ada.create([repeating()]))
    await ada.complete([target(standup)])
    (command,) = await world.recur(*(await world.take()))
    await ada.update([wire.TaskEdit(task=standup.id, clear=[wire.Clearable.REPEAT])])
    await world.command(command)
    assert (await ada.tasks()).total == 0
    completed = await ada.task(standup.id)
    assert completed.next is not None
    assert completed.next.reason == "stopped"


async def test_a_rule_changed_while_its_event_is_in_flight_gives_a_date_of_the_new_rule(
    world: World, ada: TasksClient
) -> None:
    standup = only(await ada.create([repeating()]))
    await ada.complete([target(standup)])
    (command,) = await world.recur(*(await world.take()))
    await ada.update([wire.TaskEdit(task=standup.id, rrule="FREQ=WEEKLY;BYDAY=FR")])
    await world.command(command)
    (following,) = (await ada.tasks()).tasks
    assert following.due is not None
    assert following.due.date == dt.date(2026, 11, 27)


@pytest.mark.requirement("R-006")
async def test_a_series_with_a_count_ends_after_that_many_tasks(world: World, ada: TasksClient) -> None:
    task = only(await ada.create([repeating(rrule="FREQ=DAILY;COUNT=3")]))
    for _ in range(2):
        await ada.complete([target(task)])
        await world.settle()
        (task,) = (await ada.tasks()).tasks
    await ada.complete([target(task)])
    await world.settle()
    last = await ada.task(task.id)
    assert last.next is not None
    assert (last.next.reason, (await ada.tasks()).total) == ("ended", 0)


async def test_a_task_taken_back_does_not_count(world: World, ada: TasksClient) -> None:
    task = only(await ada.create([repeating(rrule="FREQ=DAILY;COUNT=2")]))
    for _ in range(3):
        await ada.complete([target(task)])
        await world.settle()
        await ada.undo()
    await ada.complete([target(task)])
    await world.settle()
    assert (await ada.tasks()).total == 1


@pytest.mark.requirement("R-029")
async def test_a_task_completed_weeks_late_gets_one_date_in_the_future_and_tells_what_was_passed_over(
    world: World, ada: TasksClient
) -> None:
    standup = only(await ada.create([repeating(date="2026-11-02")]))
    await ada.complete([target(standup)])
    await world.settle()
    (following,) = (await ada.tasks()).tasks
    assert following.due is not None
    assert following.due.date == dt.date(2026, 11, 25)
    completed = await ada.task(standup.id)
    assert completed.next is not None
    assert completed.next.passed_over == 22


async def test_a_malformed_command_is_dropped_with_the_reason(world: World, ada: TasksClient) -> None:
    standup = only(await ada.create([repeating()]))
    await ada.complete([target(standup)])
    (command,) = await world.recur(*(await world.take()))
    envelope = command.to_dict()
    for broken in (
        {**envelope, "data": {}},
        {**envelope, "data": {**command.data, "due": {"date": "soon", "time": None, "zone": None}}},
        {**envelope, "data": {**command.data, "predecessor_id": "nobody"}},
        {**envelope, "source": "/somewhere/else"},
    ):
        handled = await world.command(type(command).from_dict(broken))
        assert handled.outcome is Outcome.DROP
        assert handled.reason
    assert (await ada.tasks()).total == 0
    assert (await world.command(command)).outcome is Outcome.SUCCESS
    assert (await ada.tasks()).total == 1


async def test_a_command_touches_only_the_user_it_names(world: World, ada: TasksClient, bob: TasksClient) -> None:
    standup = only(await ada.create([repeating()]))
    await ada.complete([target(standup)])
    (command,) = await world.recur(*(await world.take()))
    stolen = type(command).from_dict({**command.to_dict(), "data": {**command.data, "user_id": "bob"}})
    assert (await world.command(stolen)).outcome is Outcome.DROP
    assert (await bob.tasks()).total == 0


async def test_the_next_task_is_announced_as_the_doing_of_the_system(world: World, ada: TasksClient) -> None:
    standup = only(await ada.create([repeating()]))
    await ada.complete([target(standup)])
    completion = (await world.take())[-1]
    (command,) = await world.recur(completion)
    await world.command(command)
    (created,) = await world.waiting(Topic.TASK_EVENTS)
    assert (created.type, created.correlationid) == ("task.created", completion.correlationid)
    assert (created.data["actor"], created.data["channel"]) == ({"kind": "system", "name": "recurrence"}, "recurrence")
    assert created.data["sequence"] == 3
