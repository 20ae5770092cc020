"""An idempotency key: the first answer again, whatever happened since; another request under it is refused."""

import asyncio

import pytest

from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.domain.errors import InvalidField, KeyReused
from tests.tasks.world import World, only, problem, target

pytestmark = pytest.mark.anyio

MILK = [wire.NewTask(title="milk")]


async def test_a_repeated_request_gets_the_first_answer_and_is_done_once(ada: TasksClient) -> None:
    first = await ada.create(MILK, key="k1")
    await ada.update([wire.TaskEdit(task="milk", title="oat milk")])
    assert await ada.create(MILK, key="k1") == first
    assert (await ada.tasks()).total == 1
    assert len((await ada.changes()).changes) == 2


async def test_requests_at_once_under_one_key_are_done_once(ada: TasksClient) -> None:
    answers = await asyncio.gather(*(ada.create(MILK, key="k1") for _ in range(5)))
    assert all(answer == answers[0] for answer in answers)
    assert (await ada.tasks()).total == 1


async def test_another_request_under_a_used_key_is_refused(ada: TasksClient) -> None:
    await ada.create(MILK, key="k1")
    with pytest.raises(KeyReused):
        await ada.create([wire.NewTask(title="bread")], key="k1")
    with pytest.raises(KeyReused):
        await ada.complete([target("milk")], key="k1")
    assert [task.title for task in (await ada.tasks()).tasks] == ["milk"]


async def test_a_refusal_is_given_again_too(ada: TasksClient) -> None:
    first = await ada.complete([target("milk")], key="k1")
    assert problem(first).code == "not_found"
    await ada.create(MILK)
    assert await ada.complete([target("milk")], key="k1") == first


async def test_an_undo_under_a_key_goes_back_once(ada: TasksClient) -> None:
    await ada.create(MILK)
    await ada.create([wire.NewTask(title="bread")])
    first = await ada.undo(key="k1")
    assert await ada.undo(key="k1") == first
    assert [task.title for task in (await ada.tasks()).tasks] == ["milk"]


async def test_a_request_that_failed_as_a_whole_can_be_sent_again_under_its_key(ada: TasksClient) -> None:
    with pytest.raises(InvalidField):
        await ada.create([], key="k1")
    assert only(await ada.create(MILK, key="k1")).title == "milk"


@pytest.mark.parametrize("key", ["", "x" * 256, "a\tb"])
async def test_a_key_of_another_form_is_refused(world: World, key: str) -> None:
    headers = world.headers(**{"Idempotency-Key": key})
    response = await world.http.post("/api/v1/tasks", headers=headers, json={"items": [{"title": "a"}]})
    assert response.status_code == 422
    assert response.json()["field"] == "Idempotency-Key"
