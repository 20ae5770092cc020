"""The clock port: the system's clock, or in tests a file that every process of the host reads."""

import datetime as dt
from pathlib import Path

from taskora.domain.errors import CannotStart
from taskora.runtime.ports import Clock


class SystemClock:
    """The present of this machine."""

    def now(self) -> dt.datetime:
        """Return the present instant, aware and UTC."""
        return dt.datetime.now(dt.UTC)


class FileClock:
    """The instant that a file holds (ISO 8601 with an offset). A test moves time by replacing the file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, int, int] | None = None
        self._instant = self._read()

    def now(self) -> dt.datetime:
        """Return the file's instant in UTC; the last good one while the file is being replaced."""
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return self._instant
        seen = (status.st_mtime_ns, status.st_size, status.st_ino)
        if seen != self._seen:
            self._instant = self._read()
            self._seen = seen
        return self._instant

    def _read(self) -> dt.datetime:
        try:
            instant = dt.datetime.fromisoformat(self._path.read_text(encoding="ascii").strip())
        except (OSError, ValueError) as error:
            raise self._unusable() from error
        if instant.tzinfo is None:
            raise self._unusable()
        return instant.astimezone(dt.UTC)

    def _unusable(self) -> CannotStart:
        return CannotStart(
            f"{self._path} holds no instant.",
            advice="Write one such as 2026-11-25T09:00:00+00:00 into it, or unset TASKORA_CLOCK_FILE.",
        )


def open_clock(clock_file: Path | None) -> Clock:
    """Return the clock that the settings ask for. Raises CannotStart when the file holds no instant."""
    return SystemClock() if clock_file is None else FileClock(clock_file)
