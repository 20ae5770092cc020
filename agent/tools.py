"""The MCP tools as the agent's loop reaches them: an MCP client in this process, held open, and a view of it for each line.

The official client speaks to the server object directly; who is asking travels in a context variable (see `identity`).
Connecting for each line would list and compile every schema again, which costs more than the line.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

from agents.mcp import MCPServer
from mcp import Client
from mcp.server import MCPServer as ToolServer
from mcp.types import CallToolResult, GetPromptResult, ListPromptsResult, Tool

from agent.guard import Guard, text_of
from agent.made import Made
from agent.tracing import refused, tool_span


class Tools:
    """The connection to the tool server, opened at the first call."""

    def __init__(self, server: ToolServer[Any]) -> None:
        self._server = server
        self._opening = asyncio.Lock()
        self._ended = asyncio.Event()
        self._held: asyncio.Task[None] | None = None
        self._client: Client | None = None
        self._listed: list[Tool] = []

    async def client(self) -> Client:
        """Return the connected client."""
        async with self._opening:
            if self._client is None:
                opened: asyncio.Future[Client] = asyncio.get_running_loop().create_future()
                self._held = asyncio.create_task(self._hold(opened))
                self._client = await opened
                self._listed = (await self._client.list_tools()).tools
            return self._client

    async def listed(self) -> list[Tool]:
        """Return the tools, which do not change while the process runs."""
        await self.client()
        return self._listed

    async def close(self) -> None:
        """Close the connection."""
        self._ended.set()
        if self._held is not None:
            await self._held

    async def _hold(self, opened: asyncio.Future[Client]) -> None:
        """Keep the connection open in a task of its own, since it has to be closed by the task that opened it."""
        try:
            async with Client(self._server) as client:
                opened.set_result(client)
                await self._ended.wait()
        except Exception as error:
            if opened.done():
                raise
            opened.set_exception(error)


class LineTools(MCPServer):
    """The tools for one line. It keeps what was called, for the reply's count and the conversation's memory.

    While a language model calls, `guard` stands before them. `calls`: what the keys of the line's writes begin with, if they
    are to have any.
    """

    def __init__(self, tools: Tools, calls: str | None = None) -> None:
        super().__init__(use_structured_content=False, require_approval="never")
        self._tools = tools
        self._calls = calls
        self._writes = 0
        self.guard: Guard | None = None
        self.made: list[Made] = []

    @property
    def name(self) -> str:
        """The server's name, for messages of the agent library."""
        return "taskora"

    async def connect(self) -> None:
        """Do nothing: the connection is shared."""

    async def cleanup(self) -> None:
        """Do nothing: the connection is shared."""

    async def list_tools(self, run_context: object = None, agent: object = None) -> list[Tool]:
        """Return the tools."""
        del run_context, agent
        return await self._tools.listed()

    async def call_tool(
        self, tool_name: str, arguments: dict[str, object] | None, meta: dict[str, object] | None = None
    ) -> CallToolResult:
        """Call a tool, past the guard if there is one."""
        del meta
        if self.guard is not None:
            return await self.guard.call(tool_name, arguments or {})
        return await self.make(tool_name, arguments or {})

    async def make(self, tool: str, arguments: dict[str, object]) -> CallToolResult:
        """Call a tool and keep what it answered. A write that has no key gets the line's next one."""
        taken = await self._arguments_of(tool)
        keyed = dict(arguments)
        if "client_request_id" not in taken:
            keyed.pop("client_request_id", None)
        elif "client_request_id" not in keyed and self._calls is not None:
            keyed["client_request_id"] = f"{self._calls}-{self._writes}"
            self._writes += 1
        result = await self.try_out(tool, keyed)
        self.keep(tool, arguments, result)
        return result

    async def try_out(self, tool: str, arguments: dict[str, object]) -> CallToolResult:
        """Call a tool without keeping anything."""
        with tool_span(tool, arguments) as span:
            result = await (await self._tools.client()).call_tool(tool, arguments)
            if result.is_error:
                refused(span)
            return result

    def keep(self, tool: str, arguments: dict[str, object], result: CallToolResult) -> None:
        """Keep a call and what it answered."""
        self.made.append(Made(tool, text_of(result), bool(result.is_error), arguments))

    async def _arguments_of(self, tool: str) -> Mapping[str, object]:
        known = next((one for one in await self._tools.listed() if one.name == tool), None)
        properties: Mapping[str, object] = known.input_schema.get("properties", {}) if known else {}
        return properties

    async def list_prompts(self) -> ListPromptsResult:
        """Return no prompts: the server has none."""
        return ListPromptsResult(prompts=[])

    async def get_prompt(self, name: str, arguments: dict[str, object] | None = None) -> GetPromptResult:
        """Refuse: the server has no prompts."""
        raise NotImplementedError(name)
