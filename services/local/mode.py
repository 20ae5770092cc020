"""What the two modes of the embedded host allow: one person at this machine, or many users of a server. Nothing else knows."""

from taskora.config import LOCAL, Settings
from taskora.domain.errors import CannotStart

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def check(settings: Settings) -> None:
    """Raise CannotStart, naming the setting, for settings that do not go together."""
    if settings.mode == LOCAL:
        if settings.bind not in LOOPBACK:
            raise CannotStart(
                f"TASKORA_BIND is {settings.bind}, but one person's Taskora listens on this machine alone.",
                advice="Unset it, or set TASKORA_MODE=server with a TASKORA_SIGNING_KEY.",
            )
        return
    if settings.signing_key is None:
        raise CannotStart(
            "A server needs a key to know its users by.",
            advice="Set TASKORA_SIGNING_KEY to a secret of 32 bytes or more.",
        )
    if settings.clock_file is not None:
        raise CannotStart("A server runs on the system's time.", advice="Unset TASKORA_CLOCK_FILE.")


def key_for_clients(settings: Settings, key: str) -> str:
    """Return the key that host.json gives to this machine's clients: on a server none, since it signs for every user."""
    return key if settings.mode == LOCAL else ""
