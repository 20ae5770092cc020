"""Resources, updates, prompts and completions, as the official client gets them over HTTP in both eras."""

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import anyio
import pytest
from mcp import Client
from mcp.server.subscriptions import ResourceUpdated
from mcp.shared.exceptions import MCPError
from mcp.types import PromptReference, ResourceTemplateReference, TextContent, TextResourceContents

from mcp_server.server import build
from mcp_server.updates import OWN_LIMIT, Updates
from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.domain.task import Priority
from tests.hosts import LocalHost
from tests.mcp_server.served import ERAS, served, speaking

pytestmark = pytest.mark.anyio


@pytest.fixture(params=ERAS)
async def client(host: LocalHost, request: pytest.FixtureRequest) -> AsyncIterator[Client]:
    async with (
        served(host.host.app, host.host.end_streams) as url,
        speaking(url, host.token("mcp"), request.param) as speaker,
    ):
        yield speaker


async def read(client: Client, uri: str) -> Any:
    (content,) = (await client.read_resource(uri)).contents
    assert isinstance(content, TextResourceContents)
    assert content.mime_type == "application/json"
    return json.loads(content.text)


async def add(host: LocalHost, *lines: str) -> None:
    await host.tasks.create([wire.NewTask(text=line) for line in lines])


async def test_every_resource_and_prompt_is_described(client: Client) -> None:
    resources = (await client.list_resources()).resources
    templates = (await client.list_resource_templates()).resource_templates
    prompts = (await client.list_prompts()).prompts
    assert {resource.uri for resource in resources} == {"taskora://today", "taskora://tags"}
    assert {one.uri_template for one in templates} == {"taskora://tasks/{number}", "taskora://tags/{tag}"}
    assert {prompt.name for prompt in prompts} == {"plan_my_day", "weekly_review"}
    for kind in (resources, templates, prompts):
        assert all(one.title and one.description for one in kind)
    assert all(argument.description for prompt in prompts for argument in prompt.arguments or ())


async def test_today_is_what_is_overdue_and_what_is_due(client: Client, host: LocalHost) -> None:
    await add(host, "rent yesterday", "dentist today 3pm", "essay tomorrow", "someday")
    today = await read(client, "taskora://today")
    assert [task["title"] for task in today["tasks"]] == ["rent", "dentist"]
    assert (today["today"], today["zone"]) == ("Tue 2026-11-24", "America/New_York")
    assert (today["overdue"], today["due_today"], today["completed_today"]) == (1, 1, 0)


async def test_a_task_is_read_by_its_number_with_the_facts_of_the_tools(client: Client, host: LocalHost) -> None:
    await add(host, "dentist friday 3pm #health")
    task = await read(client, "taskora://tasks/1")
    assert (task["title"], task["due_text"], task["tags"]) == ("dentist", "Fri 27 Nov 2026, 15:00", ["health"])


async def test_tags_and_the_tasks_of_a_tag_are_read(client: Client, host: LocalHost) -> None:
    await add(host, "a #work", "b #work", "c #büro")
    assert {tag["name"]: tag["open"] for tag in (await read(client, "taskora://tags"))["tags"]} == {
        "work": 2,
        "büro": 1,
    }
    assert [task["title"] for task in (await read(client, "taskora://tags/b%C3%BCro"))["tasks"]] == ["c"]


@pytest.mark.parametrize(
    "uri", ["taskora://tasks/99", "taskora://tasks/nothing", "taskora://no", "file:///etc/passwd", "taskora://tasks/.."]
)
async def test_what_is_not_there_is_named_as_such(client: Client, uri: str) -> None:
    with pytest.raises(MCPError) as caught:
        await client.read_resource(uri)
    assert caught.value.error.code in {-32602, -32002}


async def test_a_plan_brings_today_along(client: Client, host: LocalHost) -> None:
    await add(host, "rent yesterday")
    found = await client.get_prompt("plan_my_day", {"tag": "home", "zone": "Asia/Tokyo"})
    resource, text = (message.content for message in found.messages)
    assert resource.type == "resource"
    assert "rent" in resource.resource.model_dump_json()
    assert isinstance(text, TextContent)
    assert "home" in text.text
    assert "Asia/Tokyo" in text.text
    assert (await client.get_prompt("weekly_review")).messages


