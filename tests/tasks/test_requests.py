"""What is wrong with a request as a whole is a clear problem and changes nothing."""

import pytest

from taskora.api import wire
from taskora.api.client import TasksClient
from tests.tasks.world import World, only

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "“items” is missing"),
        (b"{", "no valid JSON"),
        (b"[]", "wrong form"),
        (b"null", "wrong form"),
        (b'{"items": []}', "at least 1 item"),
        (b'{"items": "milk"}', "wrong form"),
        (b'{"items": [1]}', "wrong form"),
        (b'{"items": [{"title": "a"}], "item": 1}', "no field"),
        (b'{"items": [{"title": "a"}], "said_at": "2026-11-24T10:00:00"}', "timezone"),
        (b'{"items": [{"title": "\xff"}]}', "no valid JSON"),
        (b'{"items": [{"title": "\\ud800"}]}', "no valid JSON"),
        (b'{"items": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "no valid JSON"),
    ],
)
async def test_a_malformed_body_is_refused(world: World, ada: TasksClient, body: bytes, words: str) -> None:
    response = await world.http.post("/api/v1/tasks", headers=world.headers(), content=body)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert words in response.json()["detail"]
    assert (await ada.tasks()).total == 0


async def test_a_hundred_items_are_taken_and_more_are_refused(world: World, ada: TasksClient) -> None:
    answer = await ada.create([wire.NewTask(title=str(number)) for number in range(100)])
    assert all(result.ok for result in answer.results)
    body = {"items": [{"title": "a"}] * 101}
    response = await world.http.post("/api/v1/tasks", headers=world.headers(), json=body)
    assert response.status_code == 422
    assert "at most 100" in response.json()["detail"]
    assert (await ada.tasks(wire.TaskQuery(total=True))).total == 100


async def test_a_body_over_the_limit_is_refused_before_it_is_read(world: World, ada: TasksClient) -> None:
    body = b'{"items": [{"title": "a", "description": "' + b"x" * 10_000_000 + b'"}]}'
    response = await world.http.post("/api/v1/tasks", headers=world.headers(), content=body)
    assert response.status_code == 413
    assert response.json()["code"] == "too_large"
    assert (await ada.tasks()).total == 0


async def test_an_unknown_path_and_a_wrong_method_are_problems(world: World) -> None:
    unknown = await world.http.get("/api/v1/projects", headers=world.headers())
    assert (unknown.status_code, unknown.json()["code"]) == (404, "no_such_path")
    wrong = await world.http.delete("/api/v1/tasks", headers=world.headers())
    assert (wrong.status_code, wrong.json()["code"]) == (405, "method_not_allowed")


async def test_text_in_any_script_is_kept_as_it_is(ada: TasksClient) -> None:
    titles = ["买牛奶", "👩‍👩‍👧 dinner", "ça va", "'; DROP TABLE tasks_task; --", "<b>bold</b>", "مرحبا", "e\u0301"]
    for title in titles:
        task = only(await ada.create([wire.NewTask(title=title, description=title, tags=[title])]))
        stored = await ada.task(task.id)
        assert (stored.title, stored.description, stored.tags) == (title, title, [title])
