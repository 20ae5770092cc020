"""Handlers of the protocol that the SDK's server class has no way to register, or has and answers mistakes as its own."""

from collections.abc import Awaitable, Callable
from typing import Any

from mcp.server import MCPServer
from pydantic import BaseModel


def handle(
    server: MCPServer, method: str, params: type[BaseModel], handler: Callable[[Any, Any], Awaitable[Any]]
) -> None:
    """Let a method of the protocol be answered by a function of the request's context and its parameters."""
    server._lowlevel_server.add_request_handler(method, params, handler)  # noqa: SLF001  the one place that reaches below
