"""`taskora replay --consumer NAME`: hands past events to one consumer."""

import datetime as dt

import click

from services.local.cli.operator import call
from services.local.cli.progress import Progress
from services.local.cli.screen import Look, Screen
from services.local.zone import user_zone
from taskora.api.operations import ReplayChanges, ReplayedChanges
from taskora.config import Settings
from taskora.domain.due import wall_instant
from taskora.domain.errors import InvalidField


def run(
    settings: Settings, screen: Screen, url: str | None, *, consumer: str, user: str | None, since: str | None
) -> None:
    """Print how many events were handed over."""
    instant = None if since is None else _instant(since, user_zone(settings))
    asked = ReplayChanges(consumer=consumer, user=user, since=instant)
    with Progress(screen, "Handing over"):
        answer = call(settings, url, ReplayedChanges, "POST", "/replay", body=asked)
    if screen.look is Look.JSON:
        screen.json(answer.model_dump(mode="json"))
        return
    events = "1 event" if answer.events == 1 else f"{answer.events} events"
    click.echo(f"Handed {events} to {answer.consumer}.")


def _instant(text: str, zone: str) -> dt.datetime:
    """Read a date or an instant; without an offset it is meant in the person's zone. Raises InvalidField."""
    try:
        instant = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidField(
            f"--since {text} is no date.", field="since", advice="Write 2026-11-01 or 2026-11-01T09:00:00Z."
        ) from error
    return instant if instant.tzinfo is not None else wall_instant(instant.date(), instant.time(), zone)
