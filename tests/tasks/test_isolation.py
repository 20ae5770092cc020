"""A user reaches only their own tasks: every route is asked by one user for what is another's, by every name it has.

A route without a case here fails a test. Topics, jobs and processes are elsewhere (tests/server, tests/dapr).
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from services.kit.tokens import TokenSigner
from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.domain.actor import Actor, ActorKind, Channel, Principal
from tests.tasks.world import KEY, World, only, repeating, target

pytestmark = pytest.mark.anyio

SHARED = {"items": [{"title": "the same words"}]}
"""What both users send under the same idempotency key."""
ZONE = "Asia/Tokyo"
Json = dict[str, Any]


@dataclass(frozen=True)
class Loot:
    """What Ada has, and by which names it could be reached."""

    open_task: wire.Task
    completed: wire.Task
    deleted: wire.Task
    command_id: str
    cursor: str
    texts: frozenset[str]

    @property
    def secrets(self) -> frozenset[str]:
        """Return what no answer to another may hold."""
        assert self.open_task.repeats is not None
        tasks = (self.open_task, self.completed, self.deleted)
        return self.texts | {task.id for task in tasks} | {self.open_task.repeats.series_id, self.command_id, ZONE}


@dataclass(frozen=True)
class Attempt:
    """A request of Bob, and what it may give: one code for each item, or of the whole; none when he gets his own."""

    code: str | None = None
    json: Json | None = None
    params: Json = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    path: Json = field(default_factory=dict)


Attempts = Callable[[Loot], Sequence[Attempt]]


def names(task: wire.Task) -> list[str]:
    return [task.id, f"#{task.number}", str(task.number), task.title, task.title.split()[0]]


def by_every_name(state: str, **more: object) -> Attempts:
    """Name Ada's task of that state in every way; Bob has none."""

    def attempts(loot: Loot) -> list[Attempt]:
        task: wire.Task = getattr(loot, state)
        alone = [Attempt("not_found", {"items": [{"task": name, **more}]}) for name in names(task)]
        together = {"items": [{"task": name, **more} for name in names(task)]}
        return [
            *alone,
            Attempt("not_found", together),
            Attempt("not_found", {"items": [{"task": task.id, "version": task.version, **more}]}),
            Attempt("not_found", {"items": [{"task": task.id, "version": 99, **more}]}),
        ]

    return attempts


def lists(loot: Loot) -> list[Attempt]:
    asked: list[Json] = [
        {"status": "all"},
        {"trash": "true"},
        {"status": "all", "trash": "true", "total": "true"},
        {"text": "quarterly"},
        {"text": "quarterly OR owner616461"},
        {"text": "owner616461"},
        {"tag": "Skunkworks"},
        {"any_tag": "skunkworks"},
        {"no_tag": "skunkworks"},
        {"cursor": loot.cursor, "status": "all", "limit": "1"},
        {"repeats": "true"},
        {"status": "completed"},
        {"overdue": "true"},
    ]
    return [Attempt(None, params=params) for params in asked]


def changes_of_tags(*more: Json) -> Attempts:
    return lambda _: [
        Attempt("not_found", {"items": [{"tag": name, **one}]})
        for name in ("Skunkworks", "#skunkworks")
        for one in more
    ]


