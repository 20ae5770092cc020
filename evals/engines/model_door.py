"""A model's server on the loopback address as the agent reaches it: OpenAI's chat completions, answered by a script.

The script is a recording that is played, or a real model whose answers are kept on their way.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Protocol

LIMIT = 8 * 1024 * 1024
"""Bytes of a request."""


class Script(Protocol):
    """Answers for a model. Implementations: `Player` and `Recorder` in `scripts`."""

    def begin(self, case: str, turn: int) -> None:
        """Say which turn of which case comes now."""

    async def answer(self, request: dict[str, Any]) -> dict[str, Any] | None:
        """Return the chat completion for a request; None: the model gives no answer."""


@asynccontextmanager
async def open_door(script: Script) -> AsyncIterator[str]:
    """Serve a script and give the base address to ask."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _serve(script, reader, writer)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    finally:
        server.close()


async def _serve(script: Script, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer the one request of a connection (HTTP/1.1, RFC 9112)."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = next(
            (line.partition(":")[2] for line in head.split("\r\n") if line.startswith("content-length:")), "0"
        )
        body = await reader.readexactly(min(int(length), LIMIT))
        given = await script.answer(json.loads(body))
        writer.write(_response(given))
        await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError, ValueError):
        pass
    finally:
        writer.close()


def _response(given: dict[str, Any] | None) -> bytes:
    status = "200 OK" if given is not None else "404 Not Found"
    body = json.dumps(given if given is not None else {"error": {"message": "nothing was recorded"}}).encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return head.encode("latin-1") + body
