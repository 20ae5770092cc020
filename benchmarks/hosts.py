"""A real host for measuring: its own process, its own empty folder and database, as `taskora up` runs it."""

import contextlib
import os
import secrets
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from services.kit.tokens import TokenSigner
from services.local import folder, host_file
from services.local.host_file import HostRecord
from services.local.launch import own_version
from services.local.user import LOCAL_USER
from services.server.ports import free_ports
from taskora.config import PREFIX, SERVER, Settings
from taskora.domain.actor import Actor, ActorKind, Channel, Principal
from tests.postgresql import Server

ZONE = "America/New_York"
PATIENCE = 60.0
SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
SYSTEMS = (SQLITE, POSTGRESQL)
_UNDER_WAY = "SELECT 1 FROM tasks_outbox UNION ALL SELECT 1 FROM broker_delivery LIMIT 1"
_DURABLE = ("-c", "shared_buffers=256MB")
"""Debian's defaults: a commit is answered once the disk has it."""


class Host:
    """A host process on a data folder. `settings` say on which database and for whom."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        outside = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        self.environment = outside | self.settings.environment()
        self._process: subprocess.Popen[bytes] | None = None  # None: ended

    def start(self) -> HostRecord:
        """Start the process and return where and with which key it is reached, once it answers."""
        data_dir = self.settings.data_dir
        data_dir.mkdir(parents=True, exist_ok=True)
        with folder.log(data_dir).open("ab") as log:
            self._process = process = subprocess.Popen(
                [sys.executable, "-P", "-m", "services.local.serve"],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        find = self._by_port if self.settings.mode == SERVER else self._by_file
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and process.poll() is None:
            record = find(process.pid)
            if record is not None:
                return record
            time.sleep(0.002)
        raise RuntimeError(folder.log(data_dir).read_text())

    def _by_file(self, pid: int) -> HostRecord | None:
        record = host_file.read(self.settings.data_dir)
        return record if record is not None and record.pid == pid else None

    def _by_port(self, pid: int) -> HostRecord | None:
        record = HostRecord(self.settings.port or 0, pid, own_version(), self.settings.signing_key or "")
        try:
            with urllib.request.urlopen(f"{record.url}/health", timeout=5):  # noqa: S310  our own address
                return record
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return None

    def stop(self) -> None:
        """End the process in order."""
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(30)
            self._process = None

    def drain(self) -> None:
        """Return once no event is under way, and PostgreSQL knows its new rows."""
        deadline = time.monotonic() + 5 * PATIENCE
        with self._looking() as under_way:
            while under_way():
                if time.monotonic() > deadline:
                    raise RuntimeError("events are still under way")
                time.sleep(0.1)
        if self.settings.database_url is not None:  # what autovacuum does within a minute of so many new rows
            subprocess.run(["psql", "-q", "-d", self.settings.database_url, "-c", "ANALYZE"], check=True)

    @contextlib.contextmanager
    def _looking(self) -> "Iterator[Callable[[], bool]]":
        """Give a function that tells whether events are under way, by a look into the database."""
        if self.settings.database_url is None:
            with contextlib.closing(sqlite3.connect(folder.database(self.settings.data_dir))) as database:
                yield lambda: database.execute(_UNDER_WAY).fetchone() is not None
        else:
            name = self.settings.database_url
            command = ["psql", "-At", "-d", name, "-c", _UNDER_WAY]
            yield lambda: bool(subprocess.run(command, capture_output=True, check=True).stdout.strip())

    def memory(self) -> float:
        """Return the resident memory in MiB."""
        pid = 0 if self._process is None else self._process.pid
        status = Path(f"/proc/{pid}/status").read_text()
        kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
        return int(kilobytes) / 1024


def token(record: HostRecord, audience: str = "tasks", user: str = LOCAL_USER) -> str:
    """Return a token for a minute."""
    return TokenSigner(record.key).sign(Principal(user, Actor(ActorKind.USER), Channel.API), audience)


@contextlib.contextmanager
def running(system: str = SQLITE, *, mode: str | None = None) -> Iterator[tuple[Host, HostRecord]]:
    """Give a host on a fresh folder and database with its record; all of it goes with the block.

    On PostgreSQL, and where `mode` says so, it is one for many users.
    """
    with tempfile.TemporaryDirectory(prefix="taskora-bench-") as path, _database(system) as url:
        settings = Settings(data_dir=Path(path) / "data", zone=ZONE, log_level="WARNING")
        if url is not None or mode == SERVER:
            settings = Settings(
                data_dir=Path(path) / "data",
                zone=ZONE,
                log_level="WARNING",
                mode=SERVER,
                port=free_ports(1)[0],
                signing_key=secrets.token_urlsafe(32),
                database_url=url,
            )
        host = Host(settings)
        try:
            yield host, host.start()
        finally:
            host.stop()


@contextlib.contextmanager
def _database(system: str) -> Iterator[str | None]:
    if system == SQLITE:
        yield None
        return
    server = Server(_DURABLE)
    try:
        server.start()
        yield server.migrated()
    finally:
        server.stop()
