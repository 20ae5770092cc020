"""`taskora mcp`: the MCP server for a desktop assistant. Nothing but the protocol goes to standard output."""

import asyncio
import contextlib
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from taskora.config import PREFIX, Settings
from taskora.domain.errors import TaskoraError

if TYPE_CHECKING:
    from services.local.connection import HostConnection


def run(settings: Settings, *, print_config: bool) -> None:
    """Serve until standard input ends, or print the entry for an assistant's configuration."""
    if print_config:
        click.echo(json.dumps({"mcpServers": {"taskora": _entry()}}, indent=2))
        return
    asyncio.run(_serve(settings))


def _entry() -> dict[str, object]:
    entry: dict[str, object] = {"command": str(Path(sys.argv[0]).resolve()), "args": ["mcp"]}
    variables = {name: value for name, value in os.environ.items() if name.startswith(PREFIX)}
    return {**entry, "env": variables} if variables else entry


async def _serve(settings: Settings) -> None:
    from mcp_server.stdio import serve_stdio
    from services.local.connection import HostConnection
    from taskora import telemetry
    from taskora.domain.actor import Actor, ActorKind, Channel

    telemetry.set_up(settings.log_level)
    connection = HostConnection(
        settings, Channel.MCP, Actor(ActorKind.AGENT, "mcp"), lambda line: click.echo(line, err=True)
    )
    early = asyncio.create_task(_find(connection))
    try:
        await serve_stdio(lambda: connection.tasks)
    finally:
        early.cancel()
        await connection.close()


async def _find(connection: "HostConnection") -> None:
    """Have a host ready by the first call; what stands in the way is told there."""
    with contextlib.suppress(TaskoraError):
        await connection.find()