CASES: dict[tuple[str, str], Attempts] = {
    ("GET", "/tasks"): lists,
    ("POST", "/tasks"): lambda _: [
        Attempt(None, SHARED, headers={"Idempotency-Key": "shared"}),
        Attempt("invalid", {"items": [{"title": "a", "user_id": "ada"}]}),
        Attempt(None, {"items": [{"title": "a"}]}, params={"user_id": "ada"}, headers={"X-User-ID": "ada"}),
    ],
    ("PATCH", "/tasks"): by_every_name("open_task", title="mine now"),
    ("POST", "/tasks/complete"): by_every_name("open_task"),
    ("POST", "/tasks/skip"): by_every_name("open_task"),
    ("POST", "/tasks/stop"): by_every_name("open_task"),
    ("POST", "/tasks/reopen"): by_every_name("completed"),
    ("POST", "/tasks/delete"): by_every_name("open_task"),
    ("POST", "/tasks/restore"): by_every_name("deleted"),
    ("POST", "/tasks/lookup"): lambda loot: [
        Attempt("not_found", {"items": [{"task": name} for name in names(task)], "scope": scope})
        for task in (loot.open_task, loot.completed, loot.deleted)
        for scope in ("open", "completed", "trash", "any")
    ],
    ("POST", "/undo"): lambda loot: [
        Attempt("conflict", {}),
        Attempt("not_found", {"command_id": loot.command_id}),
    ],
    ("GET", "/tasks/{reference}"): lambda loot: [
        Attempt("not_found", path={"reference": name})
        for task in (loot.open_task, loot.completed, loot.deleted)
        for name in (task.id, str(task.number))
    ],
    ("PATCH", "/tasks/{reference}"): lambda loot: [
        Attempt("not_found", {"title": "mine now", **more}, path={"reference": name}, headers=headers)
        for task in (loot.open_task, loot.completed, loot.deleted)
        for name in (task.id, str(task.number), "quarterly")
        for more in ({}, {"version": task.version})
        for headers in ({}, {"If-Match": "*"})
    ],
    ("DELETE", "/tasks/{reference}"): lambda loot: [
        Attempt("not_found", path={"reference": name}, headers=headers)
        for task in (loot.open_task, loot.completed, loot.deleted)
        for name in (task.id, str(task.number), "quarterly")
        for headers in ({}, {"If-Match": f'"{task.version}-00"'})
    ],
    ("GET", "/tasks/{reference}/dates"): lambda loot: [
        Attempt("not_found", path={"reference": name}) for name in (loot.open_task.id, str(loot.open_task.number))
    ],
    ("GET", "/overview"): lambda _: [Attempt(None), Attempt("invalid", params={"user": "ada"})],
    ("GET", "/activity"): lambda loot: [
        Attempt(None),
        Attempt(None, params={"task": loot.open_task.id}),
        Attempt(None, params={"type": "preferences.updated"}),
        Attempt(None, params={"actor": "user", "when": "today", "limit": "1"}),
        Attempt("not_found", params={"task": "quarterly"}),
        Attempt("not_found", params={"task": f"#{loot.open_task.number}"}),
        Attempt("invalid", params={"user_id": "ada"}),
    ],
    ("GET", "/tags"): lambda _: [Attempt(None)],
    ("PATCH", "/tags"): changes_of_tags({"name": "mine"}, {"colour": "red"}),
    ("POST", "/tags/delete"): changes_of_tags({}),
    ("GET", "/preferences"): lambda _: [Attempt(None), Attempt(None, params={"user": "ada"})],
    ("PATCH", "/preferences"): lambda _: [
        Attempt(None, {"week_start": "sunday"}),
        Attempt("invalid", {"week_start": "sunday", "user_id": "ada"}),
    ],
    ("GET", "/changes"): lambda _: [
        Attempt(None, params={"since": since, "limit": limit}) for since in (0, 3, 100) for limit in (1, 200)
    ],
}


def url(path: str, **names: str) -> str:
    return "/api/v1" + path.format(**{"reference": "1", **names})


async def state(client: TasksClient) -> list[object]:
    """Return all that a user can see."""
    return [
        await client.tasks(wire.TaskQuery(status="all", total=True)),
        await client.tasks(wire.TaskQuery(status="all", trash=True)),
        await client.changes(),
        await client.tags(),
        await client.preferences(),
        await client.overview(),
        await client.activity(),
    ]


@pytest.fixture
async def loot(world: World, ada: TasksClient) -> Loot:
    """Let Ada have a task of every state, a tag with a colour, preferences, a cursor and a key."""
    await world.http.post(url("/tasks"), json=SHARED, headers=world.headers("ada", **{"Idempotency-Key": "shared"}))
    await ada.set_preferences(wire.PreferencesEdit(zone=ZONE))
    created = [
        only(await ada.create([repeating("quarterly figures", tags=["Skunkworks"], description="the sum is 4711")])),
        *[only(await ada.create([wire.NewTask(title=f"quarterly {name}")])) for name in ("audit", "dinner")],
    ]
    await ada.update_tags([wire.TagEdit(tag="skunkworks", colour="#123456")])
    completed = only(await ada.complete([target(created[1])]))
    answer = await ada.delete([target(created[2])])
    cursor = (await ada.tasks(wire.TaskQuery(limit=1, status="all"))).next_cursor
    assert cursor is not None
    texts = frozenset({"quarterly", "figures", "audit", "dinner", "Skunkworks", "4711", "#123456"})
    return Loot(created[0], completed, only(answer), str(answer.command_id), cursor, texts)


