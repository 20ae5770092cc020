"""`taskora migrate`: bring the database to this version, before a server is started. A host on a file does it by itself."""

import click

from services.local import folder, lock
from services.local.cli.progress import Progress
from services.local.cli.screen import Look, Screen
from taskora.config import Settings
from taskora.domain.errors import CannotStart
from taskora.storage.migration import head_revision, migrate


def run(settings: Settings, screen: Screen) -> None:
    """Migrate and say from where to where. Raises CannotStart while a host has the file, and what `migrate` raises."""
    if settings.database_url is None:
        if lock.is_held(settings.data_dir):
            raise CannotStart(
                "A host runs on this folder: it has migrated its database when it started.",
                advice="`taskora down` ends it.",
            )
        with folder.using(settings.data_dir), Progress(screen, "Migrating"):
            before = migrate(folder.database_url(settings), wait=settings.request_wait)
    else:
        with Progress(screen, "Migrating"):
            before = migrate(settings.database_url, wait=settings.request_wait)
    head = head_revision()
    if screen.look is Look.JSON:
        screen.json({"before": before, "revision": head})
    elif before == head:
        click.echo(f"The database is at revision {head} already.")
    elif before is None:
        click.echo(f"The database was made, at revision {head}.")
    else:
        click.echo(f"The database was brought from revision {before} to {head}.")
