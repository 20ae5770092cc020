"""The routes that change something. Each reads its request, prepares the items, and has the command carried out.

Commands are batches: status 200 and one result per item. What is wrong with the request as a whole is a problem.
"""

import datetime as dt
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from fastapi import Request
from pydantic_core import to_json
from starlette.responses import Response

from services.kit.identity import Identity
from services.tasks.commands.preferences import change_preferences
from services.tasks.commands.run import Commands, OtherPreferences, Plan
from services.tasks.commands.series import skip_task, stop_series
from services.tasks.commands.status import complete_task, reopen_task
from services.tasks.commands.tags import TagItem, change_tags, delete_tag, update_tag
from services.tasks.commands.trash import delete_task, restore_task
from services.tasks.commands.undo import plan_undo
from services.tasks.queries import Queries
from services.tasks.requests.bodies import Batch, PreferencesChange, Undo, parse, parse_item
from services.tasks.requests.choices import choices_of
from services.tasks.requests.items import Makes, change, creation, over_one
from services.tasks.requests.orders import order_of
from services.tasks.store.names import Scope
from taskora.api.wire import TagEdit, TagTarget, TaskEdit, TaskTarget
from taskora.domain.actor import Principal
from taskora.domain.errors import InvalidField, StorageBusy
from taskora.nlu.reading import Context

_PLAIN = frozenset({"title", "description", "priority", "tags"})
"""Fields that mean the same to everybody: no preference is needed to read them."""
_TRIES = 5
"""How often words are read at most, when the user's preferences change between reading and writing."""
Named = TypeVar("Named", bound=TagTarget)


