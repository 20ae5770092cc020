"""What a person does to a series: skip one date, stop it, begin again, and change one occurrence or all that follow."""

import datetime as dt

import pytest

from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.domain.edits import Scope
from taskora.domain.events import Topic
from tests.tasks.world import World, only, problem, repeating, target

pytestmark = pytest.mark.anyio

OPEN = wire.TaskQuery()
TRASH = wire.TaskQuery(trash=True)


def edit(task: wire.Task, **fields: object) -> wire.TaskEdit:
    return wire.TaskEdit.model_validate({"task": task.id, **fields})


def at(text: str) -> dict[str, str]:
    date, _, time = text.partition(" ")
    return {"date": date, "time": time} if time else {"date": date}


async def following(world: World, ada: TasksClient, task: wire.Task) -> wire.Task:
    """Complete a task and return the one that comes next."""
    await ada.complete([target(task)])
    await world.settle()
    (made,) = (await ada.tasks(OPEN)).tasks
    return made


def text_of(task: wire.Task) -> str:
    assert task.repeats is not None
    return task.repeats.text


@pytest.mark.requirement("R-026")
async def test_skipping_moves_the_same_task_to_the_next_date_and_says_it(world: World, ada: TasksClient) -> None:
    standup = only(await ada.create([repeating(duration_min=15, reminders=["-PT15M"], deadline="2026-11-27")]))
    answer = await ada.skip([target(standup)])
    skipped = only(answer)
    assert (skipped.id, skipped.number, skipped.due_text) == (standup.id, 1, "Thu 26 Nov 2026, 09:00")
    assert answer.results[0].assumptions == ["next: Thu 26 Nov 2026, 09:00"]
    assert skipped.occurrence == skipped.due
    assert (skipped.duration_min, skipped.reminders, skipped.deadline) == (15, ["-PT15M"], dt.date(2026, 11, 28))
    assert text_of(skipped) == "every day at 09:00, except Wed 25 Nov 2026"
    assert (await following(world, ada, skipped)).due_text == "Fri 27 Nov 2026, 09:00"


async def test_a_skipped_date_does_not_come_back_when_the_one_before_is_done_anew(
    world: World, ada: TasksClient
) -> None:
    first = only(await ada.create([repeating()]))
    second = await following(world, ada, first)
    await ada.skip([target(second)])
    await ada.undo()
    await ada.skip([target(second)])
    await ada.delete([target(second)])
    await ada.restore([target(second)])
    assert (await ada.task(second.id)).due_text == "Fri 27 Nov 2026, 09:00"
    third = await following(world, ada, second)
    assert third.due_text == "Sat 28 Nov 2026, 09:00"


async def test_an_overdue_task_is_skipped_to_the_first_date_that_has_not_passed(ada: TasksClient) -> None:
    timed = only(await ada.create([repeating(date="2026-11-02")]))
    assert only(await ada.skip([target(timed)])).due_text == "Wed 25 Nov 2026, 09:00"
    all_day = only(await ada.create([repeating(date="2026-11-02", time=None)]))
    assert only(await ada.skip([target(all_day)])).due_text == "Tue 24 Nov 2026"


async def test_of_several_times_a_day_only_the_skipped_one_is_left_out(world: World, ada: TasksClient) -> None:
    pills = only(await ada.create([wire.NewTask(text="pills every day at 9:00 and 17:00 starting tomorrow")]))
    skipped = only(await ada.skip([target(pills)]))
    assert skipped.due_text == "Wed 25 Nov 2026, 17:00"
    assert skipped.repeats is not None
    assert skipped.repeats.excluded_dates == [dt.datetime.fromisoformat("2026-11-25T09:00")]
    assert skipped.repeats.text.endswith("except Wed 25 Nov 2026 at 09:00")
    assert (await following(world, ada, skipped)).due_text == "Thu 26 Nov 2026, 09:00"


