"""What can be read: one task, lists, preferences, changes. Every answer is built in one read of the database, as bytes."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import to_json

from services.tasks import render
from services.tasks.known import Known, KnownPreferences
from services.tasks.requests.cursors import cursor_of
from services.tasks.requests.queries import Listing, listing_of
from services.tasks.requests.references import Target, find, is_id, number_of, resolve
from services.tasks.store import Connection, listing, names, tags, tasks, users
from services.tasks.store.listing import Page
from services.tasks.store.names import Scope
from services.tasks.store.tasks import Found
from taskora.api.wire import TaskEdit, TaskQuery, TaskTarget
from taskora.domain.due import Due
from taskora.domain.encoding import instant_to_json, preferences_to_json
from taskora.domain.errors import InvalidField, NotFound, Refused, StaleVersion
from taskora.domain.fields import check_said_at
from taskora.domain.preferences import Preferences
from taskora.domain.series import Series
from taskora.domain.task import Task
from taskora.nlu.reading import Context
from taskora.runtime.ports import Clock
from taskora.storage import changes
from taskora.storage.changes import NumberedChange
from taskora.storage.database import Database


class Queries:
    """Reads one database under one clock. `defaults` are the preferences of a user who chose none."""

    def __init__(self, database: Database, clock: Clock, defaults: Preferences) -> None:
        self._database = database
        self._clock = clock
        self._defaults = defaults
        self._known = KnownPreferences()

    async def context(self, user_id: str, said_at: dt.datetime | None, *, sure: bool = True) -> Context:
        """Return what words are read with: the instant at which they were said, and the user's preferences.

        Unless they must be `sure`, the preferences may be those that were read last: a command looks at them again. Raises
        InvalidField for an instant at which nobody said anything.
        """
        now = self._clock.now() if said_at is None else check_said_at(said_at)
        known = None if sure else self._known.of(user_id)
        if known is None:
            user = await self._database.read(lambda connection: users.find(connection, user_id, self._defaults))
            self._known.remember(user_id, user.stored, user.preferences)
            return Context(now, user.preferences)
        return Context(now, known.preferences)

    def plain_context(self) -> Context:
        """Return what fields are read with that mean the same to everybody."""
        return Context(self._clock.now(), self._defaults)

    async def targets(
        self, user_id: str, tasks: Sequence[TaskTarget | InvalidField], scopes: Sequence[Scope]
    ) -> list[Target | Refused]:
        """Return which task each item means; ids need no look."""
        references = [task.task if isinstance(task, TaskTarget) else "" for task in tasks]
        if all(is_id(reference) for reference in references):
            return [Target(reference) for reference in references]
        return await resolve(self._database, user_id, references, scopes)

    async def target(self, user_id: str, reference: str) -> Target:
        """Return the task of an id or a number, and of nothing else. Raises NotFound for a number that no task has."""
        if is_id(reference):
            return Target(reference)
        number = number_of(reference)
        task_id = None
        if number is not None:
            task_id = await self._database.read(lambda connection: names.id_of(connection, user_id, number))
        if task_id is None:
            raise NotFound(advice="List the tasks to see what there is.")
        return Target(task_id)

    async def dues(
        self, user_id: str, edits: Sequence[TaskEdit | InvalidField], targets: Sequence[Target | Refused]
    ) -> list[Due | None]:
        """Return the present due of each task that shall repeat from there on; None for the others."""
        asked = [
            target.task_id
            if isinstance(edit, TaskEdit) and isinstance(target, Target) and (edit.repeat or edit.rrule)
            else None
            for edit, target in zip(edits, targets, strict=True)
        ]
        wanted = [task_id for task_id in asked if task_id is not None]
        if not wanted:
            return [None] * len(edits)
        shown = await self._database.read(lambda connection: names.shown(connection, user_id, wanted))
        dues = {task.id: task.due for task in shown}
        return [None if task_id is None else dues.get(task_id) for task_id in asked]

    async def task(self, user_id: str, reference: str) -> tuple[bytes, int]:
        """Return one task by id or number, also from the trash, and its version. Raises NotFound."""
        return await self._database.read(lambda connection: self._task(connection, user_id, reference))

    async def lookup(self, user_id: str, named: Sequence[TaskTarget | InvalidField], scopes: Sequence[Scope]) -> bytes:
        """Return for each item the task that it means, or why there is none."""
        targets = await self.targets(user_id, named, scopes)
        results = await self._database.read(lambda connection: self._lookup(connection, user_id, named, targets))
        return to_json({"command_id": None, "results": results})

    async def tasks(self, user_id: str, query: TaskQuery) -> bytes:
        """Return a page of tasks. Raises NotUnderstood or InvalidField that names the parameter."""
        now = self._clock.now() if query.said_at is None else check_said_at(query.said_at)
        known = self._known.of(user_id)
        shown = None
        if known is not None:
            shown = await self._database.read(lambda connection: _page_of(connection, user_id, query, now, known))
        if shown is None:
            shown = await self._database.read(lambda connection: self._page(connection, user_id, query, now))
        return shown

    async def tags(self, user_id: str) -> bytes:
        """Return the user's tags with the number of open tasks of each."""
        found = await self._database.read(lambda connection: tags.of_user(connection, user_id))
        return to_json({"tags": [{"name": tag.name, "colour": tag.colour, "open": count} for tag, count in found]})

    async def preferences(self, user_id: str) -> bytes:
        """Return the user's preferences."""
        context = await self.context(user_id, None)
        return to_json(preferences_to_json(context.preferences))

    async def changes(self, user_id: str, since: int, limit: int) -> bytes:
        """Return at most `limit` of the user's changes after a number."""
        log = await self._database.read(
            lambda connection: changes.since(connection, "tasks", user_id, since, limit + 1)
        )
        return to_json({"changes": [_change(numbered) for numbered in log[:limit]], "more": len(log) > limit})

    def _page(self, connection: Connection, user_id: str, query: TaskQuery, now: dt.datetime) -> bytes:
        preferences = users.find(connection, user_id, self._defaults).preferences
        asked = listing_of(query, Context(now, preferences))
        page = listing.page(connection, user_id, asked.wanted, asked.place, render.form(preferences.zone))
        self._known.remember(user_id, page.chosen, preferences)
        return _page_json(page, asked, preferences.zone)

    def _task(self, connection: Connection, user_id: str, reference: str) -> tuple[bytes, int]:
        found = find(connection, user_id, reference)
        user = users.find(connection, user_id, self._defaults)
        return to_json(render.task(*found, user.zone)), found[0].version

    def _lookup(
        self,
        connection: Connection,
        user_id: str,
        named: Sequence[TaskTarget | InvalidField],
        targets: Sequence[Target | Refused],
    ) -> list[dict[str, Any]]:
        ids = list({target.task_id for target in targets if isinstance(target, Target)})
        found = {one[0].id: one for one in tasks.by_ids(connection, user_id, ids)} if ids else {}
        zone = users.find(connection, user_id, self._defaults).zone
        results = []
        for item, target in zip(named, targets, strict=True):
            outcome = item if isinstance(item, InvalidField) else _meant(item, target, found)
            if isinstance(outcome, Refused):
                results.append({"ok": False, "problem": render.problem(outcome, zone)})
            else:
                assumed = list(target.assumptions) if isinstance(target, Target) else []
                results.append({"ok": True, "task": render.task(*outcome, zone), "assumptions": assumed})
        return results


