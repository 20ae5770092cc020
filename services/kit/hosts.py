"""Refuses requests whose Host header names none of ours: a web page must not reach a local service by a name of its own.

This is the guard against DNS rebinding; the token of `identity` is the other one.
"""

from collections.abc import Collection

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from services.kit.problems import problem_response
from taskora.domain.errors import Forbidden

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})


class KnownHosts:
    """Lets requests to the loopback names through, and to those that are configured."""

    def __init__(self, app: ASGIApp, *, hosts: Collection[str] = ()) -> None:
        """Take names beside the loopback ones, without ports."""
        self._app = app
        self._hosts = LOOPBACK | {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] not in {"http", "websocket"} or _name(scope) in self._hosts:
            await self._app(scope, receive, send)
            return
        refusal = Forbidden(
            "This host name is not served here.", advice="Use the address that Taskora printed at its start."
        )
        await problem_response(refusal)(scope, receive, send)


def _name(scope: Scope) -> str:
    """Return the Host header without its port (RFC 9110 §7.2); an IPv6 address keeps its brackets."""
    host = Headers(scope=scope).get("host", "").lower()
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdecimal() else host
