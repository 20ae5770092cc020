"""The composition root of the embedded host: settings in, one running application out. No socket, no lock, no signals here.

Everything meets in this module and nowhere else: one database, the broker and the relay on it, the services and the agent in
one application. `serve` puts it on a port; tests and evaluations use it as it is.
"""

import asyncio
import importlib
import secrets
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from fastapi import APIRouter, FastAPI
from starlette.middleware import Middleware
from starlette.routing import Route

from agent.app import router as agent_router
from agent.identity import ActingFor
from agent.language_model.choice import chosen
from mcp_server.door import PATH, Door
from services.kit.app import make_app
from services.kit.health import health_router
from services.kit.identity import TokenVerifier
from services.kit.operations import operations_router
from services.kit.tokens import TokenSigner
from services.local import folder, mode
from services.local.browser import Browsers, CookieDoor, browser_router
from services.local.launch import own_version
from services.local.zone import user_zone
from services.recurrence.app import inbound as recurrence_inbound
from services.tasks.app import TasksService
from services.tasks.steps import SERVICE
from taskora import telemetry
from taskora.api.client import TasksClient
from taskora.config import LOCAL, Settings
from taskora.domain.errors import CannotStart, Unavailable
from taskora.domain.preferences import Preferences
from taskora.runtime.embedded import deliveries
from taskora.runtime.embedded.clock import open_clock
from taskora.runtime.embedded.host import EmbeddedHost
from taskora.runtime.embedded.invoke import client_for
from taskora.runtime.ports import Clock, Handler, Inbound, Publisher
from taskora.runtime.relay import Relay
from taskora.storage import outbox
from taskora.storage.database import Database
from taskora.storage.migration import check_revision, migrate

T = TypeVar("T")


def _as_it_is(part: T) -> T:
    return part


@dataclass(frozen=True, slots=True)
class Wrappers:
    """Functions through which an entry point may wrap the parts before they are put together; by default none is."""

    database: Callable[[Database], Database] = _as_it_is
    publisher: Callable[[Publisher], Publisher] = _as_it_is
    handler: Callable[[Handler], Handler] = _as_it_is


