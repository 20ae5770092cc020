"""Progress of long work: a line on a terminal's standard error that goes away when the work is done; nothing in a pipe."""

import sys
import threading
from types import TracebackType

from services.local.cli.screen import Screen

DELAY = 0.4
"""Seconds before anything is shown: what is done at once needs no progress."""
_FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
_CLEAR = "\r\x1b[K"


class Progress:
    """Shows `words` with a count, if a `total` is known, while the work inside of `with` takes."""

    def __init__(self, screen: Screen | None, words: str, total: int | None = None) -> None:
        self._shown = (screen is None or screen.coloured or screen.asks) and sys.stderr.isatty()
        self._words = words
        self._total = total
        self._done = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._turn, name="progress", daemon=True)

    def __enter__(self) -> "Progress":
        """Begin to show it, a moment later."""
        if self._shown:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take it away."""
        self.stop()

    def stop(self) -> None:
        """Take it away before the work is done, since something else is shown now."""
        self._over.set()
        if self._shown and self._thread.is_alive():
            self._thread.join()

    def advance(self, number: int) -> None:
        """Count what is done."""
        self._done += number

    def _turn(self) -> None:
        frame = 0
        pause = DELAY
        while not self._over.wait(pause):
            pause = 0.1
            count = "" if self._total is None else f" {self._done} of {self._total}"
            sys.stderr.write(f"{_CLEAR}{_FRAMES[frame % len(_FRAMES)]} {self._words}{count} …")
            sys.stderr.flush()
            frame += 1
        if frame:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()
