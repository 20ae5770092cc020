"""`taskora up`, `taskora down` and `taskora open`."""

import json
import os
import sys

import click

from services.local import launch
from services.local.cli.host_client import HostClient, read_object
from services.local.cli.progress import Progress
from services.local.cli.screen import Look, Screen, note
from services.local.host_file import HostRecord
from services.local.serve import serve
from taskora.api.problems import from_problem
from taskora.config import Settings
from taskora.domain.actor import Channel

CREATED = 201


def up(settings: Settings, screen: Screen, *, detach: bool) -> None:
    """Be the host until Ctrl-C, or start one in the background; say where it is reached."""
    if detach:
        with Progress(screen, "Starting"):
            record = launch.ensure(settings, note)
        _tell(screen, record, f"Taskora is running at {record.url}")
    elif not serve(settings, lambda url, link: _announce(screen, url, link)):
        record = launch.ensure(settings, note)
        _tell(screen, record, f"Taskora is running already at {record.url} (process {record.pid})")


def down(settings: Settings, screen: Screen) -> None:
    """End the host; that none runs is no error."""
    with Progress(screen, "Ending"):
        record = launch.stop(settings.data_dir)
    if screen.look is Look.JSON:
        screen.json({"ended": None if record is None else record.url})
    else:
        click.echo("Taskora is not running." if record is None else f"Taskora at {record.url} has ended.")


def open_browser(settings: Settings, screen: Screen) -> None:
    """Print a link that lets a browser in, once, and open it where there is a screen for one."""
    client = HostClient(settings, note)
    with client.open("POST", "/browser/links", {}, audience="browser", channel=Channel.WEB) as response:
        answer = read_object(response.read())
    if response.status != CREATED:
        raise from_problem(answer)
    url = client.connect().url + answer["path"]
    screen.show({"url": url, "seconds": answer["seconds"]}, lambda: click.echo(url))
    if screen.asks and (sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        import webbrowser

        webbrowser.open(url)


def _announce(screen: Screen, url: str, link: str | None) -> None:
    if screen.look is Look.JSON:
        click.echo(json.dumps({"url": url, "link": link}))
        return
    click.echo(f"Taskora is running at {url} (Ctrl-C ends it)")
    if link is not None:
        click.echo(f"For your browser, once, within five minutes: {link}")


def _tell(screen: Screen, record: HostRecord, line: str) -> None:
    if screen.look is Look.JSON:
        screen.json({"url": record.url, "pid": record.pid, "version": record.version})
    else:
        click.echo(line)
