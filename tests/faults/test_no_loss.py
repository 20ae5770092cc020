"""No event is lost through a restart amid a hundred operations at once, or through an outage of the broker (R-064)."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.faults.house import House, Row, living
from tests.faults.ledger import assert_nothing_lost_or_doubled

TOGETHER = 100


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with living(House(tmp_path)) as house:
        yield house


def plant(number: int) -> Row:
    return {"items": [{"title": f"water plant {number}", "when": "today 9am", "repeat": "every day"}]}


def create(house: House, number: int) -> Row | None:
    return house.post("/tasks", plant(number), f"add {number}")


@pytest.mark.requirement("R-064")
def test_a_restart_amid_a_hundred_operations_at_once_loses_and_doubles_none(house: House) -> None:
    house.arm("after commit of the relay")
    with ThreadPoolExecutor(TOGETHER) as people:
        list(people.map(lambda number: create(house, number), range(TOGETHER)))
    house.await_death()
    house.start()
    with ThreadPoolExecutor(TOGETHER) as people:
        answers = list(
            people.map(lambda number: house.insist("/tasks", plant(number), f"add {number}"), range(TOGETHER))
        )
    house.drain()
    ids = {answer["results"][0]["task"]["id"] for answer in answers}
    assert len(ids) == TOGETHER
    stored = house.rows("SELECT id, number FROM tasks_task")
    assert {row["id"] for row in stored} == ids
    assert sorted(row["number"] for row in stored) == list(range(1, TOGETHER + 1))
    assert_nothing_lost_or_doubled(house)


@pytest.mark.requirement("R-064")
def test_an_outage_of_the_broker_delays_events_and_loses_none(house: House) -> None:
    house.begin_outage()
    for number in range(3):
        assert create(house, number) is not None
    answer = house.post("/tasks/complete", {"items": [{"task": "plant 1"}]}, "done")
    assert answer is not None
    assert answer["results"][0]["ok"]
    assert len(house.rows("SELECT * FROM tasks_outbox")) == 8
    house.kill()
    house.start()
    house.end_outage()
    house.drain()
    open_tasks = house.rows("SELECT * FROM tasks_task WHERE status = 'open' ORDER BY number")
    assert [row["title"] for row in open_tasks] == ["water plant 0", "water plant 2", "water plant 1"]
    assert_nothing_lost_or_doubled(house)
