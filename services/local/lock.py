"""The lock on a data folder: whoever holds it is the host. The kernel drops it with the process, however that ends.

The lock, not host.json, is the sign of life. Only this module knows how a system locks files.
"""

import fcntl
import os
import time
from pathlib import Path

from services.local import folder

_NAME = "host.lock"
_PATIENCE = 0.2
"""Seconds: `is_held` takes a shared lock for a moment, and a host that starts just then must not take that for another."""


class HostLock:
    """The lock of one data folder."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir
        self._descriptor: int | None = None

    def take(self) -> bool:
        """Take the lock and tell whether it worked; False when another process has it.

        Makes the folder where it is missing. Raises FolderUnusable when it cannot be made or written.
        """
        with folder.using(self._folder):
            descriptor = os.open(self._folder / _NAME, os.O_RDWR | os.O_CREAT, 0o600)
        deadline = time.monotonic() + _PATIENCE
        while not _locked(descriptor, fcntl.LOCK_EX):
            if time.monotonic() > deadline:
                os.close(descriptor)
                return False
            time.sleep(0.01)
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Let the lock go; the file stays, for a file that is removed could be locked twice."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def is_held(data_dir: Path) -> bool:
    """Tell whether a process holds the lock of this folder."""
    try:
        descriptor = os.open(data_dir / _NAME, os.O_RDWR)
    except OSError:
        return False
    try:
        return not _locked(descriptor, fcntl.LOCK_SH)
    finally:
        os.close(descriptor)


def _locked(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
