"""A lean HTTP/1.1 client over a raw socket: a few microseconds a request, so that the load does not measure itself.

It knows just what the host answers: a status line, headers with a content length, a body. Connections are kept.
"""

import asyncio
import json
import time
from typing import Any

IDLE = 4.0
"""Seconds after which a connection is opened anew: the host closes one that was silent for five."""


class Connection:
    """One kept connection to the host."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._used = 0.0
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def send(self, request: bytes) -> bytes:
        """Send a request and return the body of its answer. Raises RuntimeError for a status other than 200."""
        if self._writer is not None and time.monotonic() - self._used > IDLE:
            await self.close()
            self._writer = None
        self._used = time.monotonic()
        if self._reader is None or self._writer is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        start = head.lower().index(b"content-length:") + 15
        body = await self._reader.readexactly(int(head[start : head.index(b"\r\n", start)]))
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"{head[:30]!r}: {body[:400]!r}")
        return body

    async def close(self) -> None:
        """Close the connection."""
        if self._writer is not None:
            self._writer.close()
            await self._writer.wait_closed()


def request(method: str, path: str, token: str, body: dict[str, Any] | None = None) -> bytes:
    """Return the bytes of a request."""
    content = b"" if body is None else json.dumps(body).encode()
    head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n"
    if body is not None:
        head += f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n"
    return f"{head}\r\n".encode() + content
