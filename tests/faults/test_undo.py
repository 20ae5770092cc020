"""The host is killed over an undo. The completion and its next task are taken back together, once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.house import House, living
from tests.faults.ledger import assert_nothing_lost_or_doubled
from tests.faults.steps import COMMAND, Step


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Give a house in which the daily standup is done and the next one open, and whose host has ended."""
    house = House(tmp_path_factory.mktemp("done"))
    with living(house):
        house.post("/tasks", {"items": [{"text": "daily task standup due 9am"}]}, "add")
        house.post("/tasks/complete", {"items": [{"task": "standup"}]}, "done")
        house.drain()
    return house


@pytest.fixture
def house(done: House, tmp_path: Path) -> Iterator[House]:
    with living(done.copy_to(tmp_path / "house")) as house:
        yield house


@pytest.mark.parametrize("step", COMMAND, ids=str)
def test_a_host_killed_over_an_undo_takes_both_back_once(house: House, step: Step) -> None:
    house.arm(step.place)
    assert house.post("/undo", {}, "undo") is None
    house.await_death()
    house.start()
    answer = house.post("/undo", {}, "undo")
    assert answer is not None
    house.drain()
    first, following = house.rows("SELECT * FROM tasks_task ORDER BY number")
    assert (first["status"], first["next_reason"]) == ("open", None)
    assert following["deleted_at"] is not None
    assert house.rows("SELECT made FROM tasks_series") == [{"made": 1}]
    assert_nothing_lost_or_doubled(house)
