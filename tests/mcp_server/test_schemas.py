"""The tools as a client sees them: small schemas, strict arguments, sentences for what is wrong, hints that are there."""

import json
from collections.abc import Iterator

import pytest
from mcp import Client
from mcp.types import CallToolResult, TextContent, Tool

from mcp_server.server import INSTRUCTIONS, build
from taskora.api.client import TasksClient
from tests.mcp_server import unreachable

pytestmark = pytest.mark.anyio

TOKENS_ALLOWED = 7300
"""Of four characters. The limit is 8,000: what is left is for the tool that nobody thought of yet."""
NAMES = {
    "add_tasks",
    "find_tasks",
    "update_tasks",
    "complete_tasks",
    "reopen_tasks",
    "delete_tasks",
    "restore_tasks",
    "undo",
    "reschedule_tasks",
    "manage_tags",
    "preferences",
    "get_overview",
    "get_tasks",
    "get_activity",
    "manage_series",
}


async def listed() -> list[Tool]:
    async with Client(build(unreachable.client)) as client:
        return (await client.list_tools()).tools


async def called(name: str, arguments: dict[str, object]) -> CallToolResult:
    async with Client(build(unreachable.client)) as client:
        return await client.call_tool(name, arguments)


def text(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def keywords(schema: object) -> Iterator[tuple[str, object]]:
    """Return every keyword of a schema with its value, at any depth."""
    if isinstance(schema, dict):
        for key, value in schema.items():
            yield key, value
            yield from keywords(value)
    elif isinstance(schema, list):
        for item in schema:
            yield from keywords(item)


async def test_all_schemas_and_instructions_together_stay_small() -> None:
    tools = [tool.model_dump(by_alias=True, exclude_none=True, mode="json") for tool in await listed()]
    assert {tool["name"] for tool in tools} == NAMES
    tokens = len(json.dumps(tools, separators=(",", ":")) + INSTRUCTIONS) / 4
    assert tokens < TOKENS_ALLOWED


async def test_schemas_hold_no_title_no_null_and_no_reference() -> None:
    for tool in await listed():
        for schema in (tool.input_schema, tool.output_schema):
            found = list(keywords(schema))
            assert not [value for key, value in found if key == "title" and isinstance(value, str)]
            assert not [key for key, _ in found if key in {"anyOf", "oneOf", "$ref", "$defs"}]
            assert "null" not in json.dumps(schema)


PORTABLE = {
    "type",
    "description",
    "properties",
    "required",
    "items",
    "enum",
    "additionalProperties",
    "default",
    "format",
}
BOUNDS = {"minimum", "maximum", "minItems", "maxItems", "maxLength"}


async def test_schemas_of_arguments_hold_only_keywords_that_every_client_takes() -> None:
    """Gemini refuses nullable unions, unknown keywords, and formats of text other than date-time."""

    def check(schema: dict[str, object]) -> None:
        assert schema.keys() <= PORTABLE | BOUNDS
        assert schema.get("format", "date-time") == "date-time"
        assert isinstance(schema["type"], str)
        properties = schema.get("properties", {})
        assert isinstance(properties, dict)
        for inner in [*properties.values(), *([schema["items"]] if "items" in schema else [])]:
            assert isinstance(inner, dict)
            check(inner)

    for tool in await listed():
        check(tool.input_schema)


async def test_every_object_that_goes_in_refuses_what_it_does_not_know() -> None:
    for tool in await listed():
        objects = [dict(tool.input_schema), *(value for _, value in keywords(tool.input_schema))]
        shapes = [shape for shape in objects if isinstance(shape, dict) and shape.get("type") == "object"]
        assert shapes
        assert all(shape["additionalProperties"] is False for shape in shapes)


async def test_every_tool_says_what_it_is_and_gives_every_hint() -> None:
    for tool in await listed():
        assert tool.description
        hints = tool.annotations
        assert hints is not None
        assert hints.title == tool.title
        assert hints.open_world_hint is False
        assert hints.read_only_hint is tool.name.startswith(("find_", "get_"))
        assert hints.destructive_hint is not None
        assert hints.idempotent_hint is not None


@pytest.mark.parametrize(
    ("name", "arguments", "sentence"),
    [
        ("find_tasks", {"limt": 3}, "limt: there is no such argument. Did you mean limit? Known here: any_tags, "),
        (
            "add_tasks",
            {"items": [{"titel": "x"}]},
            "items.0.titel: there is no such argument. Did you mean title? Known",
        ),
        ("add_tasks", {"items": []}, "items: this must not be empty"),
        ("add_tasks", {}, "items: this argument is needed"),
        ("add_tasks", {"items": [{"text": " "}]}, "items.0.text: this must not be empty"),
        ("find_tasks", {"tags": []}, "tags: this must not be empty. An empty value never stands for all tasks"),
        ("find_tasks", {"text": ""}, "text: this must not be empty"),
        ("delete_tasks", {"tasks": []}, "An empty value never stands for all tasks"),
        ("delete_tasks", {"tasks": [""]}, "An empty value never stands for all tasks"),
        ("complete_tasks", {"tasks": ["1"] * 101}, "tasks:"),
        ("update_tasks", {"items": [{"task": "1", "scope": "this"}]}, "items.0: say what shall change"),
        ("update_tasks", {"items": [{"task": "1", "priority": "huge"}]}, "'low', 'medium', 'high' or 'urgent'"),
        ("add_tasks", {"items": [{"text": "x"}], "said_at": "2026-11-24T09:00:00"}, "timezone"),
        ("undo", {"tasks": ["1"]}, "tasks: there is no such argument"),
    ],
)
async def test_arguments_of_the_wrong_form_are_named(name: str, arguments: dict[str, object], sentence: str) -> None:
    result = await called(name, arguments)
    assert result.is_error
    assert sentence in text(result)
    assert text(result).endswith("Nothing was changed. Correct this and call again.")
    assert "pydantic" not in text(result)


async def test_a_service_that_is_away_is_a_sentence_with_advice() -> None:
    result = await called("find_tasks", {})
    assert result.is_error
    assert text(result) == "The task service can't be reached. Nothing was changed; try again in a moment."


async def test_what_nobody_foresaw_is_told_with_a_reference_and_not_with_its_text() -> None:
    def broken() -> TasksClient:
        raise RuntimeError("secret detail")

    async with Client(build(broken)) as client:
        result = await client.call_tool("find_tasks", {})
    assert result.is_error
    assert "reference 0" in text(result)
    assert "secret detail" not in text(result)


async def test_a_list_that_came_as_text_and_a_bare_number_are_understood() -> None:
    async with Client(build(unreachable.client)) as client:
        for tasks in ('["#1"]', [1]):
            result = await client.call_tool("complete_tasks", {"tasks": tasks})
            assert "can't be reached" in text(result)
