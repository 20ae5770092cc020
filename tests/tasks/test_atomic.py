"""Batches of which all items are done or none: each item says what became of it."""

import pytest

from taskora.api.client import TasksClient
from tests.tasks.world import World

pytestmark = pytest.mark.anyio
GOOD = {"title": "good"}
BAD = {"title": "bad", "priority": "highest"}


async def post(world: World, body: dict[str, object], path: str = "", **headers: str) -> dict[str, object]:
    answer = await world.http.post(f"/api/v1/tasks{path}", json=body, headers=world.headers(**headers))
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


def codes(answer: dict[str, object]) -> list[str]:
    results = answer["results"]
    assert isinstance(results, list)
    return ["ok" if result["ok"] else result["problem"]["code"] for result in results]


async def test_one_bad_item_undoes_the_good_ones_when_all_or_none_are_asked_for(world: World, ada: TasksClient) -> None:
    answer = await post(world, {"items": [GOOD, BAD, GOOD], "atomic": True})
    assert codes(answer) == ["not_done", "invalid", "not_done"]
    results = answer["results"]
    assert isinstance(results, list)
    assert "item 2 of 3" in results[0]["problem"]["detail"]
    assert (await ada.tasks()).total == 0
    assert await world.take() == []
    assert (await ada.changes()).changes == []


async def test_without_it_the_good_ones_stand(world: World, ada: TasksClient) -> None:
    assert codes(await post(world, {"items": [GOOD, BAD, GOOD]})) == ["ok", "invalid", "ok"]
    assert (await ada.tasks()).total == 2


async def test_all_good_ones_are_done_with_numbers_without_a_hole(world: World, ada: TasksClient) -> None:
    await post(world, {"items": [GOOD, BAD], "atomic": True})
    assert codes(await post(world, {"items": [GOOD, GOOD], "atomic": True})) == ["ok", "ok"]
    assert sorted(task.number for task in (await ada.tasks()).tasks) == [1, 2]
    assert [change.sequence for change in (await ada.changes()).changes] == [1, 2]


async def test_a_refusal_inside_the_transaction_undoes_what_came_before_it(world: World, ada: TasksClient) -> None:
    await post(world, {"items": [GOOD, {"title": "other"}]})
    answer = await post(world, {"items": [{"task": "#1"}, {"task": "#2", "version": 9}], "atomic": True}, "/complete")
    assert codes(answer) == ["not_done", "stale_version"]
    assert (await ada.tasks()).total == 2


async def test_the_answer_under_a_key_is_given_again(world: World, ada: TasksClient) -> None:
    body: dict[str, object] = {"items": [GOOD, BAD], "atomic": True}
    first = await post(world, body, **{"Idempotency-Key": "k"})
    assert await post(world, body, **{"Idempotency-Key": "k"}) == first
    assert (await ada.tasks()).total == 0
