"""`python -m services.server tasks|recurrence|agent|mcp`: one service as a process with a sidecar beside it, until a signal.

It listens on TASKORA_BIND and TASKORA_PORT, where its sidecar calls it (`--app-port`); the sidecar is at DAPR_HTTP_PORT.
"""

import asyncio
import importlib
import os
import signal
import socket
import sys
from collections.abc import Coroutine, Sequence
from typing import Any

from services.kit import event_loop
from services.kit.listening import bound
from services.kit.web_server import answer
from services.server.service import Service
from taskora import telemetry
from taskora.config import Settings
from taskora.domain.errors import CannotStart, PortTaken, TaskoraError

NAMES = ("tasks", "recurrence", "agent", "mcp")


def main(arguments: Sequence[str]) -> int:
    """Serve the service of that name. Return 0 after a signal, 2 for a wrong name, 3 where it cannot start."""
    if len(arguments) != 1 or arguments[0] not in NAMES:
        print(f"usage: python -m services.server {'|'.join(NAMES)}", file=sys.stderr)  # noqa: T201  the terminal
        return 2
    try:
        settings = Settings.read(os.environ)
        telemetry.set_up(settings.log_level)
        event_loop.run(_serve(arguments[0], settings))
    except TaskoraError as error:
        print(f"error: {error.sentence}", file=sys.stderr)  # noqa: T201  the log; one line says what to do
        return 3 if isinstance(error, CannotStart) else 4
    return 0


async def _serve(name: str, settings: Settings) -> None:
    ending = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ending.set)
    if settings.clock_file is not None:
        raise CannotStart("A server runs on the system's time.", advice="Unset TASKORA_CLOCK_FILE.")
    with _listener(settings) as listener:
        service = await _unless(ending, importlib.import_module(f"services.server.{name}").build(settings))
        if service is None:
            return
        try:
            await service.start()
            streams = asyncio.create_task(_end_streams(service, ending))
            await answer(service.app, listener, ending, lambda: None)
            await streams
        finally:
            await service.stop()


async def _end_streams(service: Service, ending: asyncio.Event) -> None:
    await ending.wait()
    service.end_streams()


async def _unless(ending: asyncio.Event, building: Coroutine[Any, Any, Service]) -> Service | None:
    """Return the service, or None when a signal came while it waited for its parts."""
    made = asyncio.create_task(building)
    ended = asyncio.create_task(ending.wait())
    await asyncio.wait({made, ended}, return_when=asyncio.FIRST_COMPLETED)
    ended.cancel()
    if made.done():
        return made.result()
    made.cancel()
    return None


def _listener(settings: Settings) -> socket.socket:
    if settings.port is None:
        raise CannotStart("TASKORA_PORT is not set.", advice="Set it to the port that the sidecar calls (--app-port).")
    try:
        return bound(settings.bind, settings.port)
    except OSError as error:
        raise PortTaken(f"Port {settings.port} is not to be had: {error.strerror}.") from error


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
