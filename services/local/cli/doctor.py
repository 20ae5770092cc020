"""`taskora doctor`: looks at everything that could keep Taskora from working, starts nothing and changes nothing."""

import asyncio
import platform
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

import click

from services.local import exits, folder, host_file, launch, lock
from services.local.cli.plain_http import request
from services.local.cli.screen import Look, Screen
from services.local.zone import user_zone
from services.tasks.steps import SERVICE
from taskora.config import Settings
from taskora.domain.errors import TaskoraError
from taskora.runtime.embedded import deliveries
from taskora.storage import dead_letters, outbox
from taskora.storage.database import Database
from taskora.storage.migration import current_revision, head_revision

OK = 200
ENOUGH_SPACE = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found."""

    subject: str
    text: str
    good: bool = True


def run(settings: Settings, screen: Screen) -> int:
    """Print every finding, a line each, and return 1 when one is bad."""
    findings = []
    for finding in _examine(settings):
        findings.append(finding)
        if screen.look is not Look.JSON:
            mark = screen.styled("ok ", fg="green") if finding.good else screen.styled("BAD", fg="red", bold=True)
            click.echo(f"{mark}  {finding.subject:<9} {finding.text}", color=screen.coloured)
    good = all(finding.good for finding in findings)
    if screen.look is Look.JSON:
        screen.json({"good": good, "findings": [asdict(finding) for finding in findings]})
    return 0 if good else exits.REFUSED


def _examine(settings: Settings) -> Iterator[Finding]:
    for subject, check in _CHECKS.items():
        try:
            yield check(settings)
        except TaskoraError as error:
            yield Finding(subject, error.sentence, good=False)


def _versions(_: Settings) -> Finding:
    return Finding(
        "version",
        f"Taskora {launch.own_version()}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}",
    )


def _folder(settings: Settings) -> Finding:
    with folder.using(settings.data_dir), tempfile.TemporaryFile(dir=settings.data_dir) as file:
        file.write(b"a line that must fit")
        file.flush()
        free = shutil.disk_usage(settings.data_dir).free
    text = f"{settings.data_dir} can be written, {free // 1024**2} MiB are free"
    return Finding("folder", text, good=free > ENOUGH_SPACE)


def _host(settings: Settings) -> Finding:
    if not lock.is_held(settings.data_dir):
        return Finding("host", "not running; `taskora up --detach` or the first chat starts it")
    record = host_file.read(settings.data_dir)
    if record is None:
        return Finding("host", "starting or ending, or its host.json is unreadable", good=False)
    try:
        with request(record.port, "GET", "/health", {}, timeout=5) as response:
            status = response.status
    except OSError as error:
        return Finding("host", f"process {record.pid} does not answer at {record.url}: {error}", good=False)
    ready = status == OK
    return Finding(
        "host",
        f"{record.version} at {record.url}, process {record.pid}, {'ready' if ready else f'status {status}'}",
        good=ready,
    )


def _database(settings: Settings) -> Finding:
    if _is_missing(settings):
        return Finding("database", "none yet; the host makes it")
    revision, head = current_revision(folder.database_url(settings)), head_revision()
    if revision == head:
        return Finding("database", f"revision {revision}, as this version needs it")
    if revision is not None and revision > head:
        return Finding("database", f"revision {revision} of a newer Taskora; this one knows up to {head}", good=False)
    if settings.database_url is not None:
        said = "no tables yet" if revision is None else f"revision {revision}, but this version needs {head}"
        return Finding("database", f"{said}; run `taskora migrate`", good=False)
    return Finding("database", f"revision {revision}; the host brings it to {head} when it starts")


def _is_missing(settings: Settings) -> bool:
    """Tell whether there is no file yet. A server's database is another's affair."""
    return settings.database_url is None and not folder.database(settings.data_dir).exists()


def _events(settings: Settings) -> Finding:
    if _is_missing(settings):
        return Finding("events", "none yet")
    if settings.database_url is not None and current_revision(settings.database_url) != head_revision():
        return Finding("events", "not looked at before the migration")
    (waiting, parked), undelivered, dead = asyncio.run(_counts(settings))
    text = f"{waiting} to publish, {parked} parked, {undelivered} to deliver, {dead} dead letters"
    if parked or dead:
        return Finding("events", f"{text}; `taskora dead-letters list` shows them", good=False)
    return Finding("events", text)


async def _counts(settings: Settings) -> tuple[tuple[int, int], int, int]:
    database = Database(folder.database_url(settings))
    try:
        return await database.read(
            lambda connection: (
                outbox.counts(connection, SERVICE),
                deliveries.count(connection),
                dead_letters.count(connection),
            )
        )
    finally:
        await database.close()


def _zone(settings: Settings) -> Finding:
    whose = "this machine's" if settings.zone is None else "TASKORA_ZONE"
    return Finding("zone", f"{user_zone(settings)} ({whose}, unless a preference says otherwise)")


_CHECKS: dict[str, Callable[[Settings], Finding]] = {
    "version": _versions,
    "folder": _folder,
    "host": _host,
    "database": _database,
    "events": _events,
    "zone": _zone,
}
