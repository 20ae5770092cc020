"""A user reaches only their own tasks, on every route and in every way to name a task."""

import pytest

from services.kit.tokens import TokenSigner
from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.domain.actor import Actor, ActorKind, Channel, Principal
from taskora.domain.errors import Conflict, NotFound
from tests.tasks.world import KEY, World, only, problem, repeating, target

pytestmark = pytest.mark.anyio

ROUTES = [
    ("GET", "/tasks"),
    ("POST", "/tasks"),
    ("PATCH", "/tasks"),
    ("POST", "/tasks/complete"),
    ("POST", "/tasks/reopen"),
    ("POST", "/tasks/delete"),
    ("POST", "/tasks/restore"),
    ("POST", "/tasks/skip"),
    ("POST", "/tasks/stop"),
    ("POST", "/undo"),
    ("GET", "/tasks/1"),
    ("GET", "/preferences"),
    ("PATCH", "/preferences"),
    ("GET", "/changes"),
]


@pytest.mark.requirement("R-013")
async def test_nobody_reaches_another_user_s_task(ada: TasksClient, bob: TasksClient) -> None:
    task = only(await ada.create([repeating(tags=["secret"])]))
    for reference in (task.id, "#1", "1", "standup"):
        edit = wire.TaskEdit(task=reference, title="mine now")
        for answer in (
            await bob.update([edit]),
            await bob.complete([target(reference)]),
            await bob.reopen([target(reference)]),
            await bob.delete([target(reference)]),
            await bob.restore([target(reference)]),
            await bob.skip([target(reference)]),
            await bob.stop([target(reference)]),
        ):
            assert problem(answer).code == "not_found"
    for reference in (task.id, "1"):
        with pytest.raises(NotFound):
            await bob.task(reference)
    with pytest.raises(Conflict):
        await bob.undo()
    assert (await bob.tasks(wire.TaskQuery(status="all"))).total == 0
    assert (await bob.tasks(wire.TaskQuery(tag=["secret"]))).total == 0
    assert (await bob.changes()).changes == []
    assert await ada.task(task.id) == task


@pytest.mark.requirement("R-013")
async def test_users_have_numbers_tags_keys_and_preferences_of_their_own(ada: TasksClient, bob: TasksClient) -> None:
    for client, tag in ((ada, "Work"), (bob, "work")):
        task = only(await client.create([wire.NewTask(title="a", tags=[tag])], key="same"))
        assert (task.number, task.tags) == (1, [tag])
        assert [change.sequence for change in (await client.changes()).changes] == [1]
    await ada.set_preferences(wire.PreferencesEdit(zone="Asia/Tokyo"))
    assert (await bob.preferences()).zone == "America/New_York"


@pytest.mark.parametrize(("method", "path"), ROUTES)
async def test_every_route_asks_for_a_token(world: World, method: str, path: str) -> None:
    response = await world.http.request(method, f"/api/v1{path}")
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert response.json()["code"] == "unauthenticated"


@pytest.mark.parametrize(("method", "path"), ROUTES)
async def test_every_route_refuses_a_token_for_another_service(world: World, method: str, path: str) -> None:
    token = TokenSigner(KEY).sign(Principal("ada", Actor(ActorKind.USER), Channel.CHAT), "agent")
    response = await world.http.request(method, f"/api/v1{path}", headers={"Authorization": f"Bearer {token}"})
    assert response.status_code == 401


async def test_no_route_is_missing_from_this_test(world: World) -> None:
    routes = {(method, route.path) for route in world.service.router.routes for method in route.methods}  # type: ignore[attr-defined]  # Starlette types a route as its base class
    assert routes == {(method, "/api/v1" + path.replace("/1", "/{reference}")) for method, path in ROUTES}


async def test_the_user_of_a_request_comes_from_the_token_alone(world: World, bob: TasksClient) -> None:
    headers = world.headers("ada", **{"X-User-ID": "bob", "X-Forwarded-User": "bob"})
    body = {"items": [{"title": "a", "user_id": "bob"}, {"title": "b"}], "user_id": "bob"}
    refused = await world.http.post("/api/v1/tasks?user_id=bob", headers=headers, json=body)
    assert refused.status_code == 422
    del body["user_id"]
    answer = await world.http.post("/api/v1/tasks?user_id=bob", headers=headers, json=body)
    assert [result["ok"] for result in answer.json()["results"]] == [False, True]
    assert (await bob.tasks()).total == 0
