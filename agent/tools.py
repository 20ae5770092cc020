"""The MCP tools as the agent's loop reaches them: an MCP client in this process, held open, and a view of it for each line.

The official client speaks to the server object directly; who is asking travels in a context variable (see `identity`).
Connecting for each line would list and compile every schema again, which costs more than the line.
"""

import asyncio
from typing import Any

from agents.mcp import MCPServer
from mcp import Client
from mcp.server import MCPServer as ToolServer
from mcp.types import CallToolResult, GetPromptResult, ListPromptsResult, TextContent, Tool

from agent.remembering import Made


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
    """The tools for one line. It keeps what was called, for the reply's count and the conversation's memory."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(use_structured_content=False, require_approval="never")
        self._tools = tools
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
        """Call a tool and keep what it answered."""
        del meta
        result = await (await self._tools.client()).call_tool(tool_name, arguments)
        output = "\n".join(part.text for part in result.content if isinstance(part, TextContent))
        self.made.append(Made(tool_name, output, bool(result.is_error)))
        return result

    async def list_prompts(self) -> ListPromptsResult:
        """Return no prompts: the server has none."""
        return ListPromptsResult(prompts=[])

    async def get_prompt(self, name: str, arguments: dict[str, object] | None = None) -> GetPromptResult:
        """Refuse: the server has no prompts."""
        raise NotImplementedError(name)
