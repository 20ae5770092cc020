"""The one local user of the embedded host, and the tokens that its clients sign. Nothing else knows that there is only one."""

from services.kit.tokens import TokenSigner
from taskora.domain.actor import Actor, Channel, Principal
from taskora.domain.errors import CannotStart

LOCAL_USER = "local"


def sign(key: str, *, actor: Actor, channel: Channel, audience: str) -> str:
    """Return a token for the local user that the holder of the host's key may use for a minute.

    Raises CannotStart where the running host is a server, which knows no local user.
    """
    if not key:
        raise CannotStart(
            "The host on this folder is a server for many users.",
            advice="Use its HTTP interface with a token (`taskora token --user NAME`), or set another TASKORA_DATA_DIR.",
        )
    principal = Principal(LOCAL_USER, actor, channel)
    return TokenSigner(key).sign(principal, audience)
