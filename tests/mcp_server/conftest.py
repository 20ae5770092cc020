"""The MCP server in this process over a whole host."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest
from mcp import Client

from mcp_server.server import build
from taskora.api.client import TasksClient
from taskora.domain.actor import Actor, ActorKind, Channel
from tests.mcp_server.calls import Caller

if TYPE_CHECKING:
    from tests.hosts import LocalHost

ASSISTANT = Actor(ActorKind.AGENT, "desktop")


@pytest.fixture
async def call(host: "LocalHost") -> AsyncIterator[Caller]:
    tasks = TasksClient(host.http, lambda: host.token("tasks", actor=ASSISTANT, channel=Channel.MCP))
    async with Client(build(lambda: tasks)) as client:
        yield Caller(client)
