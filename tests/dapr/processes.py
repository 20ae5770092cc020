"""Processes for tests: started in a folder of their own, on ports of their own, and always ended."""

import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from services.server.ports import free_ports
from tests.waiting import until_now

_given: set[int] = set()


def free_port() -> int:
    """A port that nobody listens on and that this test session has not given away before."""
    while True:
        (port,) = free_ports(1)
        if port not in _given:
            _given.add(port)
            return port


class Process:
    """One process with its log. `ready` tells when it can be used."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        folder: Path,
        ready: Callable[[], bool],
        env: Mapping[str, str] | None = None,
    ) -> None:
        self._command = command
        self._ready = ready
        self._environment = {**os.environ, **(env or {})}
        self._running: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)
        self.log = folder / f"{name}.log"

    def start(self, *, wait: bool = True) -> None:
        with self.log.open("ab") as log:
            self._running = subprocess.Popen(
                self._command, env=self._environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        if wait:
            self.wait()

    def wait(self) -> None:
        """Return once it is ready; fail with the end of its log when it ends instead."""
        until_now(self._up, limit=60.0)

    def _up(self) -> bool:
        assert self._running is not None
        assert self._running.poll() is None, self.log.read_text()[-3000:]
        return self._ready()

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> int | None:
        """End it in order and return its exit code; None when it did not run."""
        return self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> int | None:
        if self._running is None:
            return None
        self._running.send_signal(how)
        try:
            code = self._running.wait(30)
        except subprocess.TimeoutExpired:
            self._running.kill()
            code = self._running.wait(15)
        self._running = None
        return code