async def test_counted_from_completion_the_date_moves_on_by_the_interval(ada: TasksClient) -> None:
    plants = only(await ada.create([repeating(rrule="FREQ=DAILY;INTERVAL=3", anchor="completion", time=None)]))
    assert only(await ada.skip([target(plants)])).due_text == "Sat 28 Nov 2026"
    late = only(
        await ada.create([repeating(rrule="FREQ=DAILY;INTERVAL=3", anchor="completion", date="2026-11-10", time=None)])
    )
    assert only(await ada.skip([target(late)])).due_text == "Fri 27 Nov 2026"


@pytest.mark.requirement("R-026")
async def test_skipping_the_last_date_ends_the_series_and_says_so(ada: TasksClient) -> None:
    last = only(await ada.create([repeating(rrule="FREQ=DAILY;UNTIL=20261125")]))
    answer = await ada.skip([target(last)])
    gone = only(answer)
    assert gone.deleted_at is not None
    assert gone.repeats is not None
    assert gone.repeats.state == "stopped"
    assert answer.results[0].assumptions == [
        "Wed 25 Nov 2026, 09:00 was the last date: the series ends, and the task is in the trash"
    ]
    assert (await ada.undo()).undone == "skipping “standup”"
    assert (await ada.task(last.id)).deleted_at is None


async def test_only_an_open_task_that_repeats_can_be_skipped(ada: TasksClient) -> None:
    milk = only(await ada.create([wire.NewTask(title="milk")]))
    first = only(await ada.create([repeating()]))
    await ada.complete([target(first)])
    stopped = only(await ada.create([repeating("gym")]))
    await ada.stop([target(stopped)])
    deleted = only(await ada.create([repeating("yoga")]))
    await ada.delete([target(deleted)])
    for task in (milk, first, stopped, deleted):
        assert problem(await ada.skip([target(task)])).code == "conflict"


async def test_a_batch_of_skips_answers_for_each_and_takes_a_version(ada: TasksClient) -> None:
    standup, milk = (result.task for result in (await ada.create([repeating(), wire.NewTask(title="milk")])).results)
    assert standup is not None
    assert milk is not None
    answer = await ada.skip([target(standup, 1), target(milk), target(standup, 1)])
    assert [result.ok for result in answer.results] == [True, False, False]
    stale = answer.results[2].problem
    assert stale is not None
    assert stale.code == "stale_version"


@pytest.mark.requirement("R-026")
async def test_a_stopped_series_makes_no_further_task_and_its_open_one_stays(world: World, ada: TasksClient) -> None:
    standup = only(await ada.create([repeating()]))
    stopped = only(await ada.stop([target(standup)]))
    assert (stopped.status, stopped.due) == ("open", standup.due)
    assert stopped.repeats is not None
    assert stopped.repeats.state == "stopped"
    again = await ada.stop([target(standup)])
    assert (only(again).version, again.results[0].assumptions) == (stopped.version, ["it was stopped already"])
    done = only(await ada.complete([target(standup)]))
    assert done.next is not None
    assert done.next.reason == "stopped"
    await world.settle()
    assert (await ada.tasks(OPEN)).tasks == []


async def test_a_series_is_stopped_by_way_of_a_completed_occurrence_too(world: World, ada: TasksClient) -> None:
    first = only(await ada.create([repeating()]))
    second = await following(world, ada, first)
    await ada.stop([target(first)])
    open_one = await ada.task(second.id)
    assert open_one.repeats is not None
    assert open_one.repeats.state == "stopped"


async def test_a_task_that_does_not_repeat_cannot_be_stopped(ada: TasksClient) -> None:
    milk = only(await ada.create([wire.NewTask(title="milk")]))
    assert problem(await ada.stop([target(milk)])).detail == "“milk” (#1) does not repeat."


@pytest.mark.requirement("R-026")
async def test_deleting_this_one_and_all_that_follow_is_deleting_the_open_one(world: World, ada: TasksClient) -> None:
    first = only(await ada.create([repeating()]))
    second = await following(world, ada, first)
    await ada.delete([target(second)])
    await world.settle()
    assert (await ada.tasks(OPEN)).tasks == []
    assert [task.id for task in (await ada.tasks(wire.TaskQuery(status="completed"))).tasks] == [first.id]


