"""A PostgreSQL of this machine for `up`: Debian's, in a folder of its own, run by an unprivileged user."""

import hashlib
import os
import pwd
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from services.server.ports import free_port, listens
from taskora.domain.errors import CannotStart

USER = "taskora"


class Start(Protocol):
    """Starts a process and waits until it is ready."""

    def __call__(self, name: str, command: Sequence[str], ready: Callable[[], bool]) -> None:
        """Raise CannotStart when it ends instead."""


def start(run: Start, folder: Path) -> str:
    """Start the server, with a cluster made the first time, and return the URL of its database.

    Raises CannotStart when PostgreSQL is missing or does not start.
    """
    owner = pwd.getpwnam("postgres") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    if os.geteuid() == 0:  # who does not see into our folder: one of its own beside its others, by our folder's name
        folder = Path(owner.pw_dir) / f"taskora-{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}"
    data = folder / "data"
    if not data.exists():
        folder.mkdir(exist_ok=True, mode=0o700)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        made = subprocess.run(  # noqa: S603  our own command
            _command(owner, "initdb", "-D", str(data), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"),
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
        )
        if made.returncode != 0:
            raise CannotStart(f"PostgreSQL cannot make its folder: {made.stderr.strip()[-300:]}")
    port = free_port()
    command = _command(owner, "postgres", "-D", str(data), "-p", str(port), "-k", "", "-h", "127.0.0.1")
    run("postgresql", command, lambda: listens(port))
    return f"postgresql://{USER}@127.0.0.1:{port}/postgres"


def _command(owner: pwd.struct_passwd, program: str, *arguments: str) -> list[str]:
    """Return the command; PostgreSQL refuses to be run by root."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda path: int(path.parts[-3]))
    path = str(found[-1]) if found else shutil.which(program)
    if path is None:
        raise CannotStart("PostgreSQL is missing.", advice="apt-get install postgresql, or set TASKORA_DATABASE_URL.")
    drop = ["setpriv", "--reuid", str(owner.pw_uid), "--regid", str(owner.pw_gid), "--clear-groups"]
    return [*(drop if os.geteuid() == 0 else []), path, *arguments]
