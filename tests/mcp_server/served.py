"""A host of this process on a port of the loopback address, and the official client of its /mcp."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx2
from fastapi import FastAPI
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from services.kit.listening import bound
from services.kit.web_server import answer

ERAS = ("auto", "legacy")
"""How the client speaks: the protocol of 2026, the handshake of 2025."""


@asynccontextmanager
async def served(app: FastAPI, end_streams: Callable[[], None] = lambda: None) -> AsyncIterator[str]:
    """Give the address of the application for the time of the block."""
    ending = asyncio.Event()
    listening = asyncio.Event()
    with bound("127.0.0.1", 0) as listener:
        server = asyncio.create_task(answer(app, listener, ending, listening.set))
        await listening.wait()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            end_streams()
            ending.set()
            await server


@asynccontextmanager
async def speaking(
    url: str, token: str, era: Any = "auto", headers: Mapping[str, str] | None = None, **options: Any
) -> AsyncIterator[Client]:
    """Give a client of an address that sends a token; `era` is one of ERAS."""
    sent = {"Authorization": f"Bearer {token}"} | dict(headers or {})
    async with httpx2.AsyncClient(headers=sent, timeout=60, trust_env=False) as http:
        transport = streamable_http_client(f"{url}/mcp", http_client=http)
        async with Client(transport, mode=era, **options) as client:
            yield client
