"""The MCP tools as the agent's loop reaches them: an MCP client in this process, held open, and a view of it for each line.

The official client speaks to the server object directly; who is asking travels in a context variable (see `identity`).
Connecting, listing and converting the tools for each line would cost more than the line, so all that is done once.
"""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from agents import FunctionTool
from agents.tool_context import ToolContext
from mcp import Client
from mcp.server import MCPServer
from mcp.types import CallToolRequest, CallToolRequestParams, CallToolResult, Tool

from agent.language_model.guard import Guard, text_of
from agent.made import Made
from agent.tracing import refused, tool_span


class Tools:
    """The connection to the tool server, opened at the first call."""

    def __init__(self, server: MCPServer[Any]) -> None:
        self._server = server
        self._opening = asyncio.Lock()
        self._ended = asyncio.Event()
        self._held: asyncio.Task[None] | None = None
        self._client: Client | None = None
        self._listed: list[Tool] = []
        self._functions: list[FunctionTool] = []

    async def client(self) -> Client:
        """Return the connected client."""
        async with self._opening:
            if self._client is None:
                opened: asyncio.Future[Client] = asyncio.get_running_loop().create_future()
                self._held = asyncio.create_task(self._hold(opened))
                self._client = await opened
                self._listed = (await self._client.list_tools()).tools
                self._functions = [_function(tool) for tool in self._listed]
            return self._client

    async def listed(self) -> list[Tool]:
        """Return the tools, which do not change while the process runs."""
        await self.client()
        return self._listed

    async def functions(self) -> list[FunctionTool]:
        """Return the tools as the agent's loop takes them; the context of its run is the line's tools."""
        await self.client()
        return self._functions

    async def call(self, tool: str, arguments: dict[str, object]) -> CallToolResult:
        """Call a tool. The answer is not held against the tool's schema again: it comes from this process."""
        request = CallToolRequest(params=CallToolRequestParams(name=tool, arguments=arguments))
        return await (await self.client()).session.send_request(request, CallToolResult)

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


class LineTools:
    """The tools for one line. It keeps what was called, for the reply's count and the conversation's memory.

    While a language model calls, `guard` stands before them. `calls`: what the keys of the line's writes begin with, if they
    are to have any.
    """

    def __init__(self, tools: Tools, calls: str | None = None) -> None:
        self._tools = tools
        self._calls = calls
        self._writes = 0
        self.guard: Guard | None = None
        self.made: list[Made] = []

    async def listed(self) -> list[Tool]:
        """Return the tools."""
        return await self._tools.listed()

    async def call(self, tool: str, arguments: dict[str, object]) -> CallToolResult:
        """Call a tool, past the guard if there is one."""
        if self.guard is not None:
            return await self.guard.call(tool, arguments)
        return await self.make(tool, arguments)

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
            result = await self._tools.call(tool, arguments)
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


def _function(tool: Tool) -> FunctionTool:
    async def call(context: ToolContext[LineTools], arguments: str) -> str:
        return text_of(await context.context.call(tool.name, json.loads(arguments or "{}")))

    return FunctionTool(
        name=tool.name,
        description=tool.description or "",
        params_json_schema=tool.input_schema,
        on_invoke_tool=call,
        strict_json_schema=False,
    )