async def test_a_new_rule_lets_a_stopped_series_go_on_and_counts_anew(world: World, ada: TasksClient) -> None:
    task = only(await ada.create([repeating()]))
    for _ in range(3):
        task = await following(world, ada, task)
    await ada.stop([target(task)])
    resumed = only(await ada.update([edit(task, rrule="FREQ=WEEKLY;COUNT=2")]))
    assert resumed.repeats is not None
    assert task.repeats is not None
    assert (resumed.repeats.state, resumed.repeats.series_id) == ("active", task.repeats.series_id)
    last = await following(world, ada, resumed)
    assert last.due_text == "Sat 5 Dec 2026, 09:00"
    await ada.complete([target(last)])
    await world.settle()
    ended = (await ada.task(last.id)).next
    assert ended is not None
    assert ended.reason == "ended"


async def test_a_new_rule_on_the_completed_last_one_of_a_series_asks_to_reopen_it(
    world: World, ada: TasksClient
) -> None:
    task = only(await ada.create([repeating()]))
    await ada.stop([target(task)])
    await ada.complete([target(task)])
    await world.settle()
    assert problem(await ada.update([edit(task, rrule="FREQ=DAILY")])).code == "conflict"


async def test_what_is_changed_is_for_all_that_follow_unless_only_this_one_is_meant(
    world: World, ada: TasksClient
) -> None:
    task = only(
        await ada.create([repeating(tags=["team"], end=at("2026-11-25 09:30"), deadline="2026-11-26", duration_min=30)])
    )
    await ada.update([edit(task, description="in the kitchen", priority="high")])
    this_one = only(
        await ada.update(
            [
                edit(
                    task,
                    scope=Scope.THIS,
                    title="retro",
                    tags=["big"],
                    priority="urgent",
                    description="outside",
                    reminders=["-P1D"],
                    end=at("2026-11-25 11:00"),
                    duration_min=120,
                    deadline="2026-12-24",
                )
            ]
        )
    )
    assert (this_one.title, this_one.tags, this_one.duration_min) == ("retro", ["big"], 120)
    made = await following(world, ada, this_one)
    assert (made.title, made.tags, made.priority, made.description) == ("standup", ["team"], "high", "in the kitchen")
    assert (made.reminders, made.duration_min, made.deadline) == ([], 30, dt.date(2026, 11, 27))
    assert made.end is not None
    assert (made.end.date, made.end.time) == (dt.date(2026, 11, 26), dt.time(9, 30))
    assert (await following(world, ada, made)).title == "standup"


async def test_a_later_change_for_all_replaces_what_was_kept_for_them(world: World, ada: TasksClient) -> None:
    task = only(await ada.create([repeating()]))
    await ada.update([edit(task, scope="this", title="retro", priority="urgent")])
    await ada.update([edit(task, scope="this", title="big retro")])
    await ada.update([edit(task, title="stand-up")])
    made = await following(world, ada, task)
    assert (made.title, made.priority) == ("stand-up", "medium")


async def test_a_skipped_occurrence_loses_what_was_for_it_alone(ada: TasksClient) -> None:
    task = only(await ada.create([repeating()]))
    await ada.update([edit(task, scope="this", title="retro")])
    assert only(await ada.skip([target(task)])).title == "standup"
    assert only(await ada.undo()).title == "retro"


async def test_a_moved_occurrence_keeps_its_rule_its_end_and_the_distance_of_its_deadline(
    world: World, ada: TasksClient
) -> None:
    task = only(await ada.create([repeating(end=at("2026-11-25 09:30"), deadline="2026-11-27")]))
    moved = only(await ada.update([edit(task, due=at("2026-11-26"))]))
    assert (moved.due_text, moved.end, text_of(moved)) == ("Thu 26 Nov 2026", None, "every day at 09:00")
    made = await following(world, ada, moved)
    assert (made.due_text, made.deadline) == ("Fri 27 Nov 2026, 09:00", dt.date(2026, 11, 29))
    assert made.end is not None
    assert made.end.time == dt.time(9, 30)


