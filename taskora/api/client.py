"""The typed client of the task service: mcp_server, the agent's doors and the terminal use it. Knows no rule of tasks.

Answers come back as wire models; a refused request raises the error of the domain's tree that its problem names. An item
of a batch that was refused raises nothing: it is a result with its problem.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import httpx2
from pydantic import BaseModel

from taskora.api import wire
from taskora.api.problems import from_problem
from taskora.domain.errors import Unavailable

Model = TypeVar("Model", bound=BaseModel)
BASE = "/api/v1"


class TasksClient:
    """One method per route of the task service; those of a single task are left out, since each is a batch of one.

    `token` signs an internal token for each request; `correlation_id` and `traceparent` are those of what this one serves.
    """

    def __init__(
        self,
        http: httpx2.AsyncClient,
        token: Callable[[], str],
        *,
        correlation_id: Callable[[], str | None] = lambda: None,
        traceparent: Callable[[], str | None] = lambda: None,
    ) -> None:
        self._http = http
        self._token = token
        self._following = {"X-Correlation-ID": correlation_id, "traceparent": traceparent}

    async def create(
        self,
        items: Sequence[wire.NewTask],
        *,
        said_at: dt.datetime | None = None,
        key: str | None = None,
        atomic: bool = False,
        dry_run: bool = False,
    ) -> wire.BatchAnswer:
        """Create tasks. `said_at` is the instant at which the words were said; `key` makes a repetition harmless.

        Of every command: `atomic` asks for all items or none, `dry_run` what would become of them without doing it.
        """
        return await self._batch("POST", "/tasks", _body(items, atomic, dry_run, said_at), key)

    async def update(
        self,
        items: Sequence[wire.TaskEdit],
        *,
        said_at: dt.datetime | None = None,
        key: str | None = None,
        atomic: bool = False,
        dry_run: bool = False,
    ) -> wire.BatchAnswer:
        """Change tasks; what an item does not send stays."""
        return await self._batch("PATCH", "/tasks", _body(items, atomic, dry_run, said_at), key)

    async def complete(
        self, items: Sequence[wire.TaskTarget], *, key: str | None = None, atomic: bool = False, dry_run: bool = False
    ) -> wire.BatchAnswer:
        """Complete tasks. The next occurrence of a repeating one comes a moment later (`next` of the completed task)."""
        return await self._batch("POST", "/tasks/complete", _body(items, atomic, dry_run), key)

    async def skip(
        self, items: Sequence[wire.TaskTarget], *, key: str | None = None, atomic: bool = False, dry_run: bool = False
    ) -> wire.BatchAnswer:
        """Move repeating tasks to their next date and leave the present one out; the last one of a series goes to the trash."""
        return await self._batch("POST", "/tasks/skip", _body(items, atomic, dry_run), key)

    async def stop(
        self, items: Sequence[wire.TaskTarget], *, key: str | None = None, atomic: bool = False, dry_run: bool = False
    ) -> wire.BatchAnswer:
        """Let tasks repeat no more; the open occurrence of each series stays as its last."""
        return await self._batch("POST", "/tasks/stop", _body(items, atomic, dry_run), key)

    async def reopen(
        self, items: Sequence[wire.TaskTarget], *, key: str | None = None, atomic: bool = False, dry_run: bool = False
    ) -> wire.BatchAnswer:
        """Open completed tasks again."""
        return await self._batch("POST", "/tasks/reopen", _body(items, atomic, dry_run), key)

    async def delete(
        self, items: Sequence[wire.TaskTarget], *, key: str | None = None, atomic: bool = False, dry_run: bool = False
    ) -> wire.BatchAnswer:
        """Move tasks to the trash."""
        return await self._batch("POST", "/tasks/delete", _body(items, atomic, dry_run), key)

    async def restore(
        self, items: Sequence[wire.TaskTarget], *, key: str | None = None, atomic: bool = False, dry_run: bool = False
    ) -> wire.BatchAnswer:
        """Bring tasks back from the trash."""
        return await self._batch("POST", "/tasks/restore", _body(items, atomic, dry_run), key)

    async def undo(self, *, key: str | None = None, dry_run: bool = False) -> wire.UndoAnswer:
        """Take the last command back. Raises Conflict when there is none."""
        return await self._send(wire.UndoAnswer, "POST", "/undo", json=_flags(dry_run=dry_run), key=key)

    async def undo_command(self, command_id: str, *, key: str | None = None, dry_run: bool = False) -> wire.UndoAnswer:
        """Take back the command of that id. Raises NotFound, or Conflict when it was undone already."""
        body = {"command_id": command_id, **_flags(dry_run=dry_run)}
        return await self._send(wire.UndoAnswer, "POST", "/undo", json=body, key=key)

    async def tasks(self, query: wire.TaskQuery | None = None) -> wire.TaskPage:
        """List tasks. Raises NotUnderstood for a `when` that can't be read and InvalidField for a bad cursor."""
        return await self._send(wire.TaskPage, "GET", "/tasks", params=_params(query))

    async def lookup(self, items: Sequence[wire.TaskTarget], *, scope: wire.Among = "any") -> wire.BatchAnswer:
        """Return the task that each item means, or why there is none. `scope`: among which a title is looked for."""
        return await self._send(wire.BatchAnswer, "POST", "/tasks/lookup", json={**_body(items), "scope": scope})

    async def task(self, reference: str) -> wire.Task:
        """Return one task by its id or number, also from the trash. Raises NotFound."""
        return await self._send(wire.Task, "GET", f"/tasks/{reference.removeprefix('#')}")

    async def dates(self, reference: str, *, count: int = 5) -> wire.Dates:
        """Return the next dates of a task's series. Raises NotFound, or Conflict when it does not repeat."""
        path = f"/tasks/{reference.removeprefix('#')}/dates"
        return await self._send(wire.Dates, "GET", path, params={"count": count})

    async def overview(self, query: wire.OverviewQuery | None = None) -> wire.Overview:
        """Return how things stand: counts, tags, and the tasks that need attention."""
        return await self._send(wire.Overview, "GET", "/overview", params=_params(query))

    async def activity(self, query: wire.ActivityQuery | None = None) -> wire.ActivityPage:
        """Return what was done, the newest first, each in one line of words."""
        return await self._send(wire.ActivityPage, "GET", "/activity", params=_params(query))

    async def tags(self) -> wire.TagPage:
        """Return all tags of the user."""
        return await self._send(wire.TagPage, "GET", "/tags")

    async def update_tags(
        self, items: Sequence[wire.TagEdit], *, key: str | None = None, atomic: bool = False, dry_run: bool = False
    ) -> wire.TagAnswer:
        """Rename or colour tags; a name that another tag has joins the two."""
        return await self._send(wire.TagAnswer, "PATCH", "/tags", json=_body(items, atomic, dry_run), key=key)

    async def delete_tags(
        self, items: Sequence[wire.TagTarget], *, key: str | None = None, atomic: bool = False, dry_run: bool = False
    ) -> wire.TagAnswer:
        """Take tags away, from their tasks too."""
        return await self._send(wire.TagAnswer, "POST", "/tags/delete", json=_body(items, atomic, dry_run), key=key)

    async def preferences(self) -> wire.Preferences:
        """Return the user's preferences."""
        return await self._send(wire.Preferences, "GET", "/preferences")

    async def set_preferences(
        self, edit: wire.PreferencesEdit, *, key: str | None = None, dry_run: bool = False
    ) -> wire.PreferencesAnswer:
        """Change preferences; what is not set in `edit` stays. With `dry_run` they come as they would be."""
        body = edit.model_dump(mode="json", exclude_unset=True) | _flags(dry_run=dry_run)
        return await self._send(wire.PreferencesAnswer, "PATCH", "/preferences", json=body, key=key)

    async def changes(self, since: int = 0, *, limit: int | None = None) -> wire.ChangePage:
        """Return the user's changes after a sequence number."""
        params = {"since": since} if limit is None else {"since": since, "limit": limit}
        return await self._send(wire.ChangePage, "GET", "/changes", params=params)

    async def _batch(self, method: str, path: str, body: dict[str, object], key: str | None) -> wire.BatchAnswer:
        return await self._send(wire.BatchAnswer, method, path, json=body, key=key)

    async def _send(
        self,
        model: type[Model],
        method: str,
        path: str,
        *,
        json: object | None = None,
        params: Mapping[str, object] | None = None,
        key: str | None = None,
    ) -> Model:
        headers = {"Authorization": f"Bearer {self._token()}"}
        if key is not None:
            headers["Idempotency-Key"] = key
        following = {name: value_of() for name, value_of in self._following.items()}
        headers |= {name: value for name, value in following.items() if value is not None}
        try:
            response = await self._http.request(method, BASE + path, headers=headers, json=json, params=_flat(params))
        except httpx2.TransportError as error:
            raise Unavailable("The task service can't be reached.") from error
        if response.is_error:
            raise _refusal(response)
        return model.model_validate_json(response.content)


