"""The agent's door: POST /chat takes one line and answers with a stream of server-sent events (WHATWG HTML §9.2).

What the loop needs (agents, mcp) is loaded with the first line, in a thread, because it costs seconds that a host without a
chat need not spend. A line that is being answered goes on to its end when the client goes away.
"""

import asyncio
import datetime as dt
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import structlog
import uuid_utils
from fastapi import APIRouter, Depends
from fastapi.responses import StreamingResponse
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from agent.events import Delta, Done, Event, Failed, ToolCalled
from agent.identity import ActingFor
from agent.language_model.choice import Choice
from agent.messages import Message, Messages
from services.kit.identity import Identity, TokenVerifier
from taskora.api.problems import to_problem
from taskora.domain.actor import Principal
from taskora.domain.errors import TaskoraError
from taskora.runtime.ports import Clock, State
from taskora.telemetry import correlation_id

if TYPE_CHECKING:
    from mcp.server import MCPServer

    from agent.assistant import Assistant

TEXT_LIMIT = 4000
AUDIENCE = "agent"
CLOSING = 5.0
"""Seconds for the lines that are being answered when the process ends."""

log = structlog.get_logger(__name__)

ToolServer = Callable[[], "MCPServer[Any]"]


Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,100}$")]


class Line(BaseModel):
    """What a person said, in which conversation (a new one by default), and when if not now.

    With `client_message_id` it may be sent again: the same id gets the same answer, and nothing is done twice.
    """

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=1, max_length=TEXT_LIMIT)]
    conversation: Name | None = None
    said_at: AwareDatetime | None = None
    client_message_id: Name | None = None


def router(
    *,
    verifier: TokenVerifier,
    acting: ActingFor,
    tools: ToolServer,
    state: State,
    clock: Clock,
    model: Choice | None = None,
    trace_content: bool = False,
) -> APIRouter:
    """Return the route. `tools` makes the MCP server; its client acts for whoever `acting` says.

    Without `model` the rules answer alone. `trace_content`: spans hold what is said.
    """
    chat = Chat(acting, tools, state, clock, model, trace_content=trace_content)
    routes = APIRouter(lifespan=chat.lifespan)
    identity = Identity(verifier, AUDIENCE)

    @routes.post("/chat")
    async def answer(line: Line, principal: Annotated[Principal, Depends(identity)]) -> StreamingResponse:
        """Answer one line as a stream of `delta`, `tool`, and at last `done` or `error`."""
        return StreamingResponse(
            (_encoded(event) async for event in chat.answer(principal, line)),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store"},
        )

    return routes


class Chat:
    """The lines that are being answered, and the assistant once it is loaded."""

    def __init__(
        self,
        acting: ActingFor,
        tools: ToolServer,
        state: State,
        clock: Clock,
        model: Choice | None,
        *,
        trace_content: bool,
    ) -> None:
        self._acting = acting
        self._tools = tools
        self._state = state
        self._clock = clock
        self._model = model
        self._trace_content = trace_content
        self._messages = Messages(state)
        self._loading = asyncio.Lock()
        self._assistant: Assistant | None = None
        self._running: set[asyncio.Task[None]] = set()

    async def answer(self, principal: Principal, line: Line) -> AsyncIterator[Event]:
        """Answer a line for the user of a verified token."""
        events: asyncio.Queue[Event | None] = asyncio.Queue()
        task = asyncio.create_task(self._run(principal, line, events))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        while (event := await events.get()) is not None:
            yield event

    @asynccontextmanager
    async def lifespan(self, _app: object) -> AsyncIterator[None]:
        """Let lines that are being answered end, and close the tools, when the application ends."""
        yield
        if self._running:
            await asyncio.wait(self._running, timeout=CLOSING)
        if self._assistant is not None:
            await self._assistant.close()

    async def _run(self, principal: Principal, line: Line, events: asyncio.Queue[Event | None]) -> None:
        """Put what happens into the queue. This is the outermost edge of a line."""
        try:
            async for event in self._events(principal, line):
                events.put_nowait(event)
        except TaskoraError as error:
            events.put_nowait(Failed(to_problem(error)))
        except Exception:  # noqa: BLE001  the edge: logged with the id that the person sees
            events.put_nowait(_unexpected())
        finally:
            events.put_nowait(None)

    async def _events(self, principal: Principal, line: Line) -> AsyncIterator[Event]:
        said_at = line.said_at or self._clock.now()
        if line.client_message_id is None:
            conversation = line.conversation or str(uuid_utils.uuid7())
            async for event in self._said(principal, conversation, line.text, said_at):
                yield event
            return
        async with self._messages.opened(
            principal.user_id, line.client_message_id, line.text, line.conversation, said_at
        ) as message:
            if message.answer is not None:
                yield Delta(message.answer.reply)
                yield message.answer
                return
            async for event in self._said(principal, message.conversation, line.text, message.said_at, message):
                if isinstance(event, Done):
                    await message.end(event)
                yield event

    async def _said(
        self, principal: Principal, conversation: str, text: str, said_at: dt.datetime, message: Message | None = None
    ) -> AsyncIterator[Event]:
        assistant = await self._loaded()
        from agent.assistant import Spoken  # noqa: PLC0415  loaded by now

        with self._acting.user(principal):
            async for event in assistant.answer(principal.user_id, Spoken(conversation, text, said_at, message)):
                yield event

    async def _loaded(self) -> "Assistant":
        async with self._loading:
            if self._assistant is None:
                self._assistant = await asyncio.to_thread(self._load)
            return self._assistant

    def _load(self) -> "Assistant":
        from agent.assistant import Assistant  # noqa: PLC0415  costs seconds, at the first line only

        return Assistant(self._tools(), self._state, self._model, trace_content=self._trace_content)


def _unexpected() -> Failed:
    log.exception("line failed")
    reference = correlation_id()
    return Failed(
        {
            "code": "internal",
            "detail": "Something went wrong inside Taskora.",
            "advice": f"Look at your tasks before you say it again, and report it with the id {reference}.",
            "correlation_id": reference,
        }
    )


def _encoded(event: Event) -> str:
    match event:
        case Delta():
            return _frame("delta", asdict(event))
        case ToolCalled():
            return _frame("tool", asdict(event))
        case Done():
            return _frame("done", asdict(event))
        case Failed(problem):
            return _frame("error", problem)


def _frame(name: str, data: dict[str, object]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