@pytest.mark.parametrize(
    "case",
    [
        ("FREQ=DAILY", "2026-11-25 09:00", "2026-11-25 10:00", "every day at 10:00", "Thu 26 Nov 2026, 10:00"),
        ("FREQ=WEEKLY", "2026-11-25 09:00", "2026-11-26 10:00", "every Thu at 10:00", "Thu 3 Dec 2026, 10:00"),
        ("FREQ=WEEKLY;BYDAY=MO,WE", "2026-11-25", "2026-11-27", "every Mon and Fri", "Mon 30 Nov 2026"),
        ("FREQ=WEEKLY;INTERVAL=2", "2026-11-25", "2026-12-01", "every other week on Tue", "Tue 15 Dec 2026"),
        ("FREQ=DAILY;INTERVAL=3", "2026-11-25", "2026-11-26", "every 3 days", "Sun 29 Nov 2026"),
        (
            "FREQ=MONTHLY;BYMONTHDAY=25",
            "2026-11-25",
            "2026-11-30",
            "every month on the 30th (or last day)",
            "Wed 30 Dec 2026",
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=-1",
            "2026-11-30",
            "2026-11-29",
            "every month on the 2nd to last day",
            "Wed 30 Dec 2026",
        ),
        ("FREQ=MONTHLY;BYDAY=4WE", "2026-11-25", "2026-11-19", "every month on the 3rd Thu", "Thu 17 Dec 2026"),
        ("FREQ=MONTHLY;BYDAY=-1WE", "2026-11-25", "2026-11-27", "every month on the last Fri", "Fri 25 Dec 2026"),
        ("FREQ=YEARLY", "2026-11-25", "2026-12-01", "every year on 1 Dec", "Wed 1 Dec 2027"),
        ("FREQ=HOURLY;INTERVAL=5", "2026-11-25 09:00", "2026-11-25 10:30", None, "Wed 25 Nov 2026, 15:30"),
        ("FREQ=DAILY", "2026-11-25 09:00", "2026-11-25", None, "Thu 26 Nov 2026, 09:00"),
    ],
)
async def test_moving_this_one_and_all_that_follow_moves_the_rule(
    world: World, ada: TasksClient, case: tuple[str, str, str, str | None, str]
) -> None:
    rrule, due, moved_to, text, then = case
    date, _, time = due.partition(" ")
    task = only(await ada.create([repeating(rrule=rrule, date=date, time=time or None)]))
    moved = only(await ada.update([edit(task, due=at(moved_to), scope="future")]))
    assert moved.occurrence == moved.due
    if text is not None:
        assert text_of(moved) == text
    made = await following(world, ada, moved)
    assert made.due_text == then.removesuffix(", 09:00" if " " not in moved_to else "")
    assert text_of(made) == text_of(moved)


async def test_of_several_rules_only_the_one_of_this_date_moves(world: World, ada: TasksClient) -> None:
    pills = only(await ada.create([wire.NewTask(text="pills every day at 9:00 and 17:00 starting tomorrow")]))
    moved = only(await ada.update([edit(pills, when="at 10:00", scope="future")]))
    assert text_of(moved) == "every day at 10:00 and 17:00"
    assert (await following(world, ada, moved)).due_text == "Wed 25 Nov 2026, 17:00"


async def test_a_shift_and_a_time_taken_away_move_the_rule_too(ada: TasksClient) -> None:
    task = only(await ada.create([repeating()]))
    assert text_of(only(await ada.update([edit(task, shift="PT1H", scope="future")]))) == "every day at 10:00"
    assert text_of(only(await ada.update([edit(task, clear=["time"], scope="future")]))) == "every day"


