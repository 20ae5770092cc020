"""The OpenAPI document: every route says what it takes and gives, and what it says is so."""

import json
import re
from typing import Any

import pytest
from pydantic import BaseModel

from services.tasks.description import DESCRIBED
from services.tasks.examples import ANSWERS
from taskora.api import wire
from taskora.api.client import TasksClient
from tests.tasks.world import World

pytestmark = pytest.mark.anyio
Json = dict[str, Any]


@pytest.fixture
async def document(world: World) -> Json:
    answer = await world.http.get("/openapi.json")
    assert answer.status_code == 200
    found: Json = answer.json()
    return found


def operations(document: Json) -> dict[tuple[str, str], Json]:
    return {
        (method.upper(), path.removeprefix("/api/v1")): operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


async def test_every_route_says_what_it_takes_and_gives_and_how_it_refuses(world: World, document: Json) -> None:
    described = operations(document)
    routes = {(method, route.path) for route in world.service.router.routes for method in route.methods}  # type: ignore[attr-defined]  # Starlette types a route as its base class
    assert {(method, "/api/v1" + path) for method, path in described} == routes
    assert described.keys() == DESCRIBED.keys()
    for (method, _), operation in described.items():
        assert operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
        assert operation["responses"]["200"]["content"]["application/json"]["example"]
        assert {"401", "429", "503"} <= operation["responses"].keys()
        for status, answer in operation["responses"].items():
            if status not in {"200", "304"}:
                examples = answer["content"]["application/problem+json"]["examples"].values()
                assert all(example["value"]["status"] == int(status) for example in examples)
        assert ("requestBody" in operation) == (method not in {"GET", "DELETE"})
        assert ("304" in operation["responses"]) == (method == "GET")


async def test_every_part_of_a_path_is_said_to_be_a_parameter(document: Json) -> None:
    for (_, path), operation in operations(document).items():
        named = {one["name"] for one in operation["parameters"] if one["in"] == "path"}
        assert named == set(re.findall(r"{(\w+)}", path))


async def test_every_name_that_is_referred_to_is_in_the_document(document: Json) -> None:
    named = set(re.findall(r"#/components/schemas/(\w+)", str(document)))
    assert named
    assert named <= document["components"]["schemas"].keys()
    assert "#/$defs/" not in str(document)


async def test_the_examples_are_taken_and_answered_as_the_document_says(world: World, document: Json) -> None:
    for (method, path), operation in operations(document).items():
        if "requestBody" not in operation:
            continue
        example = operation["requestBody"]["content"]["application/json"].get("example")
        address = "/api/v1" + path.format(reference="1")
        answer = await world.http.request(method, address, json=example or {}, headers=world.headers())
        assert answer.status_code in {200, 409}, (path, answer.text)
        if answer.status_code == 200:
            DESCRIBED[method, path].answer.model_validate(answer.json())


@pytest.mark.parametrize("model", ANSWERS, ids=lambda model: model.__name__)
def test_the_example_of_an_answer_is_one(model: type[BaseModel]) -> None:
    example = ANSWERS[model]
    read = model.model_validate(example).model_dump(mode="json", exclude_unset=True, by_alias=True)
    assert set(json.loads(json.dumps(read))) == set(example)
    assert unknown(example, read) == []


def unknown(example: Any, read: Any, path: str = "") -> list[str]:
    """Return the members of an example that its model does not know."""
    if isinstance(example, dict) and isinstance(read, dict):
        strange = [f"{path}.{name}" for name in example if name not in read]
        return strange + [
            one for name in example if name in read for one in unknown(example[name], read[name], f"{path}.{name}")
        ]
    if isinstance(example, list) and isinstance(read, list):
        return [one for pair in zip(example, read, strict=True) for one in unknown(*pair, path)]
    return []


async def test_every_parameter_that_the_document_names_is_taken(world: World, ada: TasksClient, document: Json) -> None:
    parameters = [one for one in operations(document)["GET", "/tasks"]["parameters"] if one["in"] == "query"]
    assert {one["name"] for one in parameters} == wire.TaskQuery.model_fields.keys()
    await ada.create([wire.NewTask(title="a")])
    for name in ("overdue", "no_due", "untagged", "total", "trash"):
        answer = await world.http.get(f"/api/v1/tasks?{name}=true", headers=world.headers())
        assert answer.status_code == 200
