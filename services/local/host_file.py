"""host.json: where the running host of a data folder listens, and the key that its clients sign with.

Only the host writes it, once it listens, and removes it when it ends. Its owner alone may read it. Whether the host lives is
not its affair: the lock says that (see `lock`).
"""

import contextlib
import dataclasses
import json
import os
from dataclasses import dataclass
from pathlib import Path

_NAME = "host.json"


@dataclass(frozen=True, slots=True)
class HostRecord:
    """What a client needs to reach the host."""

    port: int
    pid: int
    version: str
    key: str = dataclasses.field(repr=False)

    @property
    def url(self) -> str:
        """Return the host's address."""
        return f"http://127.0.0.1:{self.port}"


def write(folder: Path, record: HostRecord) -> None:
    """Put the record in place by rename, so that a reader sees all of it or nothing."""
    fresh = folder / f"{_NAME}.new"
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(dataclasses.asdict(record), file)
    fresh.replace(folder / _NAME)


def read(folder: Path) -> HostRecord | None:
    """Return the record, or None when there is none or it cannot be read."""
    try:
        found = json.loads((folder / _NAME).read_text(encoding="utf-8"))
        return HostRecord(int(found["port"]), int(found["pid"]), str(found["version"]), str(found["key"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remove(folder: Path) -> None:
    """Take the record away; a folder that is gone is no reason to fail."""
    with contextlib.suppress(OSError):
        (folder / _NAME).unlink()
