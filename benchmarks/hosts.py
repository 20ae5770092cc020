"""A real host for measuring: its own process, its own empty folder, as `taskora up --detach` starts it."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from services.local import folder, host_file
from services.local.host_file import HostRecord
from services.local.user import sign
from taskora.config import PREFIX, Settings
from taskora.domain.actor import Actor, ActorKind, Channel

ZONE = "America/New_York"
PATIENCE = 60.0
_UNDER_WAY = "SELECT 1 FROM tasks_outbox UNION ALL SELECT 1 FROM broker_delivery LIMIT 1"


class Host:
    """A host process on a data folder."""

    def __init__(self, data_dir: Path) -> None:
        self.settings = Settings(data_dir=data_dir, zone=ZONE, log_level="WARNING")
        outside = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        self.environment = outside | self.settings.environment()
        self._process: subprocess.Popen[bytes] | None = None  # None: ended

    def start(self) -> HostRecord:
        """Start the process and return its record once it listens."""
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
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and process.poll() is None:
            record = host_file.read(data_dir)
            if record is not None and record.pid == process.pid:
                return record
            time.sleep(0.002)
        raise RuntimeError(folder.log(data_dir).read_text())

    def stop(self) -> None:
        """End the process in order."""
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(30)
            self._process = None

    def drain(self) -> None:
        """Return once no event is under way."""
        deadline = time.monotonic() + 5 * PATIENCE
        with contextlib.closing(sqlite3.connect(folder.database(self.settings.data_dir))) as database:
            while database.execute(_UNDER_WAY).fetchone() is not None:
                if time.monotonic() > deadline:
                    raise RuntimeError("events are still under way")
                time.sleep(0.1)

    def memory(self) -> float:
        """Return the resident memory in MiB."""
        record = host_file.read(self.settings.data_dir)
        status = Path(f"/proc/{record.pid if record else 0}/status").read_text()
        kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
        return int(kilobytes) / 1024


def token(record: HostRecord, audience: str = "tasks") -> str:
    """Return a token for a minute."""
    return sign(record.key, actor=Actor(ActorKind.USER), channel=Channel.API, audience=audience)


@contextlib.contextmanager
def running() -> Iterator[tuple[Host, HostRecord]]:
    """Give a host on a fresh folder with its record; folder and process go with the block."""
    with tempfile.TemporaryDirectory(prefix="taskora-bench-") as path:
        host = Host(Path(path) / "data")
        try:
            yield host, host.start()
        finally:
            host.stop()
