"""The overview: how things stand now, in the user's zone and week, and what needs attention first."""

import datetime as dt

import pytest

from taskora.api import wire
from taskora.api.client import TasksClient
from tests.tasks.world import World, repeating, target

pytestmark = pytest.mark.anyio


def due(date: str, time: str | None = None, **more: object) -> wire.NewTask:
    return wire.NewTask.model_validate({"title": f"{date} {time}", "due": {"date": date, "time": time}, **more})


@pytest.fixture
async def furnished(ada: TasksClient) -> TasksClient:
    """Fill the week around Tuesday, 24 November 2026, 10:00."""
    await ada.create(
        [
            due("2026-11-24", "18:00", tags=["home"]),
            due("2026-11-24", priority="urgent"),
            due("2026-11-24", "09:00"),
            due("2026-11-22", tags=["work"]),
            due("2026-11-29", tags=["work", "home"]),
            due("2026-11-30"),
            repeating(date="2026-11-25", tags=["Work"]),
            wire.NewTask(title="some day"),
            wire.NewTask(title="done"),
            wire.NewTask(title="gone", tags=["never"]),
        ]
    )
    await ada.complete([target("done")])
    await ada.delete([target("gone")])
    return ada


async def test_the_overview_counts_what_is_open(furnished: TasksClient) -> None:
    overview = await furnished.overview()
    counted = overview.model_dump(include={"open", "overdue", "due_today", "due_week", "no_due", "repeating"})
    assert counted == {"open": 8, "overdue": 2, "due_today": 3, "due_week": 5, "no_due": 1, "repeating": 1}
    assert (overview.urgent, overview.completed_today) == (1, 1)
    assert (overview.today, overview.zone) == (dt.date(2026, 11, 24), "America/New_York")
    assert overview.now.isoformat() == "2026-11-24T10:00:00-05:00"


async def test_the_counts_are_those_of_the_lists(furnished: TasksClient) -> None:
    overview = await furnished.overview()
    for count, query in (
        (overview.open, {}),
        (overview.overdue, {"overdue": True}),
        (overview.due_today, {"when": "today"}),
        (overview.due_week, {"when": "this week"}),
        (overview.no_due, {"no_due": True}),
        (overview.repeating, {"repeats": True}),
        (overview.urgent, {"priority": "urgent"}),
        (overview.completed_today, {"status": "completed", "when": "today"}),
    ):
        assert (await furnished.tasks(wire.TaskQuery.model_validate({**query, "total": True}))).total == count, query


async def test_the_week_begins_where_the_user_says(furnished: TasksClient) -> None:
    await furnished.set_preferences(wire.PreferencesEdit.model_validate({"week_start": "sunday"}))
    assert (await furnished.overview()).due_week == 5
    assert (await furnished.tasks(wire.TaskQuery(when="this week", total=True))).total == 5
    await furnished.create([due("2026-11-28")])
    assert (await furnished.overview()).due_week == 6


async def test_what_is_overdue_comes_before_what_is_due_today(furnished: TasksClient) -> None:
    titles = [task.title for task in (await furnished.overview()).attention]
    assert titles == ["2026-11-22 None", "2026-11-24 09:00", "2026-11-24 None", "2026-11-24 18:00"]
    two = await furnished.overview(wire.OverviewQuery(limit=2))
    assert [task.title for task in two.attention] == titles[:2]
    assert (await furnished.overview(wire.OverviewQuery(limit=0))).attention == []


async def test_tags_are_those_of_open_tasks_with_the_most_used_first(furnished: TasksClient) -> None:
    await furnished.update_tags([wire.TagEdit(tag="work", colour="#123456")])
    assert [(tag.name, tag.open, tag.colour) for tag in (await furnished.overview()).tags] == [
        ("work", 3, "#123456"),
        ("home", 2, None),
    ]


async def test_the_moment_of_the_words_counts_as_now(furnished: TasksClient) -> None:
    asked = wire.OverviewQuery(said_at=dt.datetime(2026, 11, 24, 13, tzinfo=dt.UTC))
    assert (await furnished.overview(asked)).overdue == 1


async def test_who_has_nothing_gets_an_overview_of_nothing(world: World) -> None:
    overview = await world.client("nobody").overview()
    assert (overview.open, overview.tags, overview.attention) == (0, [], [])
