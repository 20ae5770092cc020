"""The table of routes under /api/v1. Every one of them asks `Identity` whose tasks are meant."""

from typing import Any, cast

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.kit.identity import Identity
from services.tasks.command_routes import CommandRoutes
from services.tasks.description import DESCRIBED
from services.tasks.queries import Queries
from services.tasks.requests.queries import parse_changes, parse_query


class ReadRoutes:
    """Endpoints over the queries."""

    def __init__(self, queries: Queries, identity: Identity) -> None:
        self._queries = queries
        self._identity = identity

    async def tasks(self, request: Request) -> Response:
        """List tasks."""
        principal = await self._identity(request)
        return _json(await self._queries.tasks(principal.user_id, parse_query(request.query_params)))

    async def task(self, request: Request) -> Response:
        """Return one task by id or number."""
        principal = await self._identity(request)
        return _json(await self._queries.task(principal.user_id, request.path_params["reference"]))

    async def tags(self, request: Request) -> Response:
        """List the tags."""
        principal = await self._identity(request)
        return _json(await self._queries.tags(principal.user_id))

    async def preferences(self, request: Request) -> Response:
        """Return the preferences."""
        principal = await self._identity(request)
        return _json(await self._queries.preferences(principal.user_id))

    async def changes(self, request: Request) -> Response:
        """Return the changes after a number."""
        principal = await self._identity(request)
        since, limit = parse_changes(request.query_params)
        return _json(await self._queries.changes(principal.user_id, since, limit))


def routes(read: ReadRoutes, command: CommandRoutes) -> APIRouter:
    """Return the routes of the task service."""
    router = APIRouter(prefix="/api/v1")
    table = (
        ("GET", "/tasks", read.tasks),
        ("POST", "/tasks", command.create),
        ("PATCH", "/tasks", command.update),
        ("POST", "/tasks/complete", command.complete),
        ("POST", "/tasks/skip", command.skip),
        ("POST", "/tasks/stop", command.stop),
        ("POST", "/tasks/reopen", command.reopen),
        ("POST", "/tasks/delete", command.delete),
        ("POST", "/tasks/restore", command.restore),
        ("POST", "/undo", command.undo),
        ("GET", "/tasks/{reference}", read.task),
        ("GET", "/tags", read.tags),
        ("PATCH", "/tags", command.update_tags),
        ("POST", "/tags/delete", command.delete_tags),
        ("GET", "/preferences", read.preferences),
        ("PATCH", "/preferences", command.change_preferences),
        ("GET", "/changes", read.changes),
    )
    for method, path, endpoint in table:
        described = cast("dict[str, Any]", DESCRIBED[method, path])  # any mapping does
        router.add_api_route(path, endpoint, methods=[method], response_model=None, openapi_extra=described)
    return router


def _json(body: bytes) -> Response:
    return Response(body, media_type="application/json")
