"""The next dates of a series: those that come of it if each task is completed on its day."""

import datetime as dt

import pytest

from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.domain.errors import Conflict, InvalidField
from tests.tasks.world import World, only, repeating, target

pytestmark = pytest.mark.anyio


def days(dates: wire.Dates) -> list[str]:
    return [due.date.isoformat() for due in dates.dates]


async def test_the_dates_follow_that_of_the_open_task(ada: TasksClient) -> None:
    task = only(await ada.create([repeating(rrule="FREQ=WEEKLY;BYDAY=MO,TH", date="2026-11-26")]))
    dates = await ada.dates(task.id, count=3)
    assert days(dates) == ["2026-11-30", "2026-12-03", "2026-12-07"]
    assert (dates.task_id, dates.text, dates.ends) == (task.id, "every Mon and Thu at 09:00", False)
    assert dates.dates[0].at == dt.datetime(2026, 11, 30, 14, tzinfo=dt.UTC)


async def test_the_dates_are_those_that_completing_gives(world: World, ada: TasksClient) -> None:
    await ada.create([repeating(rrule="FREQ=MONTHLY;BYMONTHDAY=31;COUNT=4", date="2026-11-30")])
    dates = await ada.dates("#1", count=10)
    assert dates.ends
    made = []
    for number in range(1, 5):
        await ada.complete([target(f"#{number}")])
        await world.settle()
        following = (await ada.tasks()).tasks
        made += [task.due.date.isoformat() for task in following if task.due]
    assert days(dates) == made == ["2026-12-31", "2027-01-31", "2027-02-28"]


async def test_a_series_counted_from_completion_goes_on_from_each_date(ada: TasksClient) -> None:
    await ada.create([repeating(rrule="FREQ=DAILY;INTERVAL=3", date="2026-11-26", time=None, anchor="completion")])
    assert days(await ada.dates("1", count=2)) == ["2026-11-29", "2026-12-02"]


async def test_dates_that_have_passed_are_none_of_the_next(ada: TasksClient) -> None:
    await ada.create([repeating(date="2026-11-20")])
    assert days(await ada.dates("1", count=2)) == ["2026-11-25", "2026-11-26"]


async def test_the_end_of_a_series_is_told(ada: TasksClient) -> None:
    await ada.create([repeating(rrule="FREQ=DAILY;UNTIL=20261127", date="2026-11-25")])
    assert (await ada.dates("1", count=1)).ends is False
    dates = await ada.dates("1", count=2)
    assert (days(dates), dates.ends) == (["2026-11-26", "2026-11-27"], True)


async def test_a_stopped_series_has_no_dates(ada: TasksClient) -> None:
    await ada.create([repeating()])
    await ada.stop([target("#1")])
    dates = await ada.dates("1")
    assert (dates.dates, dates.ends) == ([], True)


async def test_what_does_not_repeat_has_no_dates(ada: TasksClient) -> None:
    await ada.create([wire.NewTask(title="a")])
    with pytest.raises(Conflict, match="does not repeat"):
        await ada.dates("1")
    with pytest.raises(InvalidField):
        await ada.dates("1", count=0)
