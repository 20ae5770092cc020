"""Creating tasks from fields: what is kept, what is filled in, what is refused."""

import datetime as dt

import pytest

from taskora.api import wire
from taskora.api.client import TasksClient
from tests.tasks.world import World, only, problem, repeating

pytestmark = pytest.mark.anyio


async def test_a_task_keeps_what_was_said_of_it(ada: TasksClient) -> None:
    sent = {
        "title": "dentist",
        "description": "bring\nthe x-rays",
        "priority": "high",
        "tags": ["health", "Family"],
        "due": {"date": "2026-11-30", "time": "14:30", "zone": "Europe/Paris"},
        "end": {"date": "2026-11-30", "time": "15:30", "zone": "Europe/Paris"},
        "duration_min": 60,
        "deadline": "2026-12-24",
        "reminders": ["-PT30M", "2026-11-30T08:00:00+01:00"],
    }
    created = only(await ada.create([wire.NewTask.model_validate(sent)]))
    stored = await ada.task(created.id)
    assert stored == created
    assert (stored.number, stored.title, stored.description) == (1, "dentist", "bring\nthe x-rays")
    assert (stored.priority, stored.tags, stored.status) == ("high", ["health", "Family"], "open")
    assert stored.due is not None
    assert (stored.due.date, stored.due.time, stored.due.zone) == (
        dt.date(2026, 11, 30),
        dt.time(14, 30),
        "Europe/Paris",
    )
    assert stored.due.at == dt.datetime(2026, 11, 30, 13, 30, tzinfo=dt.UTC)
    assert stored.due_text == "Mon 30 Nov 2026, 14:30 (Europe/Paris)"
    assert (stored.duration_min, stored.deadline) == (60, dt.date(2026, 12, 24))
    assert stored.reminders == ["-PT30M", "2026-11-30T07:00:00Z"]


@pytest.mark.requirement("R-002")
async def test_priority_is_medium_unless_it_is_said(world: World, ada: TasksClient) -> None:
    plain = only(await ada.create([wire.NewTask(title="milk")]))
    assert plain.priority == "medium"
    for name in ("low", "medium", "high", "urgent"):
        task = only(await ada.create([wire.NewTask.model_validate({"title": name, "priority": name})]))
        assert (await ada.task(task.id)).priority == name
    body = {"items": [{"title": "x", "priority": "someday"}]}
    response = await world.http.post("/api/v1/tasks", headers=world.headers(), json=body)
    assert problem(wire.BatchAnswer.model_validate_json(response.content)).field == "priority"


@pytest.mark.requirement("R-003")
async def test_tags_keep_their_order_and_the_first_spelling_and_each_is_there_once(ada: TasksClient) -> None:
    first = only(await ada.create([wire.NewTask(title="a", tags=["Work", "#home", "work"])]))
    assert first.tags == ["Work", "home"]
    second = only(await ada.create([wire.NewTask(title="b", tags=["HOME", "new", "work"])]))
    assert second.tags == ["home", "new", "Work"]
    assert (await ada.task(second.id)).tags == ["home", "new", "Work"]


@pytest.mark.requirement("R-014")
async def test_a_due_date_in_the_past_is_accepted(ada: TasksClient) -> None:
    task = only(await ada.create([wire.NewTask(title="taxes", due=wire.DueInput(date=dt.date(2020, 5, 31)))]))
    assert task.due_text == "Sun 31 May 2020"


async def test_a_time_without_a_zone_is_the_user_s(ada: TasksClient) -> None:
    due = wire.DueInput(date=dt.date(2026, 11, 30), time=dt.time(9))
    task = only(await ada.create([wire.NewTask(title="call", due=due)]))
    assert task.due is not None
    assert task.due.zone == "America/New_York"


@pytest.mark.requirement("R-005")
@pytest.mark.parametrize(
    ("repeat", "text", "first"),
    [
        ("daily", "every day", "Tue 24 Nov 2026"),
        ("weekly", "every Tue", "Tue 24 Nov 2026"),
        ("monthly", "every month on the 24th", "Tue 24 Nov 2026"),
        ("every monday and thursday", "every Mon and Thu", "Thu 26 Nov 2026"),
        ("every month on the 15th", "every month on the 15th", "Tue 15 Dec 2026"),
        ("every 3 days", "every 3 days", "Tue 24 Nov 2026"),
    ],
)
async def test_a_task_recurs_daily_weekly_monthly_or_at_an_interval_of_its_own(
    ada: TasksClient, repeat: str, text: str, first: str
) -> None:
    task = only(await ada.create([wire.NewTask(title="bins", repeat=repeat)]))
    assert task.repeats is not None
    assert (task.repeats.text, task.due_text) == (text, first)
    assert (await ada.task(task.id)).repeats == task.repeats


@pytest.mark.requirement("R-005")
async def test_a_repeating_task_without_a_due_gets_its_first_occurrence(ada: TasksClient) -> None:
    task = only(await ada.create([wire.NewTask(title="bins", rrule="FREQ=WEEKLY;BYDAY=TH")]))
    assert task.due is not None
    assert task.due.date == dt.date(2026, 11, 26)
    assert task.occurrence == task.due
    assert task.repeats is not None
    assert (task.repeats.text, task.repeats.state) == ("every Thu", "active")


