"""A PostgreSQL of this machine for `up`: the newest that is installed, in a folder of its own, run by an unprivileged user."""

import asyncio
import hashlib
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import time
from pathlib import Path

from services.server.machine import PATIENCE, PAUSE, Part, dies_with_us
from services.server.ports import listens
from taskora.domain.errors import CannotStart, Unavailable
from taskora.storage.migration import migrate

USER = "taskora"


class Postgres:
    """A server in `folder`; run by root it is the user postgres', in a folder below that user's home."""

    def __init__(self, folder: Path, port: int) -> None:
        """Find the programs. Raises CannotStart when they are missing."""
        self._owner = owner()
        if os.geteuid() == 0:  # that user cannot look into a folder of root's
            name = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
            folder = Path(self._owner.pw_dir) / f"taskora-{name}"
        self.folder = folder
        self.port = port

    @property
    def url(self) -> str:
        """The URL of its database; it holds the password."""
        return f"postgresql://{USER}:{self._password.read_text()}@127.0.0.1:{self.port}/postgres"

    def part(self) -> Part:
        """Return the server as a process, after the first start has made its folder. Raises CannotStart."""
        if not (self._data / "PG_VERSION").exists():
            self._make()

        async def ready() -> bool:
            return listens(self.port)

        arguments = ("-D", str(self._data), "-p", str(self.port), "-k", "", "-h", "127.0.0.1")
        command = unprivileged(dies_with_us([program("postgres"), *arguments], signal.SIGINT))
        return Part("postgresql", command, ready, ending=signal.SIGINT)  # SIGTERM would wait for every client

    async def migrate(self) -> None:
        """Bring the database to this version, as soon as the server takes connections."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                await asyncio.to_thread(migrate, self.url)
            except Unavailable:  # it listens before it has recovered from a power cut
                if time.monotonic() > deadline:
                    raise
                await asyncio.sleep(PAUSE)
            else:
                return

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def _password(self) -> Path:
        return self.folder / "password"

    def _make(self) -> None:
        """Make the cluster, with a password, for the loopback address is everybody's on this machine."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True, mode=0o700)
        self._password.touch(mode=0o600)
        self._password.write_text(secrets.token_urlsafe(24))
        for path in (self.folder, self._password):
            os.chown(path, self._owner.pw_uid, self._owner.pw_gid)
        known = ("-U", USER, "-A", "scram-sha-256", "--pwfile", str(self._password))
        form = ("-E", "UTF8", "--locale=C.UTF-8")
        command = unprivileged([program("initdb"), "-D", str(self._data), *known, *form])
        made = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")  # noqa: S603  our own
        if made.returncode != 0:
            raise CannotStart(f"PostgreSQL cannot make its folder {self._data}: {made.stderr.strip()[-300:]}")


def owner() -> pwd.struct_passwd:
    """Return who runs PostgreSQL: it refuses root, who lends it to the user postgres."""
    return pwd.getpwnam("postgres") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())


def unprivileged(command: list[str]) -> list[str]:
    """Return a command as the owner runs it. What shall die with us says so inside: the kernel forgets it with the user."""
    if os.geteuid() != 0:
        return command
    user = ("--reuid", str(owner().pw_uid), "--regid", str(owner().pw_gid), "--clear-groups")
    return ["setpriv", *user, *command]


def missing() -> str | None:
    """Return what to install when PostgreSQL is not here."""
    try:
        program("initdb")
        owner()
    except (CannotStart, KeyError):
        return "PostgreSQL (apt-get install postgresql, or set TASKORA_DATABASE_URL)"
    return None


def program(name: str) -> str:
    """Return a program of PostgreSQL: the newest of Debian's, which are not on the path, else the one on it.

    Raises CannotStart where there is none.
    """
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    path = str(found[-1]) if found else shutil.which(name)
    if path is None:
        raise CannotStart(f"PostgreSQL's {name} is missing.", advice="On Debian: apt-get install postgresql.")
    return path
