"""The table of routes under /api/v1. Every one of them asks `Identity` whose tasks are meant."""

from collections.abc import Callable, Coroutine
from typing import Any, cast

from fastapi import APIRouter, Request
from fastapi.routing import APIRoute
from starlette.responses import Response

from services.kit.etags import tagged
from services.kit.identity import Identity
from services.tasks.command_routes import CommandRoutes
from services.tasks.description import DESCRIBED
from services.tasks.queries import Queries
from services.tasks.reports import Reports
from services.tasks.requests.bodies import Lookup, parse, parse_item
from services.tasks.requests.queries import ChangesQuery, parse_params, parse_query
from services.tasks.single_routes import SingleRoutes
from services.tasks.store.names import Scope
from taskora.api.wire import ActivityQuery, DatesQuery, OverviewQuery, TaskTarget

_AMONG = {"any": tuple(Scope), **{scope.value: (scope,) for scope in Scope}}


class ReadRoutes:
    """Endpoints over the queries and the reports."""

    def __init__(self, queries: Queries, reports: Reports, identity: Identity) -> None:
        self._queries = queries
        self._reports = reports
        self._identity = identity

    async def tasks(self, request: Request) -> Response:
        """List tasks."""
        principal = await self._identity(request)
        return tagged(request, await self._queries.tasks(principal.user_id, parse_query(request.query_params)))

    async def task(self, request: Request) -> Response:
        """Return one task by id or number."""
        principal = await self._identity(request)
        body, version = await self._queries.task(principal.user_id, request.path_params["reference"])
        return tagged(request, body, version=version)

    async def lookup(self, request: Request) -> Response:
        """Return the task that each item means."""
        principal = await self._identity(request)
        asked = parse(Lookup, await request.body())
        named = [parse_item(TaskTarget, sent) for sent in asked.items]
        found = await self._queries.lookup(principal.user_id, named, _AMONG[asked.scope])
        return Response(found, media_type="application/json")

    async def dates(self, request: Request) -> Response:
        """Return the next dates of a task's series."""
        principal = await self._identity(request)
        query = parse_params(DatesQuery, request.query_params)
        return tagged(
            request, await self._reports.dates(principal.user_id, request.path_params["reference"], query.count)
        )

    async def overview(self, request: Request) -> Response:
        """Return how things stand."""
        principal = await self._identity(request)
        query = parse_params(OverviewQuery, request.query_params)
        return tagged(request, await self._reports.overview(principal.user_id, query))

    async def activity(self, request: Request) -> Response:
        """Return what was done, the newest first."""
        principal = await self._identity(request)
        query = parse_params(ActivityQuery, request.query_params)
        return tagged(request, await self._reports.activity(principal.user_id, query))

    async def tags(self, request: Request) -> Response:
        """List the tags."""
        principal = await self._identity(request)
        return tagged(request, await self._queries.tags(principal.user_id))

    async def preferences(self, request: Request) -> Response:
        """Return the preferences."""
        principal = await self._identity(request)
        return tagged(request, await self._queries.preferences(principal.user_id))

    async def changes(self, request: Request) -> Response:
        """Return the changes after a number."""
        principal = await self._identity(request)
        query = parse_params(ChangesQuery, request.query_params)
        return tagged(request, await self._queries.changes(principal.user_id, query.since, query.limit))


class _Plain(APIRoute):
    """A route that the OpenAPI document shows, and whose endpoint gets the request as it is: it reads its own parameters."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the endpoint without the library's reading around it, which would be a tenth of a list."""
        endpoint: Callable[[Request], Coroutine[Any, Any, Response]] = self.endpoint
        return endpoint


def routes(read: ReadRoutes, command: CommandRoutes, single: SingleRoutes) -> APIRouter:
    """Return the routes of the task service."""
    router = APIRouter(prefix="/api/v1", route_class=_Plain)
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
        ("POST", "/tasks/lookup", read.lookup),
        ("POST", "/undo", command.undo),
        ("GET", "/tasks/{reference}", read.task),
        ("PATCH", "/tasks/{reference}", single.update),
        ("DELETE", "/tasks/{reference}", single.delete),
        ("GET", "/tasks/{reference}/dates", read.dates),
        ("GET", "/overview", read.overview),
        ("GET", "/activity", read.activity),
        ("GET", "/tags", read.tags),
        ("PATCH", "/tags", command.update_tags),
        ("POST", "/tags/delete", command.delete_tags),
        ("GET", "/preferences", read.preferences),
        ("PATCH", "/preferences", command.change_preferences),
        ("GET", "/changes", read.changes),
    )
    for method, path, endpoint in table:
        operation = DESCRIBED[method, path]
        router.add_api_route(
            path,
            endpoint,
            methods=[method],
            response_model=None,
            description="\n\n".join(operation.told(endpoint)),
            openapi_extra=cast("dict[str, Any]", operation),  # any mapping does
        )
    return router
