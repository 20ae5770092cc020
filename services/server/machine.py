"""Processes on this machine: each with a log, waited for until it can be used, ended in the reverse order of their start.

`up` says which processes they are.
"""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from taskora.domain.errors import CannotStart, Unavailable

PATIENCE = 60.0
"""Seconds that a process may take until it is ready."""
GRACE = 20.0
"""Seconds that a process has to end in order: longer than its own limits."""
PAUSE = 0.05


@dataclass(frozen=True, slots=True)
class Part:
    """A process as it is to be started. `ending` is the signal after which it ends in order."""

    name: str
    command: Sequence[str]
    ready: Callable[[], Awaitable[bool]]
    variables: Mapping[str, str] = field(default_factory=dict)
    ending: signal.Signals = signal.SIGTERM


class Machine:
    """The processes that were started here. Their logs lie in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: list[list[tuple[Part, subprocess.Popen[bytes]]]] = []

    async def start(self, *parts: Part) -> None:
        """Start parts side by side and return once all are ready. Raises CannotStart, naming the log, when one is not."""
        group: list[tuple[Part, subprocess.Popen[bytes]]] = []
        self._running.append(group)
        group.extend((part, self._spawn(part)) for part in parts)
        await asyncio.gather(*(self._ready(part, process) for part, process in group))

    async def watch(self) -> None:
        """Return never: raise Unavailable, naming its log, once a part has ended by itself."""
        while True:
            for part, process in (one for group in self._running for one in group):
                if process.poll() is not None:
                    raise Unavailable(f"{part.name} has ended by itself{self._last_words(part)}")
            await asyncio.sleep(PAUSE)

    async def end(self) -> None:
        """End everything in order: what was started last first, what was started side by side at once."""
        for group in reversed(self._running):
            for part, process in group:
                if process.poll() is None:
                    process.send_signal(part.ending)
            for part, process in group:
                await _ended(part, process)
        self._running.clear()

    def _spawn(self, part: Part) -> subprocess.Popen[bytes]:
        with self._log(part).open("ab") as log:
            return subprocess.Popen(  # noqa: S603  our own commands
                part.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **part.variables},
                start_new_session=True,  # Ctrl-C reaches us alone: we end the others in their order
            )

    async def _ready(self, part: Part, process: subprocess.Popen[bytes]) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                while not await part.ready():
                    if process.poll() is not None:
                        raise CannotStart(f"{part.name} does not start{self._last_words(part)}")
                    await asyncio.sleep(PAUSE)
        except TimeoutError as error:
            raise CannotStart(
                f"{part.name} was not ready within {PATIENCE:g} seconds{self._last_words(part)}"
            ) from error

    def _log(self, part: Part) -> Path:
        return self._folder / f"{part.name}.log"

    def _last_words(self, part: Part) -> str:
        lines = self._log(part).read_text(errors="replace").splitlines()
        return f": {lines[-1] if lines else 'it said nothing'} (log: {self._log(part)})"


def dies_with_us(command: Sequence[str], ending: signal.Signals = signal.SIGTERM) -> list[str]:
    """Return the command so that the kernel ends it when this process is gone, however that went, where the system can."""
    if shutil.which("setpriv") is None:
        return list(command)
    return ["setpriv", "--pdeathsig", ending.name.removeprefix("SIG"), *command]


async def _ended(part: Part, process: subprocess.Popen[bytes]) -> None:
    try:
        async with asyncio.timeout(GRACE):
            while process.poll() is None:  # noqa: ASYNC110  no event tells of it
                await asyncio.sleep(PAUSE)
    except TimeoutError:
        print(f"{part.name} did not end within {GRACE:g} seconds and was killed", file=sys.stderr)  # noqa: T201  the terminal
        process.kill()
        process.wait()
