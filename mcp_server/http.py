"""The MCP server over HTTP: each request stands for itself, so any process can answer any of them, also after a restart.

Clients of 2026 send requests that are whole; for clients with the handshake of 2025 no session is kept: they get no updates
and are asked nothing, but lose nothing either. A client that is asked something carries no state of ours (see `elicitation`).
"""

import asyncio
from collections.abc import Callable

from mcp.server.transport_security import TransportSecuritySettings
from starlette.types import Receive, Scope, Send

from mcp_server.acting import asking
from mcp_server.server import build
from mcp_server.updates import Updates
from taskora.api.client import TasksClient

STREAM_LIFE = 3600.0
"""Seconds after which a stream ends and its client opens a new one, with a token that still holds."""


class HttpServer:
    """The tools behind HTTP. `start` and `close` frame its life; both belong to one event loop."""

    def __init__(self, tasks: Callable[[], TasksClient]) -> None:
        """Put the server together; `tasks` gives the client of each call."""
        self._server = build(tasks)
        self._updates = Updates(self._server, tasks, owner=lambda: asking().user_id, life=STREAM_LIFE)
        self._server.streamable_http_app(
            stateless_http=True,
            transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),  # `door` does it
        )
        self._ending = asyncio.Event()
        self._running: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Return once requests can be handled."""
        started = asyncio.Event()
        self._running = asyncio.create_task(self._run(started))
        await started.wait()

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await self._server.session_manager.handle_request(scope, receive, send)

    def end_streams(self) -> None:
        """End the streams that wait for changes; their clients are told that it is meant."""
        self._updates.end_streams()

    async def close(self) -> None:
        """End what is open, and return when it has ended."""
        self._ending.set()
        if self._running is not None:
            await self._running

    async def _run(self, started: asyncio.Event) -> None:
        """Hold the SDK's task group open: it has to be left by the task that entered it."""
        async with self._server.session_manager.run():
            started.set()
            await self._ending.wait()
