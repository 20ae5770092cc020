"""A server on the loopback address that speaks OpenAI's chat completions, streamed and not, and misbehaves when told to."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

CHUNK = 12
"""Characters of a piece of text."""


@dataclass(frozen=True, slots=True)
class Says:
    """An answer in words, in a stream that may break off after so many pieces."""

    text: str
    cut_after: int | None = None
    tokens: tuple[int, int] = (100, 20)


@dataclass(frozen=True, slots=True)
class Calls:
    """An answer that calls tools, each a name and its arguments (a text is sent as it is), under ids of the server's choice."""

    calls: Sequence[tuple[str, dict[str, Any] | str]]
    ids: Sequence[str] = ()
    text: str = ""
    tokens: tuple[int, int] = (100, 20)


@dataclass(frozen=True, slots=True)
class Fails:
    """A refusal with a status."""

    status: int
    message: str = "no"


@dataclass(frozen=True, slots=True)
class Raw:
    """A body of any form, with status 200."""

    body: bytes


class Hangs:
    """No answer at all."""


Reply = Says | Calls | Fails | Raw | Hangs


def calls(tool: str, **arguments: Any) -> Calls:
    """Return an answer that calls one tool."""
    return Calls([(tool, arguments)])


@dataclass
class ModelServer:
    """The server: what it is to answer, one reply a request (the last one for ever), and what it was asked."""

    replies: list[Reply] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    url: str = ""

    def will(self, *replies: Reply) -> None:
        """Set what it answers from now on."""
        self.replies = list(replies)

    @property
    def heard(self) -> list[str]:
        """The user's lines of the last request."""
        return [str(said["content"]) for said in self.asked[-1]["messages"] if said["role"] == "user"]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                self.headers.append(head)
                length = next(
                    int(line[15:]) for line in head.splitlines() if line.lower().startswith("content-length:")
                )
                asked = json.loads(await reader.readexactly(length))
                self.asked.append(asked)
                reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
                if isinstance(reply, Hangs):
                    await reader.read()  # until the client gives up
                    break
                if not await _send(reply, writer, streamed=bool(asked.get("stream"))):
                    break
        writer.close()


@asynccontextmanager
async def serving() -> AsyncIterator[ModelServer]:
    """Give a server that runs inside."""
    model = ModelServer()
    server = await asyncio.start_server(model.serve, "127.0.0.1", 0)
    model.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    yield model
    server.close()


async def _send(reply: Says | Calls | Fails | Raw, writer: asyncio.StreamWriter, *, streamed: bool) -> bool:
    """Send a reply; tell whether the connection goes on."""
    match reply:
        case Fails(status, message):
            _write(writer, status, json.dumps({"error": {"message": message, "type": "x"}}).encode())
        case Raw(body):
            _write(writer, 200, body, "text/event-stream" if streamed else "application/json")
        case Says() | Calls() if not streamed:
            _write(writer, 200, json.dumps(_whole(reply)).encode())
        case Says() | Calls():
            return await _stream(reply, writer)
    await writer.drain()
    return True


def _write(writer: asyncio.StreamWriter, status: int, body: bytes, kind: str = "application/json") -> None:
    head = f"HTTP/1.1 {status} X\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}\r\n\r\n"
    writer.write(head.encode() + body)


async def _stream(reply: Says | Calls, writer: asyncio.StreamWriter) -> bool:
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n")
    pieces = _pieces(reply)
    cut = reply.cut_after if isinstance(reply, Says) else None
    for piece in pieces if cut is None else pieces[:cut]:
        data = b"data: " + json.dumps(piece).encode() + b"\n\n"
        writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        await writer.drain()
    if cut is not None:
        return False
    writer.write(b"e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n")
    await writer.drain()
    return True


def _pieces(reply: Says | Calls) -> list[dict[str, Any]]:
    text = reply.text
    deltas: list[dict[str, Any]] = [{"content": text[at : at + CHUNK]} for at in range(0, len(text), CHUNK)]
    if isinstance(reply, Calls):
        for place, call in enumerate(_tool_calls(reply)):
            half = len(call["function"]["arguments"]) // 2
            name, arguments = call["function"]["name"], call["function"]["arguments"]
            begun = {**call, "index": place, "function": {"name": name, "arguments": arguments[:half]}}
            deltas += [
                {"tool_calls": [begun]},
                {"tool_calls": [{"index": place, "function": {"arguments": arguments[half:]}}]},
            ]
    ending = "tool_calls" if isinstance(reply, Calls) else "stop"
    return [
        *(_chunk([{"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": None}]) for delta in deltas),
        _chunk([{"index": 0, "delta": {}, "finish_reason": ending}]),
        {**_chunk([]), "usage": _usage(reply)},
    ]


def _chunk(choices: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "fake", "choices": choices}


def _whole(reply: Says | Calls) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": reply.text or None}
    if isinstance(reply, Calls):
        message["tool_calls"] = _tool_calls(reply)
    choice = {"index": 0, "message": message, "finish_reason": "tool_calls" if isinstance(reply, Calls) else "stop"}
    return {
        "id": "c",
        "object": "chat.completion",
        "created": 0,
        "model": "fake",
        "choices": [choice],
        "usage": _usage(reply),
    }


def _tool_calls(reply: Calls) -> list[dict[str, Any]]:
    ids = reply.ids or [f"call-{place}" for place in range(len(reply.calls))]
    return [
        {
            "id": identifier,
            "type": "function",
            "function": {
                "name": name,
                "arguments": arguments if isinstance(arguments, str) else json.dumps(arguments),
            },
        }
        for identifier, (name, arguments) in zip(ids, reply.calls, strict=True)
    ]


def _usage(reply: Says | Calls) -> dict[str, int]:
    sent, received = reply.tokens
    return {"prompt_tokens": sent, "completion_tokens": received, "total_tokens": sent + received}
