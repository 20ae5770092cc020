"""`taskora up`, `taskora down` and `taskora open`."""

import http.client
import os
import sys

import click

from services.local import launch
from services.local.cli.host_client import HostClient, read_object
from services.local.cli.screen import Screen
from services.local.serve import serve
from taskora.api.problems import from_problem
from taskora.config import Settings
from taskora.domain.actor import Channel


def up(settings: Settings, *, detach: bool) -> None:
    """Be the host until Ctrl-C, or start one in the background; say where it is reached."""
    if detach:
        record = launch.ensure(settings, _note)
        click.echo(f"Taskora is running at {record.url}")
    elif not serve(settings, _announce):
        record = launch.ensure(settings, _note)
        click.echo(f"Taskora is running already at {record.url} (process {record.pid})")


def down(settings: Settings) -> None:
    """End the host; that none runs is no error."""
    record = launch.stop(settings.data_dir)
    click.echo("Taskora is not running." if record is None else f"Taskora at {record.url} has ended.")


def open_browser(settings: Settings, screen: Screen) -> None:
    """Print a link that lets a browser in, once, and open it where there is a screen for one."""
    client = HostClient(settings, _note)
    response = client.open("POST", "/browser/links", {}, audience="browser", channel=Channel.WEB)
    answer = read_object(response.read())
    if response.status != http.client.CREATED:
        raise from_problem(answer)
    url = client.connect().url + answer["path"]
    screen.show({"url": url, "seconds": answer["seconds"]}, lambda: click.echo(url))
    if screen.asks and (sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        import webbrowser

        webbrowser.open(url)


def _announce(url: str, link: str | None) -> None:
    click.echo(f"Taskora is running at {url} (Ctrl-C ends it)")
    if link is not None:
        click.echo(f"For your browser, once, within five minutes: {link}")


def _note(line: str) -> None:
    click.echo(line, err=True)
