"""`taskora up` and `taskora down`."""

import click

from services.local import launch
from services.local.serve import serve
from taskora.config import Settings


def up(settings: Settings, *, detach: bool) -> None:
    """Be the host until Ctrl-C, or start one in the background; say where it is reached."""
    if detach:
        record = launch.ensure(settings, _note)
        click.echo(f"Taskora is running at {record.url}")
    elif not serve(settings, lambda url: click.echo(f"Taskora is running at {url} (Ctrl-C ends it)")):
        record = launch.ensure(settings, _note)
        click.echo(f"Taskora is running already at {record.url} (process {record.pid})")


def down(settings: Settings) -> None:
    """End the host; that none runs is no error."""
    record = launch.stop(settings.data_dir)
    click.echo("Taskora is not running." if record is None else f"Taskora at {record.url} has ended.")


def _note(line: str) -> None:
    click.echo(line, err=True)
