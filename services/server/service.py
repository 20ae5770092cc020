"""A service as a process runs it: its application, and what works in the background while it does."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Protocol

from fastapi import FastAPI

from services.kit.app import make_app
from services.kit.health import health_router
from taskora.config import Settings
from taskora.domain.errors import CannotStart
from taskora.runtime.dapr.host import DaprHost
from taskora.storage.database import Database


class Worker(Protocol):
    """Something that works in the background."""

    def start(self) -> None:
        """Begin."""

    async def stop(self) -> None:
        """End in order."""


@dataclass
class Service:
    """What a process serves. `workers` begin once it listens; everything is closed in the reverse order.

    `end_streams` ends the answers that have no end of their own, before the web server waits for those under way.
    """

    app: FastAPI
    dapr: DaprHost
    workers: Sequence[Worker] = ()
    database: Database | None = None
    running: AsyncExitStack = field(default_factory=AsyncExitStack)
    end_streams: Callable[[], None] = lambda: None

    async def start(self) -> None:
        """Begin to work. The sidecar may still be away: what needs it tries again."""
        await self.running.enter_async_context(self.app.router.lifespan_context(self.app))
        for worker in self.workers:
            worker.start()
            self.running.push_async_callback(worker.stop)

    async def stop(self) -> None:
        """Let what is under way end; what waits goes on at the next start, or in another instance."""
        await self.running.aclose()
        await self.dapr.aclose()
        if self.database is not None:
            await self.database.close()


def application(name: str, version: str, settings: Settings, ready: Callable[[], Awaitable[bool]]) -> FastAPI:
    """Return the application of a service with its health and nothing else."""
    app = make_app(f"Taskora {name}", settings, hosts=settings.hosts)
    app.include_router(health_router(name, version, ready))
    return app


async def signing_key(settings: Settings, dapr: DaprHost) -> str:
    """Return the key of the settings, else the secret `signing-key`, for which the sidecar is waited for.

    Raises CannotStart when neither is there, Unavailable when the sidecar or its store does not answer in time.
    """
    if settings.signing_key is not None:
        return settings.signing_key
    await dapr.sidecar.wait_until_ready()
    found = await dapr.secrets.get("signing-key")
    if found is None:
        raise CannotStart(
            "There is no key to know users by.",
            advice=f"Set TASKORA_SIGNING_KEY, or put signing-key into the secret store {settings.secret_store}.",
        )
    return found
