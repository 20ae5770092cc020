"""The application of a service, or of a host that serves several: one way to answer errors, guard bodies and names.

A service adds its routers. What comes in passes `correlation`, `hosts`, `body_limit` in this order.
"""

from collections.abc import Callable, Collection
from contextlib import AbstractAsyncContextManager

from fastapi import FastAPI

from services.kit import problems
from services.kit.body_limit import BodyLimit
from services.kit.correlation import Correlation
from services.kit.description import describe
from services.kit.hosts import KnownHosts
from taskora.config import Settings

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def make_app(
    title: str, settings: Settings, *, hosts: Collection[str] = (), lifespan: Lifespan | None = None
) -> FastAPI:
    """Return an application without routes. `hosts` are names beside the loopback ones under which it is reached."""
    app = FastAPI(title=title, docs_url=None, redoc_url=None, lifespan=lifespan)
    problems.install(app)
    describe(app)
    app.add_middleware(BodyLimit, limit=settings.body_limit)
    app.add_middleware(KnownHosts, hosts=hosts)
    app.add_middleware(Correlation)
    return app
