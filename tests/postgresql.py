"""A PostgreSQL server for a test session: Debian's, in a folder of its own, run by an unprivileged user, gone at the end."""

import asyncio
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import asyncpg

from services.server.machine import dies_with_us
from services.server.ports import free_ports
from services.server.postgres import owner, program, unprivileged
from taskora.storage.migration import migrate
from tests.waiting import until_now

USER = "taskora"
TEMPLATE = "migrated"
_FAST = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "shared_buffers=64MB")
"""No power is cut in a test: a killed process loses nothing that the system's cache has."""


class Server:
    """A running server on the loopback address; `url` names one of its databases."""

    def __init__(self, options: Sequence[str] = _FAST) -> None:
        self._options = options
        self._made = 0
        self._template_made = False
        self._folder = Path(tempfile.mkdtemp(prefix="taskora-postgresql-"))
        os.chown(self._folder, owner().pw_uid, owner().pw_gid)
        (self.port,) = free_ports(1)
        self._process: subprocess.Popen[bytes] | None = None
        arguments = ["-D", str(self._data), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        self._run("initdb", *arguments)

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _run(self, name: str, *arguments: str) -> None:
        command = unprivileged([program(name), *arguments])
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=self._folder)
        assert done.returncode == 0, done.stderr

    def start(self) -> None:
        """Start the server and return once it answers."""
        place = ["-D", str(self._data), "-p", str(self.port), "-k", "", "-h", "127.0.0.1", "-c", "max_connections=200"]
        command = dies_with_us([program("postgres"), *place, *self._options], signal.SIGINT)
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(unprivileged(command), stdout=log, stderr=log, cwd=self._folder)
        until_now(self._answers, limit=60.0)

    def _answers(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, (self._folder / "log").read_text()
        try:
            self.execute("SELECT 1")
        except (OSError, asyncpg.PostgresError):
            return False
        return True

    def url(self, database: str = "postgres") -> str:
        """Return the URL of a database."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{database}"

    def execute(self, statement: str, database: str = "postgres") -> None:
        """Run a statement outside any transaction."""

        async def run() -> None:
            connection = await asyncpg.connect(self.url(database), timeout=5)
            try:
                await connection.execute(statement)
            finally:
                await connection.close()
                await asyncio.sleep(0)  # lets the socket close before the loop does

        asyncio.run(run())

    def empty(self) -> str:
        """Return the URL of a new, empty database."""
        self._made += 1
        name = f"test_{self._made}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        return self.url(name)

    def migrated(self) -> str:
        """Return the URL of a new database at the present revision."""
        if not self._template_made:
            self.execute(f"CREATE DATABASE {TEMPLATE} TEMPLATE template0")
            migrate(self.url(TEMPLATE))
            self._template_made = True
        self._made += 1
        name = f"test_{self._made}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database, whoever is connected to it."""
        self.execute(f"DROP DATABASE IF EXISTS {url.rpartition('/')[2]} WITH (FORCE)")

    def kill(self) -> None:
        """End the server as a power cut would, with all of its processes."""
        assert self._process is not None
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait(20)

    def stop(self) -> None:
        """End the server and remove its folder."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(20)
        shutil.rmtree(self._folder, ignore_errors=True)
