"""For whom the agent is acting. It verifies a token meant for itself and never passes it on: it signs its own.

What is stored of the acts says so: the actor is the agent, the user is the one who asked, the channel is the one they used.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from services.kit.tokens import TokenSigner
from taskora.domain.actor import Actor, ActorKind, Principal
from taskora.domain.errors import Unauthenticated

ASSISTANT = Actor(ActorKind.AGENT, "assistant")
AUDIENCE = "tasks"

_asking: ContextVar[Principal | None] = ContextVar("asking", default=None)


class ActingFor:
    """Signs the tokens with which the agent's tools reach the task service."""

    def __init__(self, signer: TokenSigner) -> None:
        self._signer = signer

    @contextmanager
    def user(self, principal: Principal) -> Iterator[None]:
        """Let everything inside, and the tasks that it starts, act for the user who asked."""
        before = _asking.set(principal)
        try:
            yield
        finally:
            _asking.reset(before)

    def token(self) -> str:
        """Return a fresh token that names the user who asked. Raises Unauthenticated where nobody did."""
        asking = _asking.get()
        if asking is None:
            raise Unauthenticated("The agent acts only for a user who asked.")
        acting = Principal(asking.user_id, ASSISTANT, asking.channel, asking.scopes)
        return self._signer.sign(acting, AUDIENCE)
