"""Preferences: defaults, choices, and what a new zone means for all-day tasks."""

import datetime as dt

import pytest

from taskora.api import wire
from taskora.api.client import TasksClient
from tests.tasks.world import ZONE, World, only

pytestmark = pytest.mark.anyio


async def test_a_user_who_chose_nothing_has_the_defaults_of_the_host(ada: TasksClient) -> None:
    preferences = await ada.preferences()
    assert (preferences.zone, preferences.week_start, preferences.date_order) == ("America/New_York", "monday", "mdy")
    assert (preferences.all_day_time, preferences.default_reminder_minutes) == (dt.time(9), 30)


async def test_what_was_not_sent_stays(world: World, ada: TasksClient) -> None:
    await ada.set_preferences(wire.PreferencesEdit.model_validate({"week_start": "sunday", "all_day_time": "08:30"}))
    changed = await ada.set_preferences(wire.PreferencesEdit(default_reminder_minutes=None))
    assert changed.model_dump(exclude={"dry_run"}) == (await ada.preferences()).model_dump()
    assert (changed.week_start, changed.all_day_time) == ("sunday", dt.time(8, 30))
    assert changed.default_reminder_minutes is None
    first, second = await world.waiting()
    assert first.type == "preferences.updated"
    assert first.data["changes"] == {"week_start": ["monday", "sunday"], "all_day_time": ["09:00", "08:30"]}
    assert second.data["changes"] == {"default_reminder_minutes": [30, None]}


async def test_a_choice_that_changes_nothing_leaves_no_trace(world: World, ada: TasksClient) -> None:
    await ada.set_preferences(wire.PreferencesEdit(zone="America/New_York"))
    assert await world.waiting() == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("zone", "Mars/Base"),
        ("zone", None),
        ("zone", "../etc/passwd"),
        ("locale", "x"),
        ("week_start", "friday"),
        ("date_order", "ydm"),
        ("all_day_time", "9 o'clock"),
        ("all_day_time", "09:00+02:00"),
        ("default_reminder_minutes", -1),
        ("default_reminder_minutes", 10**9),
        ("colour", "red"),
    ],
)
async def test_a_wrong_choice_is_named_and_changes_nothing(
    world: World, ada: TasksClient, name: str, value: object
) -> None:
    before = await ada.preferences()
    response = await world.http.patch("/api/v1/preferences", headers=world.headers(), json={name: value})
    assert response.status_code == 422
    assert response.json()["field"] == name
    assert await ada.preferences() == before


async def test_an_all_day_task_moves_with_the_user_and_a_timed_one_keeps_its_zone(ada: TasksClient) -> None:
    day = wire.NewTask.model_validate({"title": "day", "due": {"date": "2026-11-25"}})
    timed = wire.NewTask.model_validate({"title": "timed", "due": {"date": "2026-11-25", "time": "00:30"}})
    before = [only(await ada.create([task])) for task in (day, timed)]
    assert [task.title for task in (await ada.tasks()).tasks] == ["day", "timed"]
    await ada.set_preferences(wire.PreferencesEdit(zone="Pacific/Honolulu"))
    listed = (await ada.tasks()).tasks
    assert [task.title for task in listed] == ["timed", "day"]
    assert listed[0].due == before[1].due
    assert listed[1].due is not None
    assert listed[1].due.at == dt.datetime(2026, 11, 25, 10, tzinfo=dt.UTC)


async def test_a_list_follows_preferences_that_were_changed_by_another_process(world: World, ada: TasksClient) -> None:
    await ada.create([wire.NewTask(text="call Tokyo today 23:30"), wire.NewTask(text="pack today")])
    today = wire.TaskQuery(when="today")
    for _ in range(2):
        assert [task.title for task in (await ada.tasks(today)).tasks] == ["pack", "call Tokyo"]
    other = World(world.database)
    await other.client("ada").set_preferences(wire.PreferencesEdit(zone="Asia/Tokyo"))  # where it is the 25th already
    page = await ada.tasks(today)
    assert [task.title for task in page.tasks] == ["call Tokyo"]
    assert page.period is not None
    assert "25 Nov" in page.period.text
    await other.client("ada").set_preferences(wire.PreferencesEdit(zone=ZONE))
    assert [task.title for task in (await ada.tasks(today)).tasks] == ["pack", "call Tokyo"]


async def test_a_period_that_only_other_preferences_let_be_read_is_read_with_those_of_now(
    world: World, ada: TasksClient
) -> None:
    await ada.create([wire.NewTask(text="pay 3/12/2026")])
    ours = wire.TaskQuery(when="13/12/2026")
    await ada.tasks()
    await World(world.database).client("ada").set_preferences(wire.PreferencesEdit(date_order="dmy"))
    assert (await ada.tasks(ours)).tasks == []


async def test_words_of_a_new_task_are_read_with_preferences_that_another_process_changed(
    world: World, ada: TasksClient
) -> None:
    await ada.create([wire.NewTask(text="one today 18:00")])
    await ada.create([wire.NewTask(text="two today 18:00")])
    await World(world.database).client("ada").set_preferences(wire.PreferencesEdit(zone="Asia/Tokyo"))
    three = only(await ada.create([wire.NewTask(text="three tomorrow 18:00")]))
    assert three.due is not None
    assert (three.due.date, three.due.zone) == (dt.date(2026, 11, 26), "Asia/Tokyo")
    await World(world.database).client("ada").set_preferences(wire.PreferencesEdit(zone=ZONE))
    moved = only(await ada.update([wire.TaskEdit(task=three.id, when="tomorrow 19:00")]))
    assert moved.due is not None
    assert moved.due.date == dt.date(2026, 11, 25)
