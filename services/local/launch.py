"""Find the host of a data folder, start one, stop one. What every client does first; no HTTP here.

A host is started as a process of its own: own session, no descriptor of ours, its output in the log file. Whoever starts one
waits until a host listens, its own or the one that won the lock. A host of an older version is stopped and replaced, a newer
one is refused.
"""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from services.local import exits, folder, host_file, lock
from services.local.host_file import HostRecord
from taskora.config import PREFIX, Settings
from taskora.domain.errors import CannotStart, NewerHost, StorageFull, TaskoraError, Unavailable

START_LIMIT = 60.0
STOP_LIMIT = 20.0
LOG_LIMIT = 5 * 1024 * 1024
_ROOM = 64 * 1024
_PAUSE = 0.02


def own_version() -> str:
    """Return the version of this Taskora, as the folder of its metadata says it (PyPA, "Recording installed projects").

    The standard library reads the folder's files, for which it imports a mail parser: a sixth of what a command takes.
    """
    for place in sys.path:
        for found in Path(place).glob("taskora-*.dist-info"):
            return found.name.removeprefix("taskora-").removesuffix(".dist-info")
    from importlib.metadata import version  # noqa: PLC0415  see above

    return version("taskora")


def running(data_dir: Path) -> HostRecord | None:
    """Return the record of the running host, None when none runs. One that is just starting or ending is waited for.

    Raises Unavailable when the lock is held, but nobody listens for a minute.
    """
    deadline = time.monotonic() + START_LIMIT
    while lock.is_held(data_dir):
        record = host_file.read(data_dir)
        if record is not None:
            return record
        if time.monotonic() > deadline:
            raise Unavailable(
                f"A host holds the lock of {data_dir} but does not answer.", advice=f"See {folder.log(data_dir)}."
            )
        time.sleep(_PAUSE)
    return None


def ensure(settings: Settings, say: Callable[[str], None]) -> HostRecord:
    """Return the record of a running host of this version; start or replace one where needed, and say so.

    Raises NewerHost, CannotStart when the host cannot start here, and Unavailable when it does not come up.
    """
    own = own_version()
    for _ in range(3):
        record = running(settings.data_dir)
        if record is None:
            start(settings)
            record = running(settings.data_dir)
            if record is None:
                continue
            say(f"Started Taskora at {record.url}; `taskora down` ends it.")
        if _order(record.version) > _order(own):
            raise NewerHost(
                f"The running host is Taskora {record.version}, this is {own}.",
                advice="Update this one, or end the host with `taskora down` of its version.",
            )
        if _order(record.version) == _order(own):
            return record
        say(f"Replacing the host of Taskora {record.version} by {own}.")
        stop(settings.data_dir)
    raise Unavailable("The host does not stay up.", advice=f"See {folder.log(settings.data_dir)}.")


def start(settings: Settings) -> None:
    """Start a detached host and return once a host listens on this data folder.

    Raises CannotStart with what the new process said when it ended instead.
    """
    with _open_log(settings.data_dir) as log:
        begin = log.tell()
        variables = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "services.local.serve"],
            env=variables | settings.environment(),
            cwd=settings.data_dir,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            close_fds=True,
        )
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline:
        ended = process.poll()
        if ended:
            raise _last_error(settings.data_dir, begin)
        if ended == 0:
            return  # another process is the host
        if host_file.read(settings.data_dir) is not None and lock.is_held(settings.data_dir):
            threading.Thread(target=process.wait, name="reaper", daemon=True).start()
            return
        time.sleep(_PAUSE)
    raise Unavailable("The host does not come up.", advice=f"See {folder.log(settings.data_dir)}.")


def stop(data_dir: Path) -> HostRecord | None:
    """Have the running host finish what it does and end; return its record, None when none ran.

    Raises Unavailable when it does not end in time.
    """
    record = running(data_dir)
    if record is None:
        return None
    try:
        os.kill(record.pid, signal.SIGTERM)
    except ProcessLookupError:
        return None
    deadline = time.monotonic() + STOP_LIMIT
    while lock.is_held(data_dir) and host_file.read(data_dir) in {record, None}:
        if time.monotonic() > deadline:
            raise Unavailable(f"The host (process {record.pid}) does not end.", advice=f"See {folder.log(data_dir)}.")
        time.sleep(_PAUSE)
    return record


def _open_log(data_dir: Path) -> BinaryIO:
    path = folder.log(data_dir)
    with folder.using(data_dir):
        if path.exists() and path.stat().st_size > LOG_LIMIT:
            path.replace(path.with_suffix(".log.1"))
        file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")
        file.seek(0, os.SEEK_END)
        return file


def _last_error(data_dir: Path, begin: int) -> TaskoraError:
    """Return the error by which the new process explained its end, in a line of the log unless the disk had no room for it."""
    with folder.log(data_dir).open("rb") as log:
        log.seek(begin)
        lines = log.read().decode(errors="replace").splitlines()
    for line in reversed(lines):
        if line.startswith(exits.MARK):
            return CannotStart(line.removeprefix(exits.MARK), advice="")
    if shutil.disk_usage(data_dir).free < _ROOM:
        return StorageFull(f"The disk of {data_dir} is full.")
    return CannotStart("The host ended at once.", advice=f"See {folder.log(data_dir)}.")


def _order(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, to compare by."""
    parts = version.partition("+")[0].split(".")
    return tuple(int(part) if part.isdigit() else 0 for part in parts)
