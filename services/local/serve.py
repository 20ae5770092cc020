"""Serve the host on the loopback address until a signal ends it: lock, port, host.json, then the web server.

`taskora up` calls `serve`; a detached host is this module run as a program. The order matters: whoever has the lock is the
host, the port is ours before anything slow begins, and host.json tells clients of it only once it is listened on.
"""

import asyncio
import errno
import gc
import os
import signal
import socket
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from services.kit import event_loop
from services.kit.listening import bound
from services.local import exits, folder, host_file, mode
from services.local.host_file import HostRecord
from services.local.launch import own_version
from services.local.lock import HostLock
from taskora.config import Settings
from taskora.domain.errors import PortTaken, TaskoraError

if TYPE_CHECKING:
    from services.local.host import Host

DEFAULT_PORT = 8710
Announce = Callable[[str, str | None], None]


def serve(settings: Settings, announce: Announce | None) -> bool:
    """Be the host until SIGTERM or SIGINT. False at once when another process is the host.

    `announce` gets the address and, in one person's Taskora, a link for the browser.

    Raises CannotStart (FolderUnusable, PortTaken, NewerDatabase, …) or Unavailable.
    """
    lock = HostLock(settings.data_dir)
    if not lock.take():
        return False
    try:
        host_file.remove(settings.data_dir)  # one that a killed host left
        mode.check(settings)
        with _bind(settings.bind, settings.port) as listener:
            event_loop.run(_run(settings, listener, announce))
    finally:
        lock.release()
    return True


async def _run(settings: Settings, listener: socket.socket, announce: Announce | None) -> None:
    ending = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ending.set)
    gc.disable()  # what is imported now stays; looking for garbage in it would be a tenth of the start
    _import_structlog()
    from services.kit.web_server import answer  # noqa: PLC0415  the same
    from services.local.host import Host  # noqa: PLC0415  the slow part: after lock and port, which can refuse
    from taskora import telemetry  # noqa: PLC0415  the same

    telemetry.set_up(settings.log_level)
    host = await Host.start(settings)
    link = await host.browsers.link() if announce is not None and host.browsers is not None else None
    gc.freeze()
    gc.enable()

    def listening() -> None:
        port = int(listener.getsockname()[1])
        record = HostRecord(port, os.getpid(), own_version(), mode.key_for_clients(settings, host.key))
        with folder.using(settings.data_dir):
            host_file.write(settings.data_dir, record)
        if announce is not None:
            announce(record.url, link and record.url + link)
        background.append(asyncio.create_task(host.warm_up()))
        background.append(asyncio.create_task(_end_streams(host, ending)))

    background: list[asyncio.Task[None]] = []
    try:
        await answer(host.app, listener, ending, listening)
    finally:
        for task in background:
            task.cancel()
        host_file.remove(settings.data_dir)
        await host.stop()


async def _end_streams(host: "Host", ending: asyncio.Event) -> None:
    """End what has no end of its own, or the web server would wait for it as long as it waits for anything."""
    await ending.wait()
    host.end_streams()


def _import_structlog() -> None:
    """Import it without rich, which it would load for coloured tracebacks: a log has none, and it is an eighth of the start."""
    sys.modules["rich"] = None  # type: ignore[assignment]  # how an import is said to be missing
    import structlog  # noqa: F401, PLC0415  for what it leaves in sys.modules

    del sys.modules["rich"]


def _bind(address: str, port: int | None) -> socket.socket:
    """Return a socket on the port that was asked for, else on the default one or any that is free."""
    wanted = (port,) if port is not None else (DEFAULT_PORT, 0)
    for number in wanted:
        try:
            return bound(address, number)
        except OSError as error:
            if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise
    raise PortTaken(
        f"Port {port} is in use or not allowed.", advice="Set TASKORA_PORT to another one, or unset it for a free one."
    )


def main() -> int:
    """Be a detached host: all output is the log."""
    os.umask(0o077)  # what the host makes is its owner's alone
    try:
        serve(Settings.read(os.environ), None)
    except TaskoraError as error:
        print(exits.line_of(error), file=sys.stderr)  # noqa: T201  the log; the starter shows this line
        return exits.code_of(error)
    return 0


if __name__ == "__main__":
    sys.exit(main())
