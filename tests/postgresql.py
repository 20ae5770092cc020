"""A PostgreSQL server for a test session: Debian's, in a folder of its own, run by an unprivileged user, gone at the end."""

import asyncio
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import asyncpg

from taskora.storage.migration import migrate
from tests.waiting import until_now

USER = "taskora"
TEMPLATE = "migrated"
_FAST = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "shared_buffers=64MB")
"""No power is cut in a test: a killed process loses nothing that the system's cache has."""


def binaries() -> Path:
    """Return the folder of the newest server that is installed. Fails where there is none: no test is skipped for it."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    if not found and on_path is None:
        raise AssertionError("PostgreSQL is missing: apt-get install postgresql")
    return found[-1].parent if found else Path(str(on_path)).parent


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A running server on the loopback address; `url` names one of its databases."""

    def __init__(self, options: Sequence[str] = _FAST) -> None:
        self._options = options
        self._made = 0
        self._template_made = False
        self._folder = Path(tempfile.mkdtemp(prefix="taskora-postgresql-"))
        self._owner = pwd.getpwnam("postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name)
        os.chown(self._folder, self._owner.pw_uid, self._owner.pw_gid)
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        arguments = ["-D", str(self._data), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        self._run("initdb", *arguments)

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _command(self, program: str, *arguments: str) -> list[str]:
        as_owner = [] if os.geteuid() != 0 else ["setpriv", "--reuid", str(self._owner.pw_uid), "--regid"]
        as_owner += [str(self._owner.pw_gid), "--clear-groups"] if as_owner else []
        return [*as_owner, str(binaries() / program), *arguments]

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            self._command(program, *arguments), capture_output=True, text=True, check=False, cwd=self._folder
        )
        assert done.returncode == 0, done.stderr

    def start(self) -> None:
        """Start the server and return once it answers."""
        arguments = ["-D", str(self._data), "-p", str(self.port), "-k", "", "-h", "127.0.0.1", *self._options]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                # ends with this process, however that ends
                ["setpriv", "--pdeathsig", "TERM", *self._command("postgres", *arguments, "-c", "max_connections=200")],
                stdout=log,
                stderr=log,
                cwd=self._folder,
            )
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
