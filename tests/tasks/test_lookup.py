"""Lookup: which tasks names mean, without changing any."""

import pytest

from taskora.api import wire
from taskora.api.client import TasksClient
from tests.tasks.world import World, target

pytestmark = pytest.mark.anyio


@pytest.fixture
async def furnished(ada: TasksClient) -> TasksClient:
    await ada.create([wire.NewTask(title=title) for title in ("call Ann", "call Bob", "pay rent", "buy milk")])
    await ada.complete([target("pay rent")])
    await ada.delete([target("buy milk")])
    return ada


def titles(answer: wire.BatchAnswer) -> list[str]:
    return [
        result.task.title if result.task else str(result.problem and result.problem.code) for result in answer.results
    ]


async def test_ids_numbers_and_words_name_a_task(furnished: TasksClient) -> None:
    first = (await furnished.task("1")).id
    answer = await furnished.lookup([target(name) for name in (first, "#1", "1", "ann", "the rent", "milk")])
    assert titles(answer) == ["call Ann"] * 4 + ["pay rent", "buy milk"]
    assert answer.command_id is None


async def test_several_that_fit_are_told(furnished: TasksClient) -> None:
    answer = await furnished.lookup([target("call"), target("nothing like it"), target("#9"), target("")])
    assert titles(answer) == ["ambiguous", "not_found", "not_found", "invalid"]
    assert answer.results[0].problem is not None
    assert {one.title for one in answer.results[0].problem.candidates or ()} == {"call Ann", "call Bob"}


async def test_a_scope_says_among_which_a_title_is_looked_for(furnished: TasksClient) -> None:
    found = {
        scope: titles(await furnished.lookup([target("rent"), target("milk"), target("ann")], scope=scope))
        for scope in ("open", "completed", "trash", "any")
    }
    assert found["open"] == ["not_found", "not_found", "call Ann"]
    assert found["completed"] == ["pay rent", "not_found", "not_found"]
    assert found["trash"] == ["not_found", "buy milk", "not_found"]
    assert found["any"] == ["pay rent", "buy milk", "call Ann"]
    assert titles(await furnished.lookup([target("#3")], scope="open")) == ["pay rent"]


async def test_a_version_that_has_passed_comes_with_the_task(furnished: TasksClient) -> None:
    answer = await furnished.lookup([target("#1", 1), target("#3", 1)])
    assert titles(answer) == ["call Ann", "stale_version"]
    assert answer.results[1].problem is not None
    assert answer.results[1].problem.task is not None


async def test_an_item_of_another_form_is_refused_alone(world: World, ada: TasksClient) -> None:
    await ada.create([wire.NewTask(title="a")])
    body = {"items": [{"task": "#1"}, {"name": "#1"}]}
    answer = await world.http.post("/api/v1/tasks/lookup", json=body, headers=world.headers())
    assert [result["ok"] for result in answer.json()["results"]] == [True, False]
    answer = await world.http.post("/api/v1/tasks/lookup", json={**body, "scope": "all"}, headers=world.headers())
    assert answer.status_code == 422