def _body(
    items: Sequence[BaseModel], atomic: bool = False, dry_run: bool = False, said_at: dt.datetime | None = None
) -> dict[str, object]:
    sent = [item.model_dump(mode="json", exclude_unset=True) for item in items]
    said = {} if said_at is None else {"said_at": said_at.isoformat()}
    return {"items": sent, **said, **_flags(atomic=atomic, dry_run=dry_run)}


def _flags(**flags: bool) -> dict[str, object]:
    """Return the members that are asked for; one that is not is not sent."""
    return {name: True for name, asked in flags.items() if asked}


def _params(query: BaseModel | None) -> dict[str, object]:
    asked = {} if query is None else query.model_dump(mode="json", exclude_defaults=True)
    return {name: str(value).lower() if isinstance(value, bool) else value for name, value in asked.items()}


def _flat(params: Mapping[str, object] | None) -> tuple[tuple[str, str], ...] | None:
    """Repeat a parameter for each value of a list."""
    if params is None:
        return None
    return tuple(
        (name, str(one)) for name, value in params.items() for one in (value if isinstance(value, list) else [value])
    )


def _refusal(response: httpx2.Response) -> Exception:
    """Return the error that a problem answer stands for."""
    try:
        problem = response.json()
    except ValueError:
        problem = None
    if not isinstance(problem, dict) or "code" not in problem:
        return Unavailable(f"The task service answered with status {response.status_code}.")
    return from_problem(problem)
