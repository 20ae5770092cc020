"""For whom a call over HTTP acts. The door verifies a token meant for itself and never passes it on: it signs its own.

What is stored of the acts says so: an agent did them, for the user of the token, through MCP.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from services.kit.tokens import TokenSigner
from taskora.domain.actor import Actor, ActorKind, Channel, Principal
from taskora.domain.errors import Unauthenticated

ASSISTANT = Actor(ActorKind.AGENT, "mcp")
AUDIENCE = "tasks"

_asking: ContextVar[Principal | None] = ContextVar("asking over mcp", default=None)


@contextmanager
def acting_for(principal: Principal) -> Iterator[None]:
    """Let everything inside, and the tasks that it starts, act for the user of the token."""
    before = _asking.set(principal)
    try:
        yield
    finally:
        _asking.reset(before)


def asking() -> Principal:
    """Return who asked. Raises Unauthenticated where nobody did."""
    principal = _asking.get()
    if principal is None:
        raise Unauthenticated("A call over HTTP acts only for the user of its token.")
    return principal


class Acting:
    """Signs the tokens with which the tools reach the task service."""

    def __init__(self, signer: TokenSigner) -> None:
        self._signer = signer

    def token(self) -> str:
        """Return a fresh token that names the user who asked. Raises Unauthenticated where nobody did."""
        principal = asking()
        return self._signer.sign(Principal(principal.user_id, ASSISTANT, Channel.MCP, principal.scopes), AUDIENCE)
