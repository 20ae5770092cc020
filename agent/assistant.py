"""The assistant: one line in, tool calls, one reply out, as events while it goes on.

The loop is the agent library's; the model, the tools and the conversation are given. Not here: how a line comes in and the
events go out (`app`), and who is asking (`identity`).
"""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import structlog
from agents import Agent, RunConfig, Runner, set_tracing_disabled
from agents.models.interface import Model
from agents.stream_events import StreamEvent
from mcp.server import MCPServer

from agent.events import Delta, Done, Event, ToolCalled
from agent.language_model.choice import Choice
from agent.language_model.hybrid import HybridModel, Line
from agent.language_model.providers import Models
from agent.messages import Message
from agent.session import Conversations
from agent.tools import LineTools, Tools
from agent.tracing import AGENT, line_span, show_content
from agent.understanding.remembering import changed, remembered
from taskora.domain.preferences import Preferences
from taskora.nlu.reading import Context
from taskora.runtime.ports import State

MAX_TURNS = 200
"""More calls than a line can ask for: this ends only a loop that has run wild."""
RUN = RunConfig(tracing_disabled=True, tool_not_found_behavior="return_error_to_model")

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line of a conversation and when it was said; `message` when its client gave it an id."""

    conversation: str
    text: str
    said_at: dt.datetime
    message: Message | None = None


class Assistant:
    """Answers lines. One for all users; nothing of a user stays in it."""

    def __init__(
        self, server: MCPServer[Any], state: State, choice: Choice | None = None, *, trace_content: bool = False
    ) -> None:
        set_tracing_disabled(disabled=True)
        show_content(shown=trace_content)
        self._tools = Tools(server)
        self._models = Models(choice)
        self._conversations = Conversations(state, words=self._models.with_words)

    async def answer(self, user_id: str, spoken: Spoken) -> AsyncIterator[Event]:
        """Answer a line of a conversation as events, the last of which is Done."""
        said: list[str] = []
        with line_span(spoken.conversation, spoken.text):
            async with self._conversations.turn(user_id, spoken.conversation, spoken.message) as turn:
                tools = LineTools(self._tools, spoken.message.calls if spoken.message else None)
                line = Line(spoken.text, Context(spoken.said_at, Preferences()), turn, tools)
                model = self._models.for_line(line)
                async for event in self._events(line, model):
                    if isinstance(event, Delta):
                        said.append(event.text)
                    yield event
                turn.memory = remembered(turn.memory, tools.made)
                turn.heard(spoken.text, "".join(said))
            use = model.use if isinstance(model, HybridModel) else None
        done = Done("".join(said), spoken.conversation, changed(tools.made), use)
        _log(done, len(tools.made))
        yield done

    async def _events(self, line: Line, model: Model) -> AsyncIterator[Event]:
        agent = Agent[LineTools](name=AGENT, model=model, tools=[*await self._tools.functions()])
        run = Runner.run_streamed(agent, line.text, context=line.tools, max_turns=MAX_TURNS, run_config=RUN)
        async for event in run.stream_events():
            if told := _event(event, line.tools):
                yield told

    async def close(self) -> None:
        """Close the connections to the tools and to the model."""
        await self._tools.close()
        await self._models.close()


def _event(event: StreamEvent, tools: LineTools) -> Event | None:
    if event.type == "raw_response_event" and event.data.type == "response.output_text.delta":
        return Delta(event.data.delta)
    if event.type == "run_item_stream_event" and event.name == "tool_output" and tools.made:
        made = tools.made[-1]
        return None if made.arguments.get("dry_run") else ToolCalled(made.tool, not made.failed)
    return None


def _log(done: Done, calls: int) -> None:
    """Log what a line took, without its words; what a model used is counted where it was asked."""
    use = done.model
    counted = (
        {}
        if use is None
        else {
            "model": use.name,
            "requests": use.requests,
            "tokens_in": use.tokens_in,
            "tokens_out": use.tokens_out,
            "cost": use.cost,
            "trouble": use.trouble,
        }
    )
    log.info("line answered", calls=calls, changed=done.changed, **counted)
