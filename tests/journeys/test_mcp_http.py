"""The thin path over MCP and HTTP: the official client, and a host that is killed and comes back with another key."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from mcp import Client

from services.local.user import sign
from taskora.domain.actor import Actor, ActorKind, Channel
from tests.hosts import HostProcess
from tests.journeys.test_mcp_stdio import facts
from tests.mcp_server.served import ERAS, speaking

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(300)]


@asynccontextmanager
async def assistant(host: HostProcess, era: str) -> AsyncIterator[Client]:
    """Give a client of the host that runs, with a token of its key."""
    record = host.record
    assert record is not None
    token = sign(record.key, actor=Actor(ActorKind.USER), channel=Channel.API, audience="mcp")
    async with speaking(record.url, token, era) as client:
        yield client


@pytest.mark.requirement("R-012", "R-019", "R-023", "R-030", "R-031", "R-032")
@pytest.mark.parametrize("era", ERAS, ids=["protocol of 2026", "handshake of 2025"])
async def test_a_task_survives_a_kill_and_its_completion_leads_to_exactly_one_next_task(
    host_process: HostProcess, era: str
) -> None:
    async with assistant(host_process, era) as client:
        items = [{"text": "daily task standup due 9am tagged work"}]
        added = facts(await client.call_tool("add_tasks", {"items": items}))
        assert added["results"][0]["task"]["due_text"] == "Wed 25 Nov 2026, 09:00"

    host_process.kill()
    host_process.start()

    async with assistant(host_process, era) as client:
        done = facts(await client.call_tool("complete_tasks", {"tasks": ["standup"]}))["results"][0]["task"]
        assert done["next"]["due_text"] == "Thu 26 Nov 2026, 09:00"
        (following,) = facts(await client.call_tool("find_tasks", {}))["tasks"]
        assert (following["number"], following["tags"]) == (done["next"]["number"], ["work"])
        facts(await client.call_tool("undo", {}))
        (back,) = facts(await client.call_tool("find_tasks", {"status": "all"}))["tasks"]
        assert (back["number"], back["status"]) == (1, "open")
