"""The assistant: one line in, tool calls, one reply out, as events while it goes on.

The loop is the agent library's; the model, the tools and the conversation are given. Not here: how a line comes in and the
events go out (`app`), and who is asking (`identity`).
"""

import datetime as dt
from collections.abc import AsyncIterator
from typing import Any

from agents import Agent, RunConfig, Runner, set_tracing_disabled
from agents.stream_events import StreamEvent
from mcp.server import MCPServer

from agent.events import Delta, Done, Event, ToolCalled
from agent.providers import ModelFor, rules
from agent.remembering import changed, remembered
from agent.session import Conversations
from agent.tools import LineTools, Tools
from taskora.domain.preferences import Preferences
from taskora.nlu.reading import Context

MAX_TURNS = 200
"""More calls than a line can ask for: this ends only a loop that has run wild."""
INSTRUCTIONS = (
    "You look after the user's tasks with the tools. Pass dates and rules on in the user's own words, tell the user the "
    "dates that the tools answer, and ask before several tasks are changed at once."
)


class Assistant:
    """Answers lines. One for all users; nothing of a user stays in it."""

    def __init__(self, server: MCPServer[Any], conversations: Conversations, model: ModelFor = rules) -> None:
        set_tracing_disabled(disabled=True)
        self._tools = Tools(server)
        self._conversations = conversations
        self._model = model

    async def answer(self, user_id: str, conversation: str, text: str, said_at: dt.datetime) -> AsyncIterator[Event]:
        """Answer a line of a conversation as events, the last of which is Done."""
        async with self._conversations.turn(user_id, conversation) as turn:
            tools = LineTools(self._tools)
            agent = Agent(
                name="Taskora",
                instructions=INSTRUCTIONS,
                model=self._model(turn, Context(said_at, Preferences())),
                mcp_servers=[tools],
            )
            run = Runner.run_streamed(agent, text, max_turns=MAX_TURNS, run_config=RunConfig(tracing_disabled=True))
            async for event in run.stream_events():
                if told := _event(event, tools):
                    yield told
            turn.memory = remembered(turn.memory, tools.made)
            yield Done(str(run.final_output), turn.id, changed(tools.made))

    async def close(self) -> None:
        """Close the connection to the tools."""
        await self._tools.close()


def _event(event: StreamEvent, tools: LineTools) -> Event | None:
    if event.type == "raw_response_event" and event.data.type == "response.output_text.delta":
        return Delta(event.data.delta)
    if event.type == "run_item_stream_event" and event.name == "tool_output":
        made = tools.made[-1]
        return ToolCalled(made.tool, not made.failed)
    return None
