"""The web server below a host or a service: uvicorn on a socket that is bound already, ended by an event instead of signals."""

import asyncio
import contextlib
import socket
from collections.abc import Callable, Iterator

import uvicorn
from fastapi import FastAPI

KEEP_ALIVE = 75
"""Seconds that a silent connection stays open: longer than clients keep theirs, so that none sends into a closing one."""
GRACE = 10
"""Seconds that requests have to end once the server shall."""


class _Server(uvicorn.Server):
    """Waits for the event, where uvicorn looks at a flag ten times a second; signals are the host's affair."""

    def __init__(self, config: uvicorn.Config, ending: asyncio.Event, listening: Callable[[], None]) -> None:
        super().__init__(config)
        self._ending = ending
        self._listening = listening

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def main_loop(self) -> None:
        self._listening()
        await self._ending.wait()


async def answer(app: FastAPI, listener: socket.socket, ending: asyncio.Event, listening: Callable[[], None]) -> None:
    """Answer requests on the socket until `ending` is set, then let those that run end; `listening` is called between."""
    config = uvicorn.Config(
        app,
        lifespan="off",
        log_config=None,
        access_log=False,
        date_header=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=GRACE,
    )
    await _Server(config, ending, listening).serve(sockets=[listener])
