"""`taskora dead-letters list | show | replay`: plain lines, for people and for pipes."""

import json

import click

from services.local import exits
from services.local.cli.operator import call
from services.local.cli.progress import Progress
from services.local.cli.screen import Look, Screen
from taskora.api.operations import (
    DeadLetterDetail,
    DeadLetterLine,
    DeadLetterPage,
    ReplayDeadLetters,
    ReplayedLetters,
)
from taskora.config import Settings

PARKED = "(broker)"


def show_all(settings: Settings, screen: Screen, url: str | None, limit: int) -> None:
    """Print a line for each, and how many there are."""
    page = call(settings, url, DeadLetterPage, "GET", "/dead-letters", params={"limit": str(limit)})
    if screen.look is Look.JSON:
        screen.json(page.model_dump(mode="json"))
        return
    rows = [_cells(line) for line in page.dead_letters]
    widths = [max(len(row[column]) for row in rows) for column in range(4)] if rows else []
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        click.echo("  ".join((*cells, row[4])))
    if page.dead + page.parked == 0:
        click.echo("No dead letters.")
        return
    click.echo(f"{page.dead} dead, {page.parked} refused by the broker; {len(rows)} shown.", err=True)


def show(settings: Settings, screen: Screen, url: str | None, letter: str) -> None:
    """Print what is known of one, then its event."""
    found = call(settings, url, DeadLetterDetail, "GET", f"/dead-letters/{_path(letter)}")
    if screen.look is Look.JSON:
        screen.json(found.model_dump(mode="json"))
        return
    facts = found.model_dump(mode="json", exclude={"event"})
    for name, value in facts.items():
        click.echo(f"{name + ':':<10} {'-' if value is None else value}")
    click.echo(found.event if isinstance(found.event, str) else json.dumps(found.event, indent=2, ensure_ascii=False))


def replay(settings: Settings, screen: Screen, url: str | None, letters: list[str], *, every: bool) -> int:
    """Print what became of each; return 1 when one could not be delivered again."""
    asked = ReplayDeadLetters(ids=letters, all=every)
    with Progress(screen, "Delivering"):
        answer = call(settings, url, ReplayedLetters, "POST", "/dead-letters/replay", body=asked)
    results = answer.results
    if screen.look is Look.JSON:
        screen.json(answer.model_dump(mode="json"))
        return 0 if all(result.ok for result in results) else exits.REFUSED
    for result in results:
        click.echo(f"{result.id}  {'on its way' if result.ok else result.detail}")
    if not results:
        click.echo("No dead letters.")
    return 0 if all(result.ok for result in results) else exits.REFUSED


def _cells(line: DeadLetterLine) -> tuple[str, str, str, str, str]:
    return line.id, line.consumer or PARKED, line.topic, line.type or "?", " ".join(line.reason.split())


def _path(letter: str) -> str:
    """Return an id as a part of a path; what is no id finds nothing."""
    return letter if letter and all(one.isalnum() or one == "-" for one in letter) else "-"
