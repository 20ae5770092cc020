"""Who makes a change, and by which door. Both come from verified token claims only (see services/kit/identity)."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """The kinds of actor that the history tells apart."""

    USER = "user"
    AGENT = "agent"
    SYSTEM = "system"


class Channel(StrEnum):
    """The door through which a command came."""

    WEB = "web"
    CHAT = "chat"
    MCP = "mcp"
    API = "api"
    RECURRENCE = "recurrence"


@dataclass(frozen=True, slots=True)
class Actor:
    """The user, an agent that acts for the user, or the system. `name` says which agent or worker."""

    kind: ActorKind
    name: str = ""


@dataclass(frozen=True, slots=True)
class Principal:
    """Whose tasks are touched (`user_id`), by whom, and through which door."""

    user_id: str
    actor: Actor
    channel: Channel
    scopes: frozenset[str] = frozenset()
