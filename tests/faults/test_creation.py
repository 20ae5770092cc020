"""The host is killed at every step of a creation. The task is there once, and so is its news."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.house import House, living
from tests.faults.ledger import assert_nothing_lost_or_doubled
from tests.faults.steps import CREATION, Step

ADD = {"items": [{"text": "daily task standup due 9am"}, {"text": "buy milk tomorrow"}]}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Give a house whose host has made the database and ended."""
    house = House(tmp_path_factory.mktemp("empty"))
    with living(house):
        pass
    return house


@pytest.fixture
def house(empty: House, tmp_path: Path) -> Iterator[House]:
    with living(empty.copy_to(tmp_path / "house")) as house:
        yield house


@pytest.mark.parametrize("step", CREATION, ids=str)
def test_a_host_killed_over_a_creation_has_each_task_once(house: House, step: Step) -> None:
    house.arm(step.place, step.nth)
    house.post("/tasks", ADD, "add")
    house.await_death()
    house.start()
    answer = house.post("/tasks", ADD, "add")
    assert answer is not None
    house.drain()
    stored = house.rows("SELECT id, number, title FROM tasks_task ORDER BY number")
    assert [(row["number"], row["title"]) for row in stored] == [(1, "standup"), (2, "buy milk")]
    assert [result["task"]["id"] for result in answer["results"]] == [row["id"] for row in stored]
    assert_nothing_lost_or_doubled(house)