@pytest.mark.requirement("R-013")
@pytest.mark.parametrize(("method", "path"), CASES)
async def test_no_route_gives_or_changes_what_is_another_user_s(
    world: World, ada: TasksClient, loot: Loot, method: str, path: str
) -> None:
    before = await state(ada)
    for attempt in CASES[method, path](loot):
        answer = await world.http.request(
            method,
            url(path, **attempt.path),
            json=attempt.json,
            params=attempt.params,
            headers=world.headers("bob", **attempt.headers),
        )
        sent = json.dumps([attempt.json, attempt.params, attempt.path])
        for secret in loot.secrets:
            assert secret in sent or secret not in answer.text, attempt
        assert codes(answer.json()) == {attempt.code}, attempt
    assert await state(ada) == before


def codes(answer: Json) -> set[str | None]:
    if "results" not in answer:
        return {answer.get("code")}
    return {None if result["ok"] else result["problem"]["code"] for result in answer["results"]}


@pytest.mark.requirement("R-013")
async def test_a_route_without_a_case_of_isolation_is_noticed(world: World) -> None:
    routes = {(method, route.path) for route in world.service.router.routes for method in route.methods}  # type: ignore[attr-defined]  # Starlette types a route as its base class
    assert routes == {(method, "/api/v1" + path) for method, path in CASES}


@pytest.mark.requirement("R-013")
async def test_users_have_numbers_tags_keys_and_preferences_of_their_own(ada: TasksClient, bob: TasksClient) -> None:
    for client, tag in ((ada, "Work"), (bob, "work")):
        task = only(await client.create([wire.NewTask(title="a", tags=[tag])], key="same"))
        assert (task.number, task.tags) == (1, [tag])
        assert [change.sequence for change in (await client.changes()).changes] == [1]
    await ada.set_preferences(wire.PreferencesEdit(zone="Asia/Tokyo"))
    assert (await bob.preferences()).zone == "America/New_York"


@pytest.mark.requirement("R-013")
async def test_a_name_that_two_users_use_means_to_each_their_own(
    ada: TasksClient, bob: TasksClient, loot: Loot
) -> None:
    mine = only(await bob.create([wire.NewTask(title=loot.open_task.title, tags=["skunkworks"])]))
    before = await state(ada)
    for name in ("quarterly figures", "#1"):
        assert only(await bob.complete([target(name)])).id == mine.id
        await bob.reopen([target(name)])
    await bob.update_tags([wire.TagEdit(tag="skunkworks", name="mine", colour="red")])
    assert [task.id for task in (await bob.tasks(wire.TaskQuery(text="quarterly"))).tasks] == [mine.id]
    assert (await bob.undo()).undone == "renaming the tag “skunkworks”"
    assert (await bob.delete_tags([wire.TagTarget(tag="skunkworks")])).results[0].ok
    await bob.undo()
    assert (await bob.undo()).results[0].task is not None
    assert await state(ada) == before


@pytest.mark.parametrize(("method", "path"), CASES)
async def test_every_route_asks_for_a_token(world: World, method: str, path: str) -> None:
    response = await world.http.request(method, url(path))
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert response.json()["code"] == "unauthenticated"


@pytest.mark.parametrize(("method", "path"), CASES)
async def test_every_route_refuses_a_token_for_another_service(world: World, method: str, path: str) -> None:
    token = TokenSigner(KEY).sign(Principal("ada", Actor(ActorKind.USER), Channel.CHAT), "agent")
    response = await world.http.request(method, url(path), headers={"Authorization": f"Bearer {token}"})
    assert response.status_code == 401
