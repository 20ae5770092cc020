"""The connection that follows the host: `taskora mcp` outlives hosts."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from services.local.connection import HostConnection
from taskora.api import wire
from taskora.domain.actor import Actor, ActorKind, Channel
from tests.hosts import HostProcess

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(180)]


class Said(list[str]):
    """What the connection told the person."""


@pytest.fixture
async def connection(host_process: HostProcess) -> AsyncIterator[HostConnection]:
    said = Said()
    made = HostConnection(host_process.settings, Channel.MCP, Actor(ActorKind.AGENT, "mcp"), said.append)
    yield made
    await made.close()


async def test_calls_act_as_the_agent_by_its_channel(connection: HostConnection) -> None:
    await connection.tasks.create([wire.NewTask(title="by an assistant")])
    [change] = (await connection.tasks.changes()).changes
    assert (change.actor, change.channel) == ({"kind": "agent", "name": "mcp"}, "mcp")


async def test_a_killed_host_is_started_again_by_the_next_call(
    host_process: HostProcess, connection: HostConnection
) -> None:
    await connection.tasks.create([wire.NewTask(title="before")])
    before = host_process.record
    await asyncio.to_thread(host_process.kill)
    [task] = (await connection.tasks.tasks()).tasks
    assert task.title == "before"
    assert host_process.record != before


async def test_a_host_that_was_replaced_on_the_same_port_is_followed(
    host_process: HostProcess, connection: HostConnection
) -> None:
    await connection.tasks.tasks()
    before = host_process.record
    assert before is not None
    await asyncio.to_thread(host_process.stop)
    host_process.environment["TASKORA_PORT"] = str(before.port)
    after = await asyncio.to_thread(host_process.start)
    assert (after.port, after.key == before.key) == (before.port, False)
    assert (await connection.tasks.tasks()).total == 0


async def test_calls_that_come_at_once_start_one_host(host_process: HostProcess, connection: HostConnection) -> None:
    await asyncio.to_thread(host_process.kill)
    await asyncio.gather(*(connection.tasks.create([wire.NewTask(title=f"task {n}")]) for n in range(5)))
    assert (await connection.tasks.tasks()).total == 5