@pytest.mark.parametrize(
    ("rrule", "fields"),
    [
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", {"due": at("2026-11-27 09:00")}),
        ("FREQ=DAILY;UNTIL=20261130", {"due": at("2026-12-05 09:00")}),
        ("FREQ=HOURLY;BYHOUR=9,17", {"due": at("2026-11-25 11:00")}),
        ("FREQ=DAILY", {"clear": ["due"]}),
    ],
)
async def test_a_rule_that_cannot_move_that_way_is_left_alone_and_the_problem_says_what_to_do(
    ada: TasksClient, rrule: str, fields: dict[str, object]
) -> None:
    task = only(await ada.create([repeating(rrule=rrule)]))
    refused = problem(await ada.update([edit(task, scope="future", **fields)]))
    assert (refused.code, refused.field) == ("invalid", "scope")
    assert await ada.task(task.id) == task


async def test_a_scope_needs_a_task_that_repeats_and_a_rule_is_never_for_one_alone(ada: TasksClient) -> None:
    milk = only(await ada.create([wire.NewTask(title="milk")]))
    standup = only(await ada.create([repeating()]))
    for refused in (
        await ada.update([edit(milk, title="oat milk", scope="this")]),
        await ada.update([edit(standup, rrule="FREQ=WEEKLY", scope="this")]),
        await ada.update([edit(standup, clear=["repeat"], scope="this")]),
        await ada.update([edit(standup, scope="future")]),
    ):
        assert problem(refused).code == "invalid"


@pytest.mark.requirement("R-026")
async def test_skip_stop_and_moves_of_all_that_follow_are_told_with_their_series(
    world: World, ada: TasksClient
) -> None:
    task = only(await ada.create([repeating()]))
    await world.take()
    await ada.skip([target(task)])
    await ada.update([edit(task, when="at 10:00", scope="future")])
    await ada.stop([target(task)])
    told = [(event.type, event.data["sequence"]) for event in await world.waiting(Topic.TASK_EVENTS)]
    types = ["task.updated", "series.updated", "task.updated", "series.updated", "task.updated", "series.stopped"]
    assert told == list(zip(types, range(2, 8), strict=True))


@pytest.mark.requirement("R-006")
async def test_a_series_makes_no_more_tasks_than_the_limit_allows(world: World, ada: TasksClient) -> None:
    world.limit_series(3)
    task = only(await ada.create([repeating()]))
    for _ in range(2):
        task = await following(world, ada, task)
    await ada.complete([target(task)])
    await world.settle()
    assert (await ada.tasks(OPEN)).tasks == []
    outcome = (await ada.task(task.id)).next
    assert outcome is not None
    assert outcome.reason == "limit"


async def taken_back(world: World, ada: TasksClient) -> tuple[wire.Task, wire.Task]:
    """Make an occurrence and take it back by opening the one before it again; return both."""
    first = only(await ada.create([repeating(rrule="FREQ=DAILY;COUNT=3")]))
    second = await following(world, ada, first)
    await ada.reopen([target(first)])
    return first, second


async def test_a_restored_task_that_had_been_taken_back_counts_again(world: World, ada: TasksClient) -> None:
    first, second = await taken_back(world, ada)
    await ada.complete([target(first)])
    on_its_way = await world.recur(*(await world.take()))
    assert only(await ada.restore([target(second)])).repeats is not None
    for command in on_its_way:
        await world.command(command)
    outcome = (await ada.task(first.id)).next
    assert outcome is not None
    assert outcome.reason == "occurrence_open"
    third = await following(world, ada, second)
    await ada.complete([target(third)])
    await world.settle()
    assert (await ada.tasks(OPEN)).tasks == []


async def test_a_restored_task_stands_alone_when_another_was_made_in_its_place(world: World, ada: TasksClient) -> None:
    first, second = await taken_back(world, ada)
    instead = await following(world, ada, first)
    await ada.complete([target(instead)])
    await world.take()
    answer = await ada.restore([target(second)])
    assert only(answer).repeats is None
    assert answer.results[0].assumptions == ["“standup” (#2) no longer repeats: “standup” (#3) was made in its place."]
