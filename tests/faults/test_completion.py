"""The host is killed at every step between a completion and its next task. There is always exactly one of each afterwards."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.house import House, Row, living
from tests.faults.ledger import assert_nothing_lost_or_doubled
from tests.faults.steps import COMPLETION, Step

STANDUP = {"items": [{"text": "daily task standup due 9am tagged work"}], "said_at": "2026-11-24T08:00:00-05:00"}
DONE = {"items": [{"task": "standup"}]}


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Give a house in which the daily standup is open, and whose host has ended."""
    house = House(tmp_path_factory.mktemp("morning"))
    with living(house):
        assert house.post("/tasks", STANDUP, "add") is not None
        house.drain()
    return house


@pytest.fixture
def house(morning: House, tmp_path: Path) -> Iterator[House]:
    with living(morning.copy_to(tmp_path / "house")) as house:
        yield house


def tasks(house: House) -> list[Row]:
    return house.rows("SELECT * FROM tasks_task ORDER BY number")


def assert_done_once(house: House) -> None:
    done, following = tasks(house)
    assert (done["status"], following["status"]) == ("completed", "open")
    assert following["predecessor_id"] == done["id"]
    assert following["caused_by"] == done["completed_by"]
    assert (done["due_date"], following["due_date"]) == ("2026-11-24", "2026-11-25")
    (series,) = house.rows("SELECT * FROM tasks_series")
    assert series["made"] == 2
    completions = house.rows("SELECT * FROM tasks_change WHERE type = 'task.completed'")
    assert [change["event_id"] for change in completions] == [done["completed_by"]]
    assert_nothing_lost_or_doubled(house)


@pytest.mark.requirement("R-030")
@pytest.mark.parametrize("step", COMPLETION, ids=str)
def test_a_host_killed_on_the_way_completes_once_and_makes_one_next_task(house: House, step: Step) -> None:
    house.arm(step.place, step.nth)
    house.post("/tasks/complete", DONE, "done")
    house.await_death()
    house.start()
    assert house.post("/tasks/complete", DONE, "done") is not None
    house.drain()
    assert_done_once(house)


def test_the_steps_are_all_the_places_that_a_completion_passes(house: House) -> None:
    house.arm("nowhere")
    house.post("/tasks/complete", DONE, "done")
    house.drain()
    assert set(house.passed()) == {step.place for step in COMPLETION}
    assert_done_once(house)


@pytest.mark.requirement("R-030")
def test_a_host_killed_again_and_again_on_one_way_ends_with_one_next_task(house: House) -> None:
    house.arm("after commit of the request")
    house.post("/tasks/complete", DONE, "done")
    house.await_death()
    for place in (
        "after commit of the broker on task-events",
        "after commit of the broker on task-commands",
        "within commit of the effect of task.create",
        "after commit of the effect of task.create",
        "after publish of task.created on task-events",
    ):
        house.arm(place)
        house.start_to_die()
        house.await_death()
    house.start()
    house.drain()
    assert_done_once(house)


@pytest.mark.requirement("R-029")
def test_weeks_of_downtime_make_one_task_not_one_for_each_date(house: House) -> None:
    house.arm("after commit of the request")
    house.post("/tasks/complete", DONE, "done")
    house.await_death()
    house.clock.advance(days=21)
    house.start()
    house.drain()
    assert_done_once(house)
    house.post("/tasks/complete", DONE, "three weeks later")
    house.drain()
    _, missed, following = tasks(house)
    assert missed["next_passed_over"] == 20
    assert following["due_date"] == "2026-12-16"
    assert house.clock.instant < dt.datetime.fromisoformat(following["due_at"]).replace(tzinfo=dt.UTC)
