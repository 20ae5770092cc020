"""What bad input gets over HTTP: a problem that names the field and the accepted forms, and nothing is changed."""

from typing import Any

import pytest

from taskora.api.client import TasksClient
from tests.tasks.world import World

pytestmark = pytest.mark.anyio
Json = dict[str, Any]
Case = tuple[str, str, Json, str, str]
"""Method, path, body; the field at fault and a word of what is accepted."""


def new(**fields: object) -> Json:
    return {"items": [{"title": "a", **fields}]}


def edit(**fields: object) -> Json:
    return {"items": [{"task": "#1", **fields}]}


DAILY = {"due": {"date": "2026-11-25"}, "rrule": "FREQ=DAILY"}
ITEMS: list[Case] = [
    ("POST", "/tasks", new(priority="p9"), "priority", "low"),
    ("POST", "/tasks", new(due={"date": "soon"}), "due.date", "date"),
    ("POST", "/tasks", new(due={"date": "2026-02-30"}), "due.date", "date"),
    ("POST", "/tasks", new(due={"date": "2026-11-25", "time": "9:00", "zone": "Mars/Base"}), "due.time", "time"),
    ("POST", "/tasks", new(due={"date": "2026-11-25", "time": "09:00", "zone": "Mars/Base"}), "due", "Europe/Paris"),
    ("POST", "/tasks", new(rrule="FREQ=NEVER"), "rrule", "FREQ="),
    ("POST", "/tasks", new(rrule="every day"), "rrule", "FREQ="),
    ("POST", "/tasks", new(repeat="every blue moon"), "repeat", "every"),
    ("POST", "/tasks", new(when="whenever you like"), "when", "tomorrow"),
    ("POST", "/tasks", new(tags=["x" * 51]), "tags", "50"),
    ("POST", "/tasks", new(tags=["#"]), "tags", "name"),
    ("POST", "/tasks", new(tags="home"), "tags", "list"),
    ("POST", "/tasks", new(tags=[str(number) for number in range(60)]), "tags", "tags"),
    ("POST", "/tasks", new(reminders=["soon"]), "reminders", "-PT30M"),
    ("POST", "/tasks", new(duration_min=0), "duration_min", "minute"),
    ("POST", "/tasks", {"items": [{"title": ""}]}, "title", "title"),
    ("POST", "/tasks", {"items": [{"title": "x" * 501}]}, "title", "500"),
    ("POST", "/tasks", new(colour="red"), "colour", "no field"),
    ("PATCH", "/tasks", edit(shift="two days"), "shift", "P2D"),
    ("PATCH", "/tasks", edit(clear=["title"]), "clear.0", "description"),
    ("PATCH", "/tasks", edit(), "task", "field"),
    ("PATCH", "/tasks", edit(title="b", scope="past"), "scope", "future"),
    ("PATCH", "/tasks", edit(title="b", version=7), "version", "version 1"),
    ("PATCH", "/tags", {"items": [{"tag": "home", "colour": "reddish"}]}, "colour", "#rrggbb"),
    ("PATCH", "/tags", {"items": [{"tag": "home", "name": ""}]}, "name", "name"),
    ("POST", "/tasks/complete", {"items": [{"task": ""}]}, "task", "number"),
    ("POST", "/tasks/complete", {"items": [{}]}, "task", "missing"),
]
WHOLE: list[Case] = [
    ("POST", "/tasks", {"items": [{"title": "a"}] * 101}, "items", "at most 100"),
    ("PATCH", "/tags", {"items": [{"tag": "a"}] * 101}, "items", "at most 100"),
    ("POST", "/tasks", new() | {"atomic": "perhaps"}, "atomic", "boolean"),
    ("POST", "/tasks", new() | {"said_at": "0001-01-01T00:00:00Z"}, "said_at", "present"),
    ("PATCH", "/preferences", {"zone": "Mars/Base"}, "zone", "Europe/Paris"),
    ("PATCH", "/preferences", {"locale": "x"}, "locale", "de-AT"),
    ("PATCH", "/preferences", {"week_start": "friday"}, "week_start", "monday"),
    ("PATCH", "/preferences", {"all_day_time": "9 o'clock"}, "all_day_time", "time"),
    ("POST", "/undo", {"command": "x"}, "command", "no field"),
]


@pytest.fixture
async def one(world: World) -> World:
    await world.http.post("/api/v1/tasks", json=new(tags=["home"]), headers=world.headers())
    return world


def says(problem: Json, field: str, accepted: str) -> None:
    assert problem["field"] == field, problem
    assert accepted in problem["detail"] + problem["advice"], problem


@pytest.mark.parametrize("case", ITEMS)
async def test_an_item_that_is_wrong_is_refused_alone(one: World, ada: TasksClient, case: Case) -> None:
    method, path, body, field, accepted = case
    answer = await one.http.request(method, f"/api/v1{path}", json=body, headers=one.headers())
    assert answer.status_code == 200
    (result,) = answer.json()["results"]
    assert not result["ok"]
    says(result["problem"], field, accepted)
    assert len((await ada.changes()).changes) == 1


@pytest.mark.parametrize("case", WHOLE)
async def test_a_request_that_is_wrong_is_refused_as_a_whole(one: World, ada: TasksClient, case: Case) -> None:
    method, path, body, field, accepted = case
    answer = await one.http.request(method, f"/api/v1{path}", json=body, headers=one.headers())
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    says(answer.json(), field, accepted)
    assert len((await ada.changes()).changes) == 1


async def test_a_key_that_comes_back_with_other_content_is_named(one: World, ada: TasksClient) -> None:
    headers = one.headers(**{"Idempotency-Key": "k"})
    await one.http.post("/api/v1/tasks", json=new(), headers=headers)
    answer = await one.http.post("/api/v1/tasks", json=new(priority="high"), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    says(answer.json(), "Idempotency-Key", "new key")
    assert len((await ada.changes()).changes) == 2
