"""Preferences: defaults, choices, and what a new zone means for all-day tasks."""

import datetime as dt

import pytest

from taskora.api import wire
from taskora.api.client import TasksClient
from tests.tasks.world import World, only

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
