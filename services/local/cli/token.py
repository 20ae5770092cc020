"""`taskora token`: a token for a user of a server, signed with the server's key, to try its HTTP interface by hand."""

import click

from services.kit.tokens import TokenSigner
from services.local import mode
from services.local.cli.screen import Screen
from taskora.config import LOCAL, Settings
from taskora.domain.actor import Actor, ActorKind, Channel, Principal
from taskora.domain.errors import CannotStart

LONGEST = 24 * 60


def run(settings: Settings, screen: Screen, *, user: str, audience: str, minutes: int) -> None:
    """Print the token and nothing else. Raises CannotStart where there is no server's key."""
    if settings.mode == LOCAL:
        raise CannotStart(
            "Tokens are for a server's users.",
            advice="Set TASKORA_MODE=server and the TASKORA_SIGNING_KEY of the server.",
        )
    mode.check(settings)
    scopes = frozenset({"operate"}) if audience == "ops" else frozenset[str]()
    principal = Principal(user, Actor(ActorKind.USER), Channel.API, scopes)
    seconds = 60 * min(minutes, LONGEST)
    token = TokenSigner(settings.signing_key or "").sign(principal, audience, lifetime=seconds)
    screen.show({"token": token, "seconds": seconds}, lambda: click.echo(token))
