"""The routes that change one task by its address: PATCH and DELETE, on condition of a version (`If-Match`) where one is named.

They are commands of one item. The answer is that of the item; a refusal is a problem with a status of its own, 412 where the
task is at another version than `If-Match` says.
"""

from typing import Any

from fastapi import Request
from pydantic_core import to_json
from starlette.responses import Response

from services.kit.etags import etag, expected_version
from services.kit.identity import Identity
from services.tasks.commands.run import Commands
from services.tasks.commands.trash import delete_task
from services.tasks.queries import Queries
from services.tasks.requests.bodies import edit_of_patch, parse
from services.tasks.requests.items import change
from services.tasks.requests.orders import order_of
from services.tasks.requests.queries import parse_params
from services.tasks.work import Item
from taskora.api.problems import from_problem
from taskora.api.wire import DeleteQuery, TaskPatch
from taskora.domain.actor import Principal
from taskora.domain.errors import PreconditionFailed, Refused, StaleVersion

Answer = dict[str, Any]


class SingleRoutes:
    """Endpoints over the commands, each for one task; `queries` tells which number is which task."""

    def __init__(self, commands: Commands, queries: Queries, identity: Identity) -> None:
        self._commands = commands
        self._queries = queries
        self._identity = identity

    async def update(self, request: Request) -> Response:
        """Change a task; what is not sent stays."""
        principal = await self._identity(request)
        body = await request.body()
        patch = parse(TaskPatch, body)
        target = await self._queries.target(principal.user_id, request.path_params["reference"])
        edit = edit_of_patch(patch, target.task_id, expected_version(request))
        context = await self._queries.context(principal.user_id, patch.said_at)
        (due,) = await self._queries.dues(principal.user_id, [edit], [target])
        item = change(edit, target, context, due)
        return await self._do(request, principal, "update", body, item, dry_run=patch.dry_run)

    async def delete(self, request: Request) -> Response:
        """Move a task to the trash."""
        principal = await self._identity(request)
        query = parse_params(DeleteQuery, request.query_params)
        target = await self._queries.target(principal.user_id, request.path_params["reference"])
        item = delete_task(target.task_id, expected_version(request))
        return await self._do(request, principal, "delete", b"", item, dry_run=query.dry_run)

    async def _do(
        self, request: Request, principal: Principal, kind: str, body: bytes, item: Item | Refused, *, dry_run: bool
    ) -> Response:
        condition = request.headers.get("if-match", "")
        asked = "\n".join((request.url.path, condition)).encode() + body
        order = order_of(request, principal, kind, asked, dry_run=dry_run)
        answer = await self._commands.batch(order, lambda _: [item])
        return _answered(answer, conditional=bool(condition))


def _answered(answer: Answer, *, conditional: bool) -> Response:
    """Return the answer of the only item. Raises the error that its problem stands for."""
    (result,) = answer.pop("results")
    if not result["ok"]:
        error = from_problem(result["problem"])
        if conditional and isinstance(error, StaleVersion):
            raise PreconditionFailed(error.detail, field="If-Match", extra=error.extra)
        raise error
    headers = {"ETag": etag(to_json(result["task"]), result["task"]["version"])}
    return Response(to_json({**answer, **result}), headers=headers, media_type="application/json")
