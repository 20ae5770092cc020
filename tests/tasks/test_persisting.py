"""What was said at creation is shown at once, in every way of asking, and is still there when the service comes back."""

import datetime as dt

import pytest

from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.domain.task import Priority
from taskora.storage.database import Database
from tests.tasks.world import World, only

pytestmark = pytest.mark.anyio

EVERYTHING = wire.NewTask(
    title="Büro streichen",
    description="Farbe: Grün\nzwei Schichten",
    priority=Priority.URGENT,
    tags=["home", "Work", "ärger"],
    due=wire.DueInput(date=dt.date(2026, 12, 1), time=dt.time(17, 30), zone="Europe/Berlin"),
    duration_min=90,
    deadline=dt.date(2026, 12, 24),
    reminders=["-PT15M", "-P1D"],
    rrule="FREQ=MONTHLY;BYMONTHDAY=1",
)


@pytest.mark.requirement("R-008")
async def test_every_attribute_shows_at_once_and_outlives_the_service(
    world: World, ada: TasksClient, database_url: str
) -> None:
    task = only(await ada.create([EVERYTHING]))
    assert (task.title, task.description, task.priority) == ("Büro streichen", "Farbe: Grün\nzwei Schichten", "urgent")
    assert task.tags == ["home", "Work", "ärger"]
    assert task.due_text == "Tue 1 Dec 2026, 17:30 (Europe/Berlin)"
    assert (task.duration_min, task.deadline, task.reminders) == (90, dt.date(2026, 12, 24), ["-PT15M", "-P1D"])
    assert task.repeats is not None
    assert task.repeats.text == "every month on the 1st at 17:30"
    assert await ada.task(task.id) == task
    assert await ada.task("#1") == task
    assert (await ada.tasks()).tasks == [task]
    assert (await ada.tasks(wire.TaskQuery(text="grun", tag=["work"], priority=Priority.URGENT))).tasks == [task]
    await world.database.close()
    later = Database(database_url)
    again = World(later)
    assert (await again.client("ada").tasks()).tasks == [task]
    await later.close()
