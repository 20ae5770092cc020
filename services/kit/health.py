"""The health of a service, without a token: `/health/live` says that it lives, `/health/ready` and `/health` that it works."""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter
from pydantic_core import to_json
from starlette.responses import Response


def health_router(name: str, version: str, ready: Callable[[], Awaitable[bool]]) -> APIRouter:
    """Return the routes: 200 when `ready` says so, else 503; both with the service's name and version."""
    router = APIRouter()

    @router.get("/health/live")
    async def live() -> Response:
        """Tell that the process answers; a part that is away is no reason to start it anew."""
        return Response(to_json({"status": "live", "name": name, "version": version}), media_type="application/json")

    @router.get("/health/ready")
    @router.get("/health")
    async def health() -> Response:
        """Tell whether the service can work."""
        working = await ready()
        body = {"status": "ready" if working else "not ready", "name": name, "version": version}
        return Response(to_json(body), 200 if working else 503, media_type="application/json")

    return router