class Host:
    """All services in this process, for one person or, in server mode, for many users.

    Made by `start`; `app` answers requests from then on.
    """

    def __init__(self, settings: Settings, wrap: Wrappers) -> None:
        """Put the parts together; nothing runs yet. Raises CannotStart for a clock file without an instant."""
        self.clock: Clock = open_clock(settings.clock_file)
        database = Database(folder.database_url(settings), wait=settings.request_wait, pool_size=settings.pool_size)
        self.database = wrap.database(database)
        self.key = settings.signing_key or secrets.token_urlsafe(32)
        self.signer = TokenSigner(self.key)
        self._verifier = TokenVerifier(self.key)
        self._ports = EmbeddedHost(self.database, self.clock, settings)
        publisher = wrap.publisher(self._ports.broker)
        self._relay = Relay(self.database, SERVICE, publisher)
        preferences = Preferences(zone=user_zone(settings), require_end=settings.require_end)
        tasks = TasksService(
            self.database,
            self.clock,
            self._verifier,
            preferences,
            seen_days=settings.seen_days,
            trash_days=settings.trash_days,
            answer_days=settings.answer_days,
            series_limit=settings.series_limit,
            rate_limit=settings.rate_limit,
        )
        for inbound in (tasks.inbound, recurrence_inbound(publisher)):
            self._ports.add(_wrapped(inbound, wrap.handler))
        self.app: FastAPI = make_app("Taskora", settings, hosts=settings.hosts)
        self._http = client_for(self.app)
        self._running = AsyncExitStack()
        self.app.include_router(tasks.router)
        self.app.include_router(self._agent(settings))
        self._mcp = Door(self.key, self._http)
        self.app.router.routes.append(Route(PATH, self._mcp))
        self.app.include_router(operations_router(self.database, self._ports.broker, SERVICE, self._verifier))
        self.browsers: Browsers | None = None
        if settings.mode == LOCAL:
            self.browsers = Browsers(self._ports.state)
            self.app.include_router(browser_router(self.browsers, self._verifier))
            self.app.user_middleware.append(Middleware(CookieDoor, browsers=self.browsers, key=self.key))
        self.app.include_router(health_router("taskora", own_version(), self._ready))

    @classmethod
    async def start(cls, settings: Settings, *, wrap: Wrappers | None = None) -> "Host":
        """Bring the database to this version, put everything together and begin to deliver.

        Raises CannotStart (FolderUnusable, NewerDatabase, …) or Unavailable when that is not possible here.
        """
        mode.check(settings)
        with folder.using(settings.data_dir):
            prepare = migrate if settings.database_url is None else check_revision
            await asyncio.to_thread(prepare, folder.database_url(settings), wait=settings.request_wait)
        host = cls(settings, wrap or Wrappers())
        await host._claim()
        await host._running.enter_async_context(host.app.router.lifespan_context(host.app))
        host._running.push_async_callback(host._mcp.close)
        host._ports.start()
        host._relay.start()
        return host

    async def _claim(self) -> None:
        """Be the only host of the database. Raises CannotStart when another one is."""
        if not await self.database.claim("embedded host"):
            await self.database.close()
            raise CannotStart(
                "Another Taskora serves this database already.",
                advice="End that one, or run one process per service (docs/operations/dapr.md).",
            )

    async def warm_up(self) -> None:
        """Load in a thread what the first line of a chat needs, which takes seconds, so that the line need not wait for it."""
        for module in ("agent.assistant", "mcp_server.http"):
            await asyncio.to_thread(importlib.import_module, module)

    def end_streams(self) -> None:
        """End the answers that have no end of their own, so that nobody waits for them when the host ends."""
        self._mcp.end_streams()

    async def drain(self, limit: float = 30.0) -> None:
        """Return once every event has reached its consumers. Raises Unavailable when that takes too long."""
        try:
            async with asyncio.timeout(limit):
                while await self.database.read(_under_way):  # noqa: ASYNC110  no event tells of all that is under way
                    await asyncio.sleep(0.002)
        except TimeoutError as error:
            raise Unavailable(f"Events are still under way after {limit:g} seconds.") from error

    async def stop(self) -> None:
        """Let lines that are being answered end, end the work in the background, close the database.

        Events that are under way go on at the next start.
        """
        await self._running.aclose()
        await self._relay.stop()
        await self._ports.stop()
        await self._http.aclose()
        await self.database.close()

    def _agent(self, settings: Settings) -> APIRouter:
        acting = ActingFor(self.signer)

        def tools() -> Any:
            from mcp_server.server import build  # noqa: PLC0415  costs most of a second, at the first chat only

            following = {"correlation_id": telemetry.correlation_id, "traceparent": telemetry.traceparent}
            return build(lambda: TasksClient(self._http, acting.token, **following))

        return agent_router(
            verifier=self._verifier,
            acting=acting,
            tools=tools,
            state=self._ports.state,
            clock=self.clock,
            model=chosen(settings),
            trace_content=settings.trace_content,
        )

    async def _ready(self) -> bool:
        return await self.database.read(lambda _: True)


def _wrapped(inbound: Inbound, wrap: Callable[[Handler], Handler]) -> Inbound:
    subscriptions = [
        replace(one, handlers={kind: wrap(handler) for kind, handler in one.handlers.items()})
        for one in inbound.subscriptions
    ]
    return replace(inbound, subscriptions=tuple(subscriptions))


def _under_way(connection: Any) -> int:
    """Count in one look: an event is always in the outbox or with the broker until its effect is durable."""
    return outbox.counts(connection, SERVICE)[0] + deliveries.count(connection)
