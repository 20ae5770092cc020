"""A command at a terminal of a given width, and what it writes there."""

import fcntl
import os
import pty
import struct
import subprocess
import termios

from tests.hosts import TASKORA, HostProcess


def drawn(host: HostProcess, *arguments: str, width: int, **variables: str) -> str:
    """Return what a command writes to a terminal of that width; fail when it does not end well."""
    master, other = pty.openpty()
    fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    environment = {name: value for name, value in host.environment.items() if name not in {"COLUMNS", "NO_COLOR"}}
    environment |= {"TERM": "xterm-256color"} | variables
    process = subprocess.Popen([TASKORA, *arguments], env=environment, stdin=other, stdout=other, stderr=other)
    os.close(other)
    shown = b""
    try:
        while data := some(master):
            shown += data
    finally:
        os.close(master)
        assert process.wait(60) == 0, shown.decode()
    return shown.decode()


def some(master: int) -> bytes:
    """Return what has come; nothing once nobody writes any more."""
    try:
        return os.read(master, 65536)
    except OSError:
        return b""
