"""Around a service under test: Redis and the scheduler as processes; the service in this process, with a sidecar."""

import asyncio
import contextlib
import socket
import subprocess
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from services.kit.app import make_app
from services.kit.web_server import answer
from services.server.ports import listens
from taskora.config import Settings
from taskora.runtime.dapr import processes
from taskora.runtime.dapr.dead_letters import Keeper
from taskora.runtime.dapr.host import DaprHost
from taskora.runtime.dapr.jobs import DaprJobs
from taskora.runtime.ports import Inbound
from tests.dapr.engine import engine, need_redis
from tests.dapr.processes import Process, free_port

API_TOKEN = "what the sidecar wants to see"  # noqa: S105  a test's
APP_TOKEN = "what the service wants to see"  # noqa: S105  the same


class Redis:
    """A Redis of the test's own."""

    def __init__(self, folder: Path) -> None:
        need_redis()
        self.port = free_port()
        self.process = Process("redis", processes.redis(self.port, folder), folder, lambda: listens(self.port))

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def say(self, *words: str) -> list[str]:
        """Give a command, as redis-cli does, and return the lines of its answer."""
        command = ["redis-cli", "-p", str(self.port), *words]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


class Scheduler:
    """A scheduler of the test's own."""

    def __init__(self, folder: Path) -> None:
        self.ports = processes.SchedulerPorts(free_port(), free_port(), free_port(), free_port())
        command = processes.scheduler(engine(), self.ports, folder / "jobs")
        self.process = Process("scheduler", command, folder, self._healthy)

    def _healthy(self) -> bool:
        try:
            return httpx2.get(f"http://127.0.0.1:{self.ports.health}/healthz", trust_env=False).status_code == 200
        except httpx2.TransportError:
            return False


@dataclass
class Member:
    """A service with its sidecar. `keeper` is given where dead letters are kept."""

    inbound: Inbound
    resources: Sequence[Path]
    folder: Path
    scheduler_port: int | None = None
    keeper: Keeper | None = None
    patience: float = 30.0
    attempts: int = 3
    consumers: Sequence[str] = ()
    app: Any = None
    config: Path | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    more: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ports = processes.SidecarPorts(free_port(), free_port(), free_port())
        self.app_port = free_port()
        self.settings = Settings(
            data_dir=self.folder,
            dapr_http_port=self.ports.http,
            dapr_api_token=API_TOKEN,
            app_api_token=APP_TOKEN,
            delivery_attempts=self.attempts,
            **self.more,  # type: ignore[arg-type]  # settings by name
        )
        self.dapr = DaprHost(self.settings, self.consumers)
        self.dapr.jobs = DaprJobs(self.dapr.sidecar, pause=1)
        self.sidecar = Process(
            f"daprd-{self.inbound.service}",
            processes.sidecar(
                engine(),
                self.inbound.service,
                self.ports,
                app_port=self.app_port,
                resources=self.resources,
                config=self.config,
                scheduler_port=self.scheduler_port,
            ),
            self.folder,
            self._loaded,
            {"DAPR_API_TOKEN": API_TOKEN, "APP_API_TOKEN": APP_TOKEN, **self.environment},
        )

    def _loaded(self) -> bool:
        """Tell whether the sidecar has seen the service, after which it subscribes for it."""
        try:
            return httpx2.get(f"{self.dapr.sidecar.url}/v1.0/healthz", trust_env=False).status_code == 204
        except httpx2.TransportError:
            return False

    @contextlib.asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        """Answer on the port of the service for the time of the block."""
        app = self.app or make_app(self.inbound.service, self.settings)
        app.include_router(self.dapr.router(self.inbound, self.keeper, patience=self.patience))
        listener = socket.create_server(("127.0.0.1", self.app_port))
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # handed on to every connection
        ending, listening = asyncio.Event(), asyncio.Event()
        server = asyncio.create_task(answer(app, listener, ending, listening.set))
        await listening.wait()
        try:
            yield
        finally:
            ending.set()
            await server
            listener.close()
            await self.dapr.aclose()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["Member"]:
        """Run service and sidecar for the time of the block."""
        async with self.serving():
            try:
                await asyncio.to_thread(self.sidecar.start)
                yield self
            finally:
                await asyncio.to_thread(self.sidecar.kill)


@contextlib.contextmanager
def started(*parts: Redis | Scheduler) -> Iterator[None]:
    """Run processes for the time of the block."""
    try:
        for part in parts:
            part.process.start()
        yield
    finally:
        for part in parts:
            part.process.kill()
