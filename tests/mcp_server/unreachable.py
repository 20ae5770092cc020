"""An MCP server whose task service is away, in this process or (run as a program) over standard input and output."""

import asyncio

import httpx2

from mcp_server.stdio import serve_stdio
from taskora.api.client import TasksClient


def client() -> TasksClient:
    """Return a client of a port at which nobody listens (RFC 6335: 1 is tcpmux, which no machine of ours runs)."""
    return TasksClient(httpx2.AsyncClient(base_url="http://127.0.0.1:1"), lambda: "no token")


if __name__ == "__main__":
    asyncio.run(serve_stdio(client))
