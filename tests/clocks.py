"""Time for tests: a clock file that a test moves and every process of a host reads."""

import datetime as dt
from pathlib import Path


class MovableClock:
    """The present as a file; moving it is replacing the file, so that no reader sees half of it."""

    def __init__(self, path: Path, instant: str = "2026-11-24T15:00:00+00:00") -> None:
        self.path = path
        self.set(instant)

    def set(self, instant: str) -> None:
        self.instant = dt.datetime.fromisoformat(instant)
        fresh = self.path.with_suffix(".new")
        fresh.write_text(self.instant.isoformat(), encoding="ascii")
        fresh.replace(self.path)

    def advance(self, **amount: float) -> None:
        self.set((self.instant + dt.timedelta(**amount)).isoformat())
