"""Words are read by the task service, with the user's preferences and the instant at which they were said."""

import datetime as dt

import pytest

from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.domain.errors import NotUnderstood
from tests.tasks.world import World, only, problem, repeating, target

pytestmark = pytest.mark.anyio


def edit(task: wire.Task, **fields: object) -> wire.TaskEdit:
    return wire.TaskEdit.model_validate({"task": task.id, **fields})


async def new(ada: TasksClient, title: str, date: str, time: str | None = None) -> wire.Task:
    sent = {"title": title, "due": {"date": date, "time": time}}
    return only(await ada.create([wire.NewTask.model_validate(sent)]))


async def test_the_words_of_one_task_become_a_task(ada: TasksClient) -> None:
    task = only(await ada.create([wire.NewTask(text="add daily task standup due 9am tagged work")]))
    assert (task.title, task.due_text, task.tags) == ("standup", "Wed 25 Nov 2026, 09:00", ["work"])
    assert task.repeats is not None
    assert task.repeats.text == "every day at 09:00"
    assert task.occurrence == task.due


@pytest.mark.requirement("R-001")
@pytest.mark.parametrize(
    "said",
    [
        {"text": "call mum tomorrow at 5pm"},
        {"title": "call mum", "when": "tomorrow at 5pm"},
        {"title": "call mum", "due": {"date": "2026-11-25", "time": "17:00"}},
        {"title": "call mum", "due": {"date": "2026-11-25", "time": "17:00", "zone": "America/New_York"}},
    ],
)
async def test_a_date_and_a_time_are_set_in_words_or_as_a_picker_gives_them(
    ada: TasksClient, said: dict[str, object]
) -> None:
    task = only(await ada.create([wire.NewTask.model_validate(said)]))
    assert task.due is not None
    assert (task.due.date, task.due.time, task.due.zone) == (dt.date(2026, 11, 25), dt.time(17), "America/New_York")
    assert task.due.at == dt.datetime(2026, 11, 25, 22, tzinfo=dt.UTC)
    moved = {name: value for name, value in said.items() if name in {"when", "due"}} or {"when": "tomorrow at 5pm"}
    await ada.update([edit(task, clear=["due"])])
    assert only(await ada.update([edit(task, **moved)])).due == task.due
    assert (await ada.task(task.id)).due == task.due


async def test_fields_win_over_words(ada: TasksClient) -> None:
    sent = wire.NewTask.model_validate(
        {"text": "call mum tomorrow at 5pm high priority", "title": "call mother", "priority": "low", "when": "friday"}
    )
    task = only(await ada.create([sent]))
    assert (task.title, task.priority, task.due_text) == ("call mother", "low", "Fri 27 Nov 2026")


async def test_what_was_assumed_is_said(ada: TasksClient) -> None:
    answer = await ada.create([wire.NewTask(text="call mum tomorrow at 5")])
    assert only(answer).due_text == "Wed 25 Nov 2026, 17:00"
    assert answer.results[0].assumptions == ["took 5 as 5 pm"]


async def test_words_are_read_at_the_instant_at_which_they_were_said(ada: TasksClient) -> None:
    said_at = dt.datetime(2026, 11, 20, 23, tzinfo=dt.timezone(-dt.timedelta(hours=5)))
    task = only(await ada.create([wire.NewTask(text="milk tomorrow")], said_at=said_at))
    assert task.due_text == "Sat 21 Nov 2026"


