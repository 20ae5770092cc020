"""The doors of the journeys: each says a line to the agent and returns its reply."""

import os
import pty
import re
import select
import signal
import subprocess
import time
from collections.abc import Callable
from typing import Protocol

from tests.hosts import TASKORA, HostProcess
from tests.waiting import until_now

LIMIT = 90.0


class Door(Protocol):
    """A way to talk to the agent of a host that may be killed in between."""

    def say(self, line: str) -> str: ...

    def close(self) -> None: ...


class Pipe:
    """`taskora chat` with its input from a pipe: a process for each line, which starts a host where none runs."""

    def __init__(self, host: HostProcess) -> None:
        self._host = host

    def say(self, line: str) -> str:
        done = self._host.command("chat", typed=f"{line}\n")
        assert done.returncode == 0, done.stderr
        assert self._host.record is not None
        assert self._host.record.url in done.stderr
        return done.stdout

    def close(self) -> None:
        pass


class Argument(Pipe):
    """`taskora chat "…"`."""

    def say(self, line: str) -> str:
        done = self._host.command("chat", line)
        assert done.returncode == 0, done.stderr
        return done.stdout


class Terminal:
    """`taskora chat` at a terminal: one process for the whole conversation."""

    PROMPT = "> "
    _ESCAPES = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[=>]|[\r\x07\x08]")

    def __init__(self, host: HostProcess, kind: str = "xterm") -> None:
        self._master, other = pty.openpty()
        self.seen = ""
        environment = host.environment | {"TERM": kind, "PROMPT_TOOLKIT_NO_CPR": "1", "COLUMNS": "200"}
        self._process = subprocess.Popen(
            [TASKORA, "chat"], env=environment, stdin=other, stdout=other, stderr=other, start_new_session=True
        )
        os.close(other)
        try:
            greeting = self._read()
            assert host.record is not None
            assert host.record.url in greeting
        except BaseException:
            self._end()
            raise

    def say(self, line: str) -> str:
        os.write(self._master, f"{line}\r".encode())
        return self._read(after=line[:20])

    def interrupt(self, line: str) -> None:
        """Type a line and press Ctrl-C instead of Enter."""
        os.write(self._master, f"{line}\x03".encode())
        self._read(after=line[:20])

    def say_and_interrupt(self, line: str, until: Callable[[], bool]) -> str:
        """Type a line with Enter and interrupt it, as a terminal does at Ctrl-C, while its reply is waited for."""
        os.write(self._master, f"{line}\r".encode())
        until_now(until)
        self._process.send_signal(signal.SIGINT)
        return self._read(after=line[:20])

    @property
    def pid(self) -> int:
        """The process at the terminal."""
        return self._process.pid

    def close(self) -> None:
        os.write(self._master, b"\x04")
        try:
            assert self._process.wait(20) == 0
        finally:
            self._end()

    def _end(self) -> None:
        self._process.kill()
        self._process.wait(20)
        os.close(self._master)

    def _read(self, after: str = "") -> str:
        """Return what is shown between the line that was typed and the next prompt."""
        shown = ""
        deadline = time.monotonic() + LIMIT
        while time.monotonic() < deadline:
            if select.select([self._master], [], [], 0.1)[0]:
                shown += os.read(self._master, 65536).decode(errors="replace")
                self.seen = shown
                continue
            lines = self._ESCAPES.sub("", shown).split("\n")
            said = next((place for place, text in enumerate(lines) if after in text), None) if after else -1
            if said is not None and len(lines) > said + 1 and lines[-1].strip() == self.PROMPT.strip():
                return "\n".join(lines[said + 1 : -1])
        raise AssertionError(f"no prompt after {after!r}: {shown!r}")


class Http:
    """POST /chat; the host has to be started by somebody else."""

    def __init__(self, host: HostProcess) -> None:
        self._host = host

    def say(self, line: str) -> str:
        if self._host.record is None:
            self._host.start()
        return self._host.say(line)

    def close(self) -> None:
        pass
