"""Calling tools in tests: the official client, with text and structure held against each other at every call."""

import json
from typing import Any

from mcp import Client
from mcp.types import CallToolResult, TextContent


def text(result: CallToolResult) -> str:
    """Return the text of a result."""
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


class Caller:
    """Calls tools; every answer is checked to say the same twice and in few words. The client checks it by its schema."""

    def __init__(self, client: Client) -> None:
        self.client = client

    async def __call__(self, tool: str, **arguments: Any) -> dict[str, Any]:
        """Return the facts of a call of which something succeeded."""
        result = await self.client.call_tool(tool, arguments)
        assert not result.is_error, text(result)
        return self._facts(result)

    async def failing(self, tool: str, **arguments: Any) -> dict[str, Any]:
        """Return the facts of a call of which nothing succeeded."""
        result = await self.client.call_tool(tool, arguments)
        assert result.is_error
        return self._facts(result)

    async def refused(self, tool: str, **arguments: Any) -> str:
        """Return the sentence of a call that failed as a whole."""
        result = await self.client.call_tool(tool, arguments)
        assert result.is_error
        assert result.structured_content is None
        return text(result)

    @staticmethod
    def _facts(result: CallToolResult) -> dict[str, Any]:
        facts = result.structured_content
        assert isinstance(facts, dict)
        assert json.loads(text(result)) == facts
        assert "null" not in text(result)
        assert "\n" not in text(result)
        return facts