@pytest.mark.parametrize("said_at", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00"])
async def test_words_that_nobody_can_have_said_then_are_refused(world: World, said_at: str) -> None:
    body = {"items": [{"text": "milk tomorrow"}], "said_at": said_at}
    made = await world.http.post("/api/v1/tasks", headers=world.headers(), json=body)
    listed = await world.http.get(
        "/api/v1/tasks", headers=world.headers(), params={"overdue": True, "said_at": said_at}
    )
    for refused in (made, listed):
        assert (refused.status_code, refused.json()["field"]) == (422, "said_at")


async def test_words_are_read_in_the_user_s_zone(ada: TasksClient) -> None:
    await ada.set_preferences(wire.PreferencesEdit(zone="Asia/Tokyo"))
    task = only(await ada.create([wire.NewTask(text="milk today")]))
    assert task.due_text == "Wed 25 Nov 2026"


async def test_an_impossible_date_is_named_and_makes_nothing(ada: TasksClient) -> None:
    for sent in (wire.NewTask(text="pay rent on feb 30"), wire.NewTask(title="pay rent", when="feb 30")):
        refused = problem(await ada.create([sent]))
        assert refused.code == "invalid"
        assert "30 February" in refused.detail
    assert (await ada.tasks()).total == 0


async def test_words_that_cannot_be_read_are_a_problem_of_their_field(ada: TasksClient) -> None:
    for field in ("when", "repeat"):
        refused = problem(await ada.create([wire.NewTask.model_validate({"title": "a", field: "blue"})]))
        assert (refused.code, refused.field) == ("not_understood", field)
        assert refused.advice
        long = problem(await ada.create([wire.NewTask.model_validate({"title": "a", field: "day " * 501})]))
        assert (long.code, long.field) == ("invalid", field)


async def test_a_day_keeps_the_time_and_a_time_keeps_the_day(ada: TasksClient) -> None:
    task = await new(ada, "dentist", "2026-12-01", "14:30")
    assert only(await ada.update([edit(task, when="friday")])).due_text == "Fri 27 Nov 2026, 14:30"
    assert only(await ada.update([edit(task, when="3pm")])).due_text == "Fri 27 Nov 2026, 15:00"
    assert only(await ada.update([edit(task, when="monday at 8am")])).due_text == "Mon 30 Nov 2026, 08:00"
    assert only(await ada.update([edit(task, when="no date")])).due is None


async def test_a_time_for_an_overdue_task_is_a_time_to_come(ada: TasksClient) -> None:
    task = await new(ada, "dentist", "2026-11-20", "14:30")
    assert only(await ada.update([edit(task, when="3pm")])).due_text == "Tue 24 Nov 2026, 15:00"


async def test_moving_in_words_keeps_the_rule(ada: TasksClient) -> None:
    task = only(await ada.create([repeating()]))
    moved = only(await ada.update([edit(task, when="friday")]))
    assert (moved.due_text, moved.repeats) == ("Fri 27 Nov 2026, 09:00", task.repeats)


async def test_a_repetition_in_words_goes_on_from_the_due(world: World, ada: TasksClient) -> None:
    task = await new(ada, "report", "2026-11-27", "10:00")
    weekly = only(await ada.update([edit(task, repeat="weekly")]))
    assert weekly.due == task.due
    assert weekly.repeats is not None
    assert weekly.repeats.text == "every Fri at 10:00"
    await ada.complete([target(task)])
    await world.settle()
    (following,) = (await ada.tasks()).tasks
    assert following.due_text == "Fri 4 Dec 2026, 10:00"


async def test_a_repetition_of_other_days_moves_a_plain_task_to_the_first_of_them(ada: TasksClient) -> None:
    task = await new(ada, "bins", "2026-11-25")
    answer = await ada.update([edit(task, repeat="every monday at 9")])
    assert only(answer).due_text == "Mon 30 Nov 2026, 09:00"
    assert answer.results[0].assumptions == ["due Mon 30 Nov 2026, 09:00: the first date of the rule"]


async def test_shorthands_of_repetition_are_words_too(ada: TasksClient) -> None:
    for word, text in (("daily", "every day"), ("weekly", "every Tue"), ("monthly", "every month on the 24th")):
        task = only(await ada.create([wire.NewTask(title=word, repeat=word)]))
        assert task.repeats is not None
        assert (task.repeats.text, task.due_text) == (text, "Tue 24 Nov 2026")


async def test_words_of_a_period_choose_what_is_listed_and_the_answer_says_how_they_were_read(
    ada: TasksClient,
) -> None:
    await new(ada, "monday", "2026-11-23")
    await new(ada, "sunday", "2026-11-29", "20:00")
    await new(ada, "next", "2026-11-30")
    page = await ada.tasks(wire.TaskQuery(when="this week"))
    assert [task.title for task in page.tasks] == ["monday", "sunday"]
    assert page.period is not None
    assert (page.period.from_, page.period.to) == ("2026-11-23", "2026-11-29")
    assert page.period.text == "Mon 23 Nov 2026 to Sun 29 Nov 2026"
    assert [task.title for task in (await ada.tasks(wire.TaskQuery(when="overdue"))).tasks] == ["monday"]
    with pytest.raises(NotUnderstood) as raised:
        await ada.tasks(wire.TaskQuery(when="blah"))
    assert raised.value.field == "when"


async def test_words_of_a_period_mean_the_completion_when_finished_tasks_are_asked_for(
    world: World, ada: TasksClient
) -> None:
    for title in ("a", "b"):
        await ada.create([wire.NewTask(title=title)])
        await ada.complete([target(title)])
        world.clock.advance(days=1)
    page = await ada.tasks(wire.TaskQuery(status="completed", when="yesterday"))
    assert [task.title for task in page.tasks] == ["b"]


async def test_the_week_starts_where_the_user_wants_it(ada: TasksClient) -> None:
    await new(ada, "sunday", "2026-11-22")
    assert (await ada.tasks(wire.TaskQuery(when="this week"))).total == 0
    await ada.set_preferences(wire.PreferencesEdit.model_validate({"week_start": "sunday"}))
    assert (await ada.tasks(wire.TaskQuery(when="this week"))).total == 1


async def test_dates_left_out_of_a_rule_are_shown(ada: TasksClient) -> None:
    task = only(await ada.create([wire.NewTask(text="yoga every friday except dec 25")]))
    assert task.repeats is not None
    assert task.repeats.excluded_dates == [dt.date(2026, 12, 25)]
    assert (await ada.tasks()).tasks == [task]