async def test_an_unknown_prompt_is_the_clients_mistake(client: Client) -> None:
    with pytest.raises(MCPError) as caught:
        await client.get_prompt("nothing")
    assert caught.value.error.code == -32602


async def test_tags_zones_and_numbers_are_completed(client: Client, host: LocalHost) -> None:
    await add(host, "a #work", "b #work", "c #world", "d #home")
    plan = PromptReference(name="plan_my_day")
    tagged = ResourceTemplateReference(uri="taskora://tags/{tag}")
    numbered = ResourceTemplateReference(uri="taskora://tasks/{number}")

    async def values(ref: Any, name: str, begun: str) -> list[str]:
        return (await client.complete(ref, {"name": name, "value": begun})).completion.values

    assert await values(plan, "tag", "wo") == ["work", "world"]
    assert await values(tagged, "tag", "#H") == ["home"]
    assert (await values(plan, "zone", "berl")) == ["Europe/Berlin"]
    assert "America/New_York" in await values(plan, "zone", "new york")
    assert len(await values(plan, "zone", "")) == 100
    assert await values(numbered, "number", "4") == ["4"]
    assert await values(plan, "other", "x") == []


async def test_a_client_hears_of_changes_by_other_doors_and_only_of_what_it_watches(host: LocalHost) -> None:
    await add(host, "dentist today 3pm #health", "essay")
    async with (
        served(host.host.app, host.host.end_streams) as url,
        speaking(url, host.token("mcp")) as client,
        client.listen(resource_subscriptions=["taskora://today", "taskora://tasks/2", "taskora://tags"]) as stream,
    ):
        with anyio.fail_after(20):
            await host.tasks.update([wire.TaskEdit(task="2", priority=Priority.URGENT)])
            assert await anext(stream) == ResourceUpdated(uri="taskora://tasks/2")
            await host.tasks.complete([wire.TaskTarget(task="1")])
            heard = {await anext(stream), await anext(stream)}
            assert heard == {ResourceUpdated(uri="taskora://today"), ResourceUpdated(uri="taskora://tags")}


async def test_a_stream_ends_with_the_host(host: LocalHost) -> None:
    async with (
        served(host.host.app, host.host.end_streams) as url,
        speaking(url, host.token("mcp")) as client,
        client.listen(resource_subscriptions=["taskora://today"]) as stream,
    ):
        host.host.end_streams()
        with anyio.fail_after(5):
            assert [event async for event in stream] == []


async def test_a_stream_watches_a_bounded_number_of_resources(host: LocalHost) -> None:
    many = [f"taskora://tasks/{number}" for number in range(51)]
    async with served(host.host.app, host.host.end_streams) as url, speaking(url, host.token("mcp")) as client:
        with pytest.raises(MCPError, match="At most 50"):
            async with client.listen(resource_subscriptions=many):
                pass


async def test_one_user_cannot_take_all_streams(host: LocalHost) -> None:
    async with (
        AsyncExitStack() as open_streams,
        served(host.host.app, host.host.end_streams) as url,
        speaking(url, host.token("mcp")) as client,
    ):
        for _ in range(OWN_LIMIT):
            await open_streams.enter_async_context(client.listen(resource_subscriptions=["taskora://today"]))
        with pytest.raises(MCPError, match="Too many streams"):
            async with client.listen(resource_subscriptions=["taskora://today"]):
                pass
        host.host.end_streams()


async def test_a_stream_ends_after_its_time_so_that_its_client_shows_a_token_again(host: LocalHost) -> None:
    tasks = TasksClient(host.http, lambda: host.token("tasks"))
    server = build(lambda: tasks)
    Updates(server, lambda: tasks, life=0.2)
    async with Client(server) as client, client.listen(resource_subscriptions=["taskora://today"]) as stream:
        with anyio.fail_after(10):
            assert [event async for event in stream] == []