class CommandRoutes:
    """Endpoints over the commands; `queries` tells whose words are read how, and which task words mean."""

    def __init__(self, commands: Commands, queries: Queries, identity: Identity) -> None:
        self._commands = commands
        self._queries = queries
        self._identity = identity

    async def create(self, request: Request) -> Response:
        """Create tasks from words or fields."""
        principal = await self._identity(request)
        body = await request.body()
        batch = parse(Batch, body)

        async def act(context: Context) -> Response:
            items = [creation(sent, context) for sent in batch.items]
            return await self._batch(request, principal, "create", body, lambda _: items, batch=batch, context=context)

        if batch.said_at is None and all(sent.keys() <= _PLAIN for sent in batch.items):
            items = [creation(sent, self._queries.plain_context()) for sent in batch.items]
            return await self._batch(request, principal, "create", body, lambda _: items, batch=batch)
        return await self._as_preferred(principal.user_id, batch.said_at, act)

    async def update(self, request: Request) -> Response:
        """Change tasks; what is not sent stays."""
        principal = await self._identity(request)
        body = await request.body()
        batch = parse(Batch, body)
        edits = [parse_item(TaskEdit, sent) for sent in batch.items]
        targets = await self._queries.targets(principal.user_id, edits, (Scope.OPEN, Scope.COMPLETED))
        dues = await self._queries.dues(principal.user_id, edits, targets)

        async def act(context: Context) -> Response:
            items = [
                edit if isinstance(edit, InvalidField) else change(edit, target, context, due)
                for edit, target, due in zip(edits, targets, dues, strict=True)
            ]
            return await self._batch(request, principal, "update", body, lambda _: items, batch=batch, context=context)

        return await self._as_preferred(principal.user_id, batch.said_at, act)

    async def complete(self, request: Request) -> Response:
        """Complete tasks."""
        return await self._over(request, "complete", complete_task, (Scope.OPEN,))

    async def skip(self, request: Request) -> Response:
        """Move repeating tasks to their next date; the present one is left out."""
        return await self._over(request, "skip", skip_task, (Scope.OPEN,))

    async def stop(self, request: Request) -> Response:
        """Let tasks repeat no more; those that are open stay."""
        return await self._over(request, "stop", stop_series, (Scope.OPEN, Scope.COMPLETED))

    async def reopen(self, request: Request) -> Response:
        """Open completed tasks again."""
        return await self._over(request, "reopen", reopen_task, (Scope.COMPLETED,))

    async def delete(self, request: Request) -> Response:
        """Move tasks to the trash."""
        return await self._over(request, "delete", delete_task, (Scope.OPEN, Scope.COMPLETED))

    async def restore(self, request: Request) -> Response:
        """Bring tasks back from the trash."""
        return await self._over(request, "restore", restore_task, (Scope.TRASH,))

    async def undo(self, request: Request) -> Response:
        """Take a command back."""
        principal = await self._identity(request)
        body = await request.body()
        asked = parse(Undo, body)
        order = order_of(request, principal, "undo", body, dry_run=asked.dry_run)
        return _json(await self._commands.batch(order, lambda work: plan_undo(work, asked.command_id)))

    async def change_preferences(self, request: Request) -> Response:
        """Change preferences; what is not sent stays."""
        principal = await self._identity(request)
        body = await request.body()
        asked = parse(PreferencesChange, body)
        chosen = choices_of(asked)
        order = order_of(request, principal, "preferences", body, dry_run=asked.dry_run)
        return _json(await self._commands.run(order, lambda work: change_preferences(work, chosen)))

    async def update_tags(self, request: Request) -> Response:
        """Rename or colour tags; what is not sent stays."""
        return await self._over_tags(
            request, TagEdit, lambda edit: update_tag(edit.tag, edit.model_dump(exclude_unset=True, exclude={"tag"}))
        )

    async def delete_tags(self, request: Request) -> Response:
        """Take tags away, from their tasks too."""
        return await self._over_tags(request, TagTarget, lambda named: delete_tag(named.tag))

    async def _over_tags(self, request: Request, model: type[Named], make: Callable[[Named], TagItem]) -> Response:
        principal = await self._identity(request)
        body = await request.body()
        batch = parse(Batch, body)
        named = [parse_item(model, sent) for sent in batch.items]
        items = [tag if isinstance(tag, InvalidField) else make(tag) for tag in named]
        order = order_of(request, principal, "tags", body, dry_run=batch.dry_run)
        return _json(await self._commands.run(order, lambda work: change_tags(work, items, atomic=batch.atomic)))

    async def _over(self, request: Request, kind: str, make: Makes, scopes: Sequence[Scope]) -> Response:
        """Carry out a command over tasks that are named and nothing else."""
        principal = await self._identity(request)
        body = await request.body()
        batch = parse(Batch, body)
        named = [parse_item(TaskTarget, sent) for sent in batch.items]
        targets = await self._queries.targets(principal.user_id, named, scopes)
        items = [
            task if isinstance(task, InvalidField) else over_one(make, task, target)
            for task, target in zip(named, targets, strict=True)
        ]
        return await self._batch(request, principal, kind, body, lambda _: items, batch=batch)

    async def _as_preferred(
        self, user_id: str, said_at: dt.datetime | None, act: Callable[[Context], Awaitable[Response]]
    ) -> Response:
        """Carry out a command whose words are read with the user's preferences; again when these were others by then."""
        for tries_left in reversed(range(_TRIES)):
            context = await self._queries.context(user_id, said_at, sure=tries_left < _TRIES - 1)
            try:
                return await act(context)
            except OtherPreferences:
                if not tries_left:
                    raise StorageBusy("The preferences are being changed again and again.") from None
        raise AssertionError("the last try returns or raises")

    async def _batch(
        self,
        request: Request,
        principal: Principal,
        kind: str,
        body: bytes,
        plan: Plan,
        *,
        batch: Batch,
        context: Context | None = None,
    ) -> Response:
        order = order_of(request, principal, kind, body, dry_run=batch.dry_run)
        if context is not None:
            order = replace(order, read_with=context.preferences)
        return _json(await self._commands.batch(order, plan, atomic=batch.atomic))


def _json(answer: object) -> Response:
    return Response(to_json(answer), media_type="application/json")
