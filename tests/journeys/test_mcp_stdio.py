"""The thin path over MCP: the official client, `taskora mcp` as a process of its own, and a host that is killed in between."""

import json
from typing import Any

import pytest
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult, TextContent

from tests.hosts import TASKORA, HostProcess

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(300)]


def facts(result: CallToolResult) -> dict[str, Any]:
    """Return what a call answered, which is the same as text and as structure."""
    (content,) = result.content
    assert isinstance(content, TextContent)
    assert not result.is_error, content.text
    assert json.loads(content.text) == result.structured_content
    return result.structured_content or {}


@pytest.mark.requirement("R-012", "R-019", "R-023", "R-030", "R-031", "R-032")
@pytest.mark.parametrize("mode", ["auto", "legacy"], ids=["protocol of 2026", "handshake of 2025"])
async def test_a_task_survives_a_kill_and_its_completion_leads_to_exactly_one_next_task(
    host_process: HostProcess, mode: Any
) -> None:
    server = StdioServerParameters(command=TASKORA, args=["mcp"], env=host_process.environment)
    async with Client(server, mode=mode) as client:
        added = facts(
            await client.call_tool("add_tasks", {"items": [{"text": "daily task standup due 9am tagged work"}]})
        )
        assert added["results"][0]["task"]["due_text"] == "Wed 25 Nov 2026, 09:00"

        host_process.kill()

        found = facts(await client.call_tool("find_tasks", {"text": "standup"}))
        assert [(task["number"], task["tags"]) for task in found["tasks"]] == [(1, ["work"])]

        done = facts(await client.call_tool("complete_tasks", {"tasks": ["standup"]}))["results"][0]["task"]
        assert done["status"] == "completed"
        assert done["next"]["due_text"] == "Thu 26 Nov 2026, 09:00"

        (following,) = facts(await client.call_tool("find_tasks", {}))["tasks"]
        assert (following["number"], following["tags"]) == (done["next"]["number"], ["work"])

        refused = await client.call_tool("find_tasks", {"limt": 3})
        assert refused.is_error

        facts(await client.call_tool("undo", {}))
        (back,) = facts(await client.call_tool("find_tasks", {"status": "all"}))["tasks"]
        assert (back["number"], back["status"]) == (1, "open")


async def test_a_host_is_started_where_none_runs(host_process: HostProcess) -> None:
    host_process.kill()
    server = StdioServerParameters(command=TASKORA, args=["mcp"], env=host_process.environment)
    async with Client(server) as client:
        assert facts(await client.call_tool("find_tasks", {})) == {"tasks": [], "total": 0}
    assert host_process.record is not None
