"""The MCP server over standard input and output: one JSON-RPC message a line, for a client that started this process.

The SDK writes; reading is done here, because the SDK's reader drops a line that it can't parse without an answer, takes a line
of any length into memory, and forgets the calls in flight when the input ends. Standard output belongs to the protocol alone.
"""

import asyncio
import contextlib
import io
import json
import os
import re
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import BinaryIO, Protocol

import anyio
from anyio.streams.memory import MemoryObjectSendStream
from mcp.server import MCPServer
from mcp.server.stdio import stdio_server
from mcp.shared.message import SessionMessage
from mcp.types import (
    INVALID_REQUEST,
    PARSE_ERROR,
    ErrorData,
    JSONRPCError,
    JSONRPCNotification,
    JSONRPCRequest,
    JSONRPCResponse,
    RequestId,
    jsonrpc_message_adapter,
)
from pydantic import ValidationError

from mcp_server.server import build
from mcp_server.updates import Updates, Watch
from taskora.api.client import TasksClient

LINE_LIMIT = 1024 * 1024
"""Largest message in bytes: the limit of the task service's own requests."""
GRACE = 5.0
"""Seconds for the calls in flight to be answered after the input ended."""


async def serve_stdio(tasks: Callable[[], TasksClient], watched: Callable[[], TasksClient] | None = None) -> None:
    """Serve this process's standard input and output until the input ends; `tasks` gives the client of each call.

    `watched` gives the client by which changes are looked for, where that shall not start a task service.
    """
    server = build(tasks)
    updates = Updates(server, watched or tasks)
    watch = updates.session()
    try:
        await _serve(server, watch, updates.end_streams)
    except* BrokenPipeError:
        pass  # the client reads no more: there is nobody left to answer


async def _serve(server: MCPServer, watch: Watch, ended: Callable[[], None]) -> None:
    """Read, answer and watch; `ended` is called when the input has ended, before the last answers."""
    lowlevel = server._lowlevel_server  # noqa: SLF001  the SDK has no public way to serve other streams than its own
    source = _claim_input()
    async with stdio_server(stdin=anyio.wrap_file(io.StringIO())) as (_, writer):
        outgoing = _Outgoing(writer)
        forward, incoming = anyio.create_memory_object_stream[SessionMessage | Exception]()
        async with anyio.create_task_group() as group:
            group.start_soon(watch.run)
            group.start_soon(_read, source, forward, outgoing, ended)
            await lowlevel.run(incoming, outgoing, lowlevel.create_initialization_options())
            group.cancel_scope.cancel()


TOO_LARGE = f"The message is larger than {LINE_LIMIT} bytes; it was not read. Send less at once."
NO_JSON = "The line is not valid JSON. Send one JSON-RPC message a line, in UTF-8."
NO_MESSAGE = "The line is JSON, but not a JSON-RPC 2.0 message."

_ID = re.compile(rb"""\s*\{\s*"jsonrpc"\s*:\s*"[^"]*"\s*,\s*"id"\s*:\s*(?P<id>\d+|"[^"\\]*")""")


class _Writer(Protocol):
    """What the SDK gives for writing."""

    async def send(self, item: SessionMessage, /) -> None: ...

    async def aclose(self) -> None: ...


class _Outgoing:
    """The writing side, which knows the requests that are still to be answered."""

    def __init__(self, writer: _Writer) -> None:
        self._writer = writer
        self._open: set[RequestId | None] = set()
        self._answered = anyio.Event()

    def expect(self, request: RequestId) -> None:
        self._open.add(request)

    def forget(self, request: object) -> None:
        """Await no answer: the client took its request back."""
        self._close(request if isinstance(request, int | str) else None)

    async def send(self, item: SessionMessage, /) -> None:
        await self._writer.send(item)
        if isinstance(item.message, JSONRPCResponse | JSONRPCError):
            self._close(item.message.id)

    def _close(self, request: RequestId | None) -> None:
        self._open.discard(request)
        if not self._open:
            self._answered.set()
            self._answered = anyio.Event()

    async def refuse(self, code: int, sentence: str, request: RequestId | None = None) -> None:
        problem = JSONRPCError(jsonrpc="2.0", id=request, error=ErrorData(code=code, message=sentence))
        await self.send(SessionMessage(problem))

    async def settle(self) -> None:
        """Return when every request has its answer, or when the grace is over."""
        with anyio.move_on_after(GRACE):
            while self._open:
                await self._answered.wait()

    async def aclose(self) -> None:
        await self._writer.aclose()

    async def __aenter__(self) -> "_Outgoing":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()


async def _read(
    source: BinaryIO,
    forward: MemoryObjectSendStream[SessionMessage | Exception],
    outgoing: _Outgoing,
    ended: Callable[[], None],
) -> None:
    """Hand each message on, and answer what is none; the end of the input ends the server."""
    lines = _Lines(source)
    async with forward:
        while line := await lines.next():
            if len(line) > LINE_LIMIT:
                await outgoing.refuse(INVALID_REQUEST, TOO_LARGE, _leading_id(line))
            elif line.strip():
                await _hand_on(line, forward, outgoing)
        ended()
        await outgoing.settle()


async def _hand_on(
    line: bytes, forward: MemoryObjectSendStream[SessionMessage | Exception], outgoing: _Outgoing
) -> None:
    try:
        message = jsonrpc_message_adapter.validate_json(line, by_name=False)
    except ValidationError as error:
        if error.errors(include_url=False, include_input=False)[0]["type"] == "json_invalid":
            await outgoing.refuse(PARSE_ERROR, NO_JSON)
        else:
            await outgoing.refuse(INVALID_REQUEST, NO_MESSAGE, _leading_id(line))
        return
    if isinstance(message, JSONRPCRequest):
        outgoing.expect(message.id)
    elif isinstance(message, JSONRPCNotification) and message.method == "notifications/cancelled":
        outgoing.forget((message.params or {}).get("requestId"))
    await forward.send(SessionMessage(message))


class _Lines:
    """The lines of the input, read ahead by one on a thread that keeps no process alive: a read can't be called off."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._lines: asyncio.Queue[bytes] = asyncio.Queue()
        self._room = threading.Semaphore(1)
        self._loop = asyncio.get_running_loop()
        threading.Thread(target=self._read, name="standard input", daemon=True).start()

    async def next(self) -> bytes:
        """Return the next line; nothing at the end."""
        line = await self._lines.get()
        self._room.release()
        return line

    def _read(self) -> None:
        line = b"begun"
        while line:
            self._room.acquire()
            line = _next_line(self._source)
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody wants the line any more
                self._loop.call_soon_threadsafe(self._lines.put_nowait, line)


def _next_line(source: BinaryIO) -> bytes:
    """Return the next line, or the beginning of one that is too long: what follows of it is thrown away."""
    line = source.readline(LINE_LIMIT + 1)
    rest = line
    while len(rest) > LINE_LIMIT and not rest.endswith(b"\n"):
        rest = source.readline(LINE_LIMIT + 1)
    return line


def _leading_id(line: bytes) -> RequestId | None:
    """Return the request's id where clients write it, at the front; elsewhere it might be part of the arguments."""
    found = _ID.match(line)
    value = json.loads(found["id"]) if found else None
    return value if isinstance(value, int | str) else None


def _claim_input() -> BinaryIO:
    """Take standard input for the protocol; what else reads it, in this process or a child, finds nothing there."""
    own = os.dup(sys.stdin.fileno())
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, sys.stdin.fileno())
    os.close(nothing)
    return os.fdopen(own, "rb")
