"""Dates of a series that are left out or taken in again, and where it ends, all said in words; the rules stay."""

import datetime as dt
from typing import Any

import pytest

from taskora.api import wire
from taskora.api.client import TasksClient
from tests.tasks.world import World, only, problem, repeating, target

pytestmark = pytest.mark.anyio


async def change(client: TasksClient, task: str = "#1", **edit: Any) -> wire.BatchAnswer:
    return await client.update([wire.TaskEdit.model_validate({"task": task, **edit})])


async def days(client: TasksClient, count: int = 3) -> list[str]:
    return [due.date.isoformat() for due in (await client.dates("1", count=count)).dates]


async def test_a_date_is_left_out(world: World, ada: TasksClient) -> None:
    await ada.create([repeating()])
    changed = only(await change(ada, exclude=["thursday"]))
    assert changed.repeats is not None
    assert changed.repeats.excluded_dates == [dt.date(2026, 11, 26)]
    assert changed.repeats.text == "every day at 09:00, except Thu 26 Nov 2026"
    assert changed.due is not None
    assert changed.due.date == dt.date(2026, 11, 25)
    assert await days(ada) == ["2026-11-27", "2026-11-28", "2026-11-29"]
    await ada.complete([target("#1")])
    await world.settle()
    (following,) = (await ada.tasks()).tasks
    assert following.due is not None
    assert following.due.date == dt.date(2026, 11, 27)


async def test_a_range_leaves_out_the_dates_that_the_rule_has_in_it(ada: TasksClient) -> None:
    await ada.create([repeating(rrule="FREQ=WEEKLY;BYDAY=MO,TH", date="2026-11-26")])
    changed = only(await change(ada, exclude=["dec 24 to jan 2", "2026-12-03"]))
    assert changed.repeats is not None
    excluded = [str(date) for date in changed.repeats.excluded_dates]
    assert excluded == ["2026-12-24", "2026-12-28", "2026-12-31", "2026-12-03"]


async def test_one_of_several_times_of_a_day_is_left_out(ada: TasksClient) -> None:
    await ada.create([wire.NewTask(title="pill", repeat="every day at 9am and 5pm")])
    changed = only(await change(ada, exclude=["friday 5pm"]))
    assert changed.repeats is not None
    assert [date.isoformat() for date in changed.repeats.excluded_dates] == ["2026-11-27T17:00:00"]
    back = only(await change(ada, include=["friday 5pm"]))
    assert back.repeats is not None
    assert back.repeats.excluded_dates == []


async def test_dates_are_taken_in_again(ada: TasksClient) -> None:
    await ada.create([repeating()])
    await change(ada, exclude=["nov 27 to nov 29"])
    await change(ada, include=["saturday"])
    assert await days(ada) == ["2026-11-26", "2026-11-28", "2026-11-30"]
    assert "leave out" in problem(await change(ada, include=["saturday"])).detail


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("tomorrow", "the open task itself"),
        ("yesterday", "no date on"),
        ("some gibberish", "cannot read"),
        ("whenever", "names no day"),
        ("no date", "names no day"),
    ],
)
async def test_what_cannot_be_left_out_is_refused(ada: TasksClient, words: str, said: str) -> None:
    await ada.create([repeating()])
    refused = problem(await change(ada, exclude=[words]))
    assert refused.field == "exclude"
    assert said in refused.detail
    assert [change.sequence for change in (await ada.changes()).changes] == [1]


async def test_a_day_that_the_rule_does_not_have_is_refused(ada: TasksClient) -> None:
    await ada.create([repeating(rrule="FREQ=WEEKLY;BYDAY=MO", date="2026-11-30")])
    assert problem(await change(ada, exclude=["2026-12-08"])).field == "exclude"


async def test_what_is_left_out_already_changes_nothing(ada: TasksClient) -> None:
    await ada.create([repeating()])
    first = only(await change(ada, exclude=["friday"]))
    assert only(await change(ada, exclude=["friday"])).version == first.version


@pytest.mark.parametrize(
    ("words", "until", "count"),
    [
        ("on 24 dec", dt.date(2026, 12, 24), None),
        ("until 2026-12-24", dt.date(2026, 12, 24), None),
        ("at the end of june", dt.date(2027, 6, 30), None),
        ("for 3 weeks", dt.date(2026, 12, 14), None),
        ("after 5 times", None, 5),
        ("5 times", None, 5),
        ("never", None, None),
    ],
)
async def test_an_end_is_said_in_words(ada: TasksClient, words: str, until: dt.date | None, count: int | None) -> None:
    await ada.create([repeating(rrule="FREQ=DAILY;COUNT=9")])
    changed = only(await change(ada, ends=words))
    assert changed.repeats is not None
    assert (changed.repeats.until, changed.repeats.count) == (until, count)
    assert [rule.rrule for rule in changed.repeats.rules] == ["FREQ=DAILY"]


async def test_a_count_counts_from_the_open_task_on(world: World, ada: TasksClient) -> None:
    await ada.create([repeating()])
    await ada.complete([target("#1")])
    await world.settle()
    await change(ada, "#2", ends="after 2 times")
    for number in (2, 3):
        await ada.complete([target(f"#{number}")])
        await world.settle()
    assert (await ada.tasks()).tasks == []


async def test_an_end_that_cannot_be_is_refused(ada: TasksClient) -> None:
    await ada.create([repeating(rrule="FREQ=DAILY;COUNT=9"), wire.NewTask(title="once")])
    assert problem(await change(ada, ends="some day")).field == "ends"
    assert "does not repeat" in problem(await change(ada, "#2", ends="never")).detail
    assert problem(await change(ada, ends="never", scope="this")).field == "scope"
    await ada.set_preferences(wire.PreferencesEdit(require_end=True))
    assert "no end" in problem(await change(ada, ends="never")).detail
    await ada.stop([target("#1")])
    assert "does not repeat" in problem(await change(ada, exclude=["friday"])).detail


async def test_a_task_begins_to_repeat_with_an_end_and_without_a_date(world: World, ada: TasksClient) -> None:
    await ada.create([wire.NewTask(title="water", due=wire.DueInput(date=dt.date(2026, 11, 24)))])
    await change(ada, repeat="every day", ends="nov 27", exclude=["tomorrow"])
    assert await days(ada) == ["2026-11-26", "2026-11-27"]
    await ada.complete([target("#1")])
    await world.settle()
    (following,) = (await ada.tasks()).tasks
    assert following.repeats is not None
    assert following.repeats.until == dt.date(2026, 11, 27)
    assert following.due is not None
    assert following.due.date == dt.date(2026, 11, 26)


async def test_undo_gives_dates_and_end_back(ada: TasksClient) -> None:
    before = only(await ada.create([repeating()])).repeats
    await change(ada, exclude=["friday"], ends="after 3 times")
    undone = only(await ada.undo())
    assert undone.repeats == before
    assert (await ada.activity(wire.ActivityQuery(limit=2))).activity[0].text.startswith("undone: repeats every day")