@pytest.mark.requirement("R-006")
async def test_a_rule_keeps_its_end_and_its_anchor(ada: TasksClient) -> None:
    until = only(await ada.create([repeating(rrule="RRULE:FREQ=DAILY;UNTIL=20261231", anchor="completion")]))
    assert until.repeats is not None
    assert (until.repeats.until, until.repeats.anchor) == (dt.date(2026, 12, 31), "completion")
    count = only(await ada.create([repeating(rrule="FREQ=DAILY;COUNT=5")]))
    assert count.repeats is not None
    assert count.repeats.count == 5


async def test_numbers_count_up_and_are_never_given_twice(ada: TasksClient, bob: TasksClient) -> None:
    answer = await ada.create([wire.NewTask(title="a"), wire.NewTask(title=""), wire.NewTask(title="b")])
    assert [result.task.number for result in answer.results if result.task] == [1, 2]
    await ada.undo()
    assert only(await ada.create([wire.NewTask(title="c")])).number == 3
    assert only(await bob.create([wire.NewTask(title="d")])).number == 1


async def test_one_bad_item_does_not_undo_the_good_ones(ada: TasksClient) -> None:
    items = [
        wire.NewTask(title="good"),
        wire.NewTask(title="x" * 501),
        repeating(rrule="FREQ=SOMETIMES"),
        wire.NewTask(title="fine"),
    ]
    answer = await ada.create(items)
    assert [result.ok for result in answer.results] == [True, False, False, True]
    assert {task.title for task in (await ada.tasks()).tasks} == {"good", "fine"}


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"title": "x" * 501}, "title", "500 are allowed"),
        ({"title": "   "}, "title", "needs a title"),
        ({}, "title", "needs a title"),
        ({"title": "a\nb"}, "title", "line break"),
        ({"title": "a\u0007b"}, "title", "U+0007"),
        ({"title": 5}, "title", "wrong form"),
        ({"title": "a", "titel": "b"}, "titel", "no field"),
        ({"title": "a", "description": "x" * 16385}, "description", "16384 are allowed"),
        ({"title": "a", "description": "a\u0000b"}, "description", "U+0000"),
        ({"title": "a", "tags": [""]}, "tags", "needs a name"),
        ({"title": "a", "tags": ["x" * 51]}, "tags", "50 are allowed"),
        ({"title": "a", "tags": [f"t{n}" for n in range(51)]}, "tags", "takes 50 tags"),
        ({"title": "a", "tags": ["a\tb"]}, "tags", "U+0009"),
        ({"title": "a", "due": {"date": "2026-02-30"}}, "due.date", "day"),
        ({"title": "a", "due": {"date": "0001-01-01"}}, "due", "year"),
        ({"title": "a", "due": {"date": "9999-12-31"}}, "due", "year"),
        ({"title": "a", "due": {"date": "2026-02-20", "time": "09:00", "zone": "Mars/Base"}}, "due", "no time zone"),
        ({"title": "a", "due": {"date": "2026-02-20", "time": "25:00"}}, "due.time", "wrong form"),
        ({"title": "a", "end": {"date": "2026-02-20"}}, "end", "needs a due"),
        ({"title": "a", "due": {"date": "2026-02-20"}, "end": {"date": "2026-02-19"}}, "end", "before"),
        ({"title": "a", "duration_min": 0}, "duration_min", "at least a minute"),
        ({"title": "a", "duration_min": 10**12}, "duration_min", "at most a year"),
        ({"title": "a", "reminders": ["soon"]}, "reminders", "no reminder"),
        ({"title": "a", "reminders": ["-P999999D"]}, "reminders", "at most a year"),
        ({"title": "a", "rrule": "FREQ=DAILY;COUNT=0"}, "rrule", "times"),
        ({"title": "a", "rrule": "FREQ=DAILY;COUNT=2;UNTIL=20270101"}, "rrule", "not by both"),
        ({"title": "a", "rrule": "FREQ=DAILY;UNTIL=20270230"}, "rrule", "end of the rule"),
        ({"title": "a", "rrule": "FREQ=DAILY;UNTIL=20200101"}, "repeat", "ends before it begins"),
        ({"title": "a", "rrule": "every so often"}, "rrule", "rule is wrong"),
    ],
)
async def test_bad_input_is_named_and_makes_nothing(
    world: World, ada: TasksClient, fields: dict[str, object], field: str, words: str
) -> None:
    response = await world.http.post("/api/v1/tasks", headers=world.headers(), json={"items": [fields]})
    assert response.status_code == 200
    refused = problem(wire.BatchAnswer.model_validate_json(response.content))
    assert (refused.code, refused.field) == ("invalid", field)
    assert words in refused.detail
    assert (await ada.tasks()).total == 0
    assert await world.waiting() == []


@pytest.mark.requirement("R-006")
async def test_a_repetition_needs_an_end_if_the_user_wants_it_so(ada: TasksClient) -> None:
    await ada.set_preferences(wire.PreferencesEdit(require_end=True))
    assert problem(await ada.create([repeating()])).detail == "This repetition has no end."
    task = only(await ada.create([repeating(rrule="FREQ=DAILY;COUNT=5")]))
    assert task.repeats is not None
    assert problem(await ada.update([wire.TaskEdit(task=task.id, repeat="weekly")])).field == "repeat"
    assert (await ada.task(task.id)).repeats == task.repeats


async def test_a_long_description_of_words_that_all_differ_is_kept_and_found(ada: TasksClient) -> None:
    words = [f"{number * 2654435761 % 2**32:x}" for number in range(1, 1700)]
    task = only(await ada.create([wire.NewTask(title="archive", description=" ".join(words)[: 16 * 1024])]))
    found = await ada.tasks(wire.TaskQuery(text=f"archive {words[1500]}"))
    assert [one.id for one in found.tasks] == [task.id]
