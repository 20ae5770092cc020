"""A conversation with the agent of a host in this process."""

from dataclasses import dataclass, field
from typing import Any

from taskora.domain.actor import Actor, ActorKind, Channel, Principal
from tests.hosts import LocalHost
from tests.sse import events


@dataclass
class Talk:
    """One conversation of one user, whose lines are said at the moment of the host's clock."""

    host: LocalHost
    user: str = "local"
    conversation: str | None = None
    last: dict[str, Any] = field(default_factory=dict)
    tools: list[tuple[str, bool]] = field(default_factory=list)

    async def say(self, text: str) -> str:
        """Return the reply to a line, once every event that it caused has been handled."""
        found = await self.stream({"text": text, "conversation": self.conversation})
        self.last = dict(found)["done"]
        self.conversation = self.last["conversation"]
        self.tools = [(data["name"], data["ok"]) for name, data in found if name == "tool"]
        assert "".join(data["text"] for name, data in found if name == "delta") == self.last["reply"]
        await self.host.host.drain()
        return str(self.last["reply"])

    async def stream(self, body: dict[str, object]) -> list[tuple[str, dict[str, Any]]]:
        """Return the events of an answer."""
        response = await self.host.http.post("/chat", json=body, headers=self.headers())
        assert response.status_code == 200, response.text
        assert response.headers["content-type"].startswith("text/event-stream")
        return events(response.text.splitlines())

    def headers(self, audience: str = "agent") -> dict[str, str]:
        principal = Principal(self.user, Actor(ActorKind.USER), Channel.CHAT)
        return {"Authorization": f"Bearer {self.host.host.signer.sign(principal, audience)}"}

    @property
    def changed(self) -> int:
        return int(self.last["changed"])