def _meant(item: TaskTarget, target: Target | Refused, found: Mapping[str, Found]) -> Found | Refused:
    """Return the task of an item; with a version only if it is at that one."""
    if isinstance(target, Refused):
        return target
    one = found.get(target.task_id)
    if one is None:
        return NotFound(field="task", advice="List the tasks to see what there is.")
    if item.version in {None, one[0].version}:
        return one
    said = f"The task is at version {one[0].version}, not {item.version}."
    return StaleVersion(said, field="version", extra={"found": one})


def _page_of(connection: Connection, user_id: str, query: TaskQuery, now: dt.datetime, known: Known) -> bytes | None:
    """Return a page by one statement; None when it takes more, or when the preferences are others by now."""
    try:
        asked = listing_of(query, Context(now, known.preferences))
    except Refused:  # as the preferences are now it may be understood
        return None
    zone = known.preferences.zone
    page = listing.page_at_once(connection, user_id, asked.wanted, asked.place, render.form(zone))
    return None if page is None or page.chosen != known.stored else _page_json(page, asked, zone)


def _page_json(page: Page, asked: Listing, user_zone: str) -> bytes:
    beside: dict[str, Any] = {"total": page.total}
    if page.after is not None:
        beside["next_cursor"] = cursor_of(page.after, asked.place.sort)
    if asked.period is not None:
        beside["period"] = asked.period
    tasks = (shown if isinstance(shown, str) else _shown(*shown, user_zone) for shown in page.tasks)
    return b'{"tasks":[' + ",".join(tasks).encode() + b"]," + to_json(beside)[1:]


def _shown(task: Task, series: Series | None, user_zone: str) -> str:
    return to_json(render.task(task, series, user_zone)).decode()


def _change(numbered: NumberedChange) -> dict[str, object]:
    change = numbered.change
    return {
        "sequence": numbered.sequence,
        "event_id": change.event_id,
        "type": change.type,
        "subject": change.subject,
        "at": instant_to_json(change.at),
        "actor": {"kind": change.actor.kind.value, "name": change.actor.name},
        "channel": change.channel.value,
        "command_id": change.command_id,
        "changes": change.fields,
        "snapshot": change.snapshot,
    }
