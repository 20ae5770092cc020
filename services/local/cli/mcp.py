"""`taskora mcp`: the MCP server for a desktop assistant. Nothing but the protocol goes to standard output."""

import asyncio
import contextlib
import json
from typing import TYPE_CHECKING

import click

from services.local.cli.assistants import ASSISTANTS, Places, entry
from taskora.config import Settings
from taskora.domain.errors import TaskoraError

if TYPE_CHECKING:
    from services.local.connection import HostConnection


def run(settings: Settings) -> None:
    """Serve until standard input ends."""
    asyncio.run(_serve(settings))


def print_config(client: str | None) -> None:
    """Print what an assistant's file needs, and to standard error where that is."""
    assistant = ASSISTANTS[client or "claude-desktop"]
    click.echo(json.dumps(assistant.config(entry()), indent=2))
    if client is not None:
        click.echo(f"For {assistant.title}, in {assistant.file(Places.here())}", err=True)


async def _serve(settings: Settings) -> None:
    from mcp_server.stdio import serve_stdio
    from services.local.connection import HostConnection
    from taskora import telemetry
    from taskora.domain.actor import Actor, ActorKind, Channel

    telemetry.set_up(settings.log_level)
    connection = HostConnection(
        settings, Channel.MCP, Actor(ActorKind.AGENT, "mcp"), lambda line: click.echo(line, err=True)
    )
    watching = HostConnection(settings, Channel.MCP, Actor(ActorKind.AGENT, "mcp"), lambda _: None, starts=False)
    early = asyncio.create_task(_find(connection))
    try:
        await serve_stdio(lambda: connection.tasks, lambda: watching.tasks)
    finally:
        early.cancel()
        await connection.close()
        await watching.close()


async def _find(connection: "HostConnection") -> None:
    """Have a host ready by the first call; what stands in the way is told there."""
    with contextlib.suppress(TaskoraError):
        await connection.find()
