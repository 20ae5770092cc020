"""A real host, on a port, with fuses: the entry point whose process the tests kill.

It is put together as `taskora up` does it, only that the parts are wrapped. Processes are forked from a server that has the
slow imports behind it, so that a test with two starts takes a second and not ten.
"""

import asyncio
import os
import signal
import socket
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

from services.kit.web_server import answer
from services.local import host_file
from services.local.host import Host
from services.local.host_file import HostRecord
from services.local.launch import own_version
from taskora import telemetry
from taskora.config import Settings
from tests.faults.fuses import Fuses

_FORKS = get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.faults.host_with_kills"])


def start(settings: Settings, shared: Path) -> BaseProcess:
    """Start a host whose fuses are in the shared folder."""
    process = _FORKS.Process(target=_main, args=(settings, shared), daemon=True)
    process.start()
    return process


def _main(settings: Settings, shared: Path) -> None:
    log = os.open(shared / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    host_file.remove(settings.data_dir)
    asyncio.run(_serve(settings, Fuses(shared)))


async def _serve(settings: Settings, fuses: Fuses) -> None:
    telemetry.set_up(settings.log_level)
    ending = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ending.set)
    host = await Host.start(settings, wrap=fuses.wrappers())
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = int(listener.getsockname()[1])
        record = HostRecord(port=port, pid=os.getpid(), version=own_version(), key=host.key)
        await answer(host.app, listener, ending, lambda: host_file.write(settings.data_dir, record))
    await host.stop()
