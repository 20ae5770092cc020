"""The door /mcp of a host or a service: who asks, and from where. What is let in goes to `http`, loaded with the first request.

The names under which a host is reached, and the size of a body, are checked by its application before. Here: one method, no
page of another origin, a token meant for this door. No CORS answer is given, so a browser keeps other pages away as well.
"""

import asyncio
import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import httpx2
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from mcp_server.acting import Acting, acting_for
from services.kit.identity import Identity, TokenVerifier
from services.kit.problems import problem_response
from services.kit.tokens import TokenSigner
from taskora import telemetry
from taskora.api.client import TasksClient
from taskora.domain.errors import Forbidden, TaskoraError

if TYPE_CHECKING:
    from mcp_server.http import HttpServer

PATH = "/mcp"
AUDIENCE = "mcp"


class Door:
    """An ASGI application for one path."""

    def __init__(self, key: str, http: httpx2.AsyncClient) -> None:
        """Load nothing yet. `http` reaches the task service; `key` is the one that signs tokens."""
        acting = Acting(TokenSigner(key))
        following = {"correlation_id": telemetry.correlation_id, "traceparent": telemetry.traceparent}
        self._tasks: Callable[[], TasksClient] = lambda: TasksClient(http, acting.token, **following)
        self._identity = Identity(TokenVerifier(key), AUDIENCE)
        self._loading = asyncio.Lock()
        self._server: HttpServer | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        request = Request(scope)
        if request.method != "POST":
            raise HTTPException(405, headers={"Allow": "POST"})
        try:
            _same_origin(request.headers)
            principal = await self._identity(request)
        except TaskoraError as error:
            await problem_response(error)(scope, receive, send)
            return
        server = self._server or await self._loaded()
        with acting_for(principal):
            await server.handle(_trimmed(scope), receive, send)

    def end_streams(self) -> None:
        """End the streams that wait for changes, so that a host that ends need not wait for them."""
        if self._server is not None:
            self._server.end_streams()

    async def close(self) -> None:
        """End what is open."""
        if self._server is not None:
            await self._server.close()

    async def _loaded(self) -> "HttpServer":
        async with self._loading:
            if self._server is None:
                module: Any = await asyncio.to_thread(importlib.import_module, "mcp_server.http")
                server: HttpServer = module.HttpServer(self._tasks)
                await server.start()
                self._server = server
            return self._server


def _trimmed(scope: Scope) -> Scope:
    """Take the blanks off the header values (RFC 9110 §5.5), which our HTTP parser leaves behind them."""
    return {**scope, "headers": [(name, value.strip(b" \t")) for name, value in scope["headers"]]}


def _same_origin(headers: Headers) -> None:
    """Raise Forbidden for a web page that is not our own (Fetch §3.2): its origin is another than the host it asks."""
    origin = headers.get("origin")
    if origin is not None and origin.partition("://")[2].lower() != headers.get("host", "").lower():
        raise Forbidden("Web pages of other origins are not served here.", advice="Ask without a browser.")
