"""A host of this process whose /mcp needs no token: the suite and the linter have no way to send one to every scenario.

The product has no such setting. Here each request is given a token on its way in, so what lies behind the door is all there.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from services.local.host import Host
from services.local.user import sign
from taskora.config import Settings
from taskora.domain.actor import Actor, ActorKind, Channel
from tests.mcp_server.served import served


class LetIn:
    """Gives every request a token of the local user."""

    def __init__(self, app: ASGIApp, key: str) -> None:
        self._app = app
        self._key = key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            token = sign(self._key, actor=Actor(ActorKind.USER), channel=Channel.API, audience="mcp")
            scope = {**scope, "headers": [*scope["headers"], (b"authorization", f"Bearer {token}".encode())]}
        await self._app(scope, receive, send)


@asynccontextmanager
async def instance(folder: Path) -> AsyncIterator[str]:
    """Give the address of /mcp of a fresh host for the time of the block."""
    host = await Host.start(Settings(data_dir=folder, zone="Europe/Berlin"))
    outside = FastAPI(openapi_url=None)
    outside.add_middleware(LetIn, key=host.key)
    outside.mount("/", host.app)
    try:
        async with served(outside, host.end_streams) as url:
            yield f"{url}/mcp"
    finally:
        await host.stop()
