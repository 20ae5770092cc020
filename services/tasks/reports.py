"""What is told about many tasks at once: how things stand, the next dates of a series, and what was done by whom."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from pydantic_core import from_json, to_json

from services.tasks import render
from services.tasks.requests.activity import sought_of
from services.tasks.requests.cursors import cursor_of
from services.tasks.requests.references import Target, find, resolve
from services.tasks.sentences import sentence
from services.tasks.store import Connection, activity, listing, overview, tags, tasks, users
from services.tasks.store.activity import Made
from services.tasks.store.listing import Place, Selection, Sort
from services.tasks.store.names import Scope
from services.tasks.store.overview import Moments
from services.tasks.store.users import User
from taskora.api.wire import ActivityQuery, OverviewQuery
from taskora.domain.actor import ActorKind
from taskora.domain.due import Due, local_datetime
from taskora.domain.edits import describe
from taskora.domain.errors import Conflict
from taskora.domain.fields import check_said_at
from taskora.domain.preferences import Preferences, WeekStart
from taskora.domain.recurrence import upcoming
from taskora.domain.series import Repeat, Series, SeriesState
from taskora.domain.task import Task
from taskora.domain.wording import due_text
from taskora.nlu.reading import Context
from taskora.runtime.ports import Clock
from taskora.storage.database import Database

Json = dict[str, Any]
TAGS_SHOWN = 20
_FIRST_DAYS = {WeekStart.MONDAY: 0, WeekStart.SATURDAY: 5, WeekStart.SUNDAY: 6}
_BY_TIME: Sort = (("due", False), ("priority", False))
_ACTORS = {ActorKind.USER: "you", ActorKind.AGENT: "the agent", ActorKind.SYSTEM: "Taskora"}


class Reports:
    """Reads one database under one clock. `defaults` are the preferences of a user who chose none."""

    def __init__(self, database: Database, clock: Clock, defaults: Preferences) -> None:
        self._database = database
        self._clock = clock
        self._defaults = defaults

    async def overview(self, user_id: str, query: OverviewQuery) -> bytes:
        """Return how things stand at an instant. Raises InvalidField for one at which nobody said anything."""
        now = self._clock.now() if query.said_at is None else check_said_at(query.said_at)

        def look(connection: Connection) -> Json:
            return _overview(connection, users.find(connection, user_id, self._defaults), now, query.limit)

        return to_json(await self._database.read(look))

    async def dates(self, user_id: str, reference: str, count: int) -> bytes:
        """Return the next dates of a task's series. Raises NotFound, and Conflict for a task that does not repeat."""
        now = self._clock.now()

        def look(connection: Connection) -> Json:
            task, series = find(connection, user_id, reference)
            if series is None:
                raise Conflict(f"{describe(task)} does not repeat.")
            user = users.find(connection, user_id, self._defaults)
            open_one = tasks.open_occurrence(connection, user_id, series.id)
            latest = task if open_one is None else open_one[0]
            return _dates(task, _following(series, latest, user.zone, now), series.repeat, count, user.zone)

        return to_json(await self._database.read(look))

    async def activity(self, user_id: str, query: ActivityQuery) -> bytes:
        """Return what was done, the newest first.

        Raises NotUnderstood for words of no period, NotFound or Ambiguous for a task, InvalidField for a bad cursor.
        """
        subject = None
        if query.task is not None:
            (target,) = await resolve(self._database, user_id, [query.task], tuple(Scope))
            if not isinstance(target, Target):
                raise target
            subject = target.task_id
        now = self._clock.now() if query.said_at is None else check_said_at(query.said_at)

        def look(connection: Connection) -> Json:
            user = users.find(connection, user_id, self._defaults)
            sought = replace(sought_of(query, Context(now, user.preferences)), subject=subject)
            made = activity.page(connection, user_id, sought, query.limit + 1)
            return _activity(made, query.limit, user.zone)

        return to_json(await self._database.read(look))


def moments_of(now: dt.datetime, preferences: Preferences) -> Moments:
    """Return where the user's day and week begin and end."""
    today = local_datetime(now, preferences.zone).date()
    first = today - dt.timedelta(days=(today.weekday() - _FIRST_DAYS[preferences.week_start]) % 7)
    days = (today, today + dt.timedelta(days=1), first, first + dt.timedelta(days=7))
    return Moments(now, *(Due(day).instant(preferences.zone) for day in days))


def _overview(connection: Connection, user: User, now: dt.datetime, limit: int) -> Json:
    moments = moments_of(now, user.preferences)
    local = local_datetime(now, user.zone)
    counted = [one for one in tags.of_user(connection, user.user_id) if one[1]]
    used = sorted(counted, key=lambda one: -one[1])[:TAGS_SHOWN]
    return {
        "now": local.isoformat(timespec="seconds"),
        "zone": user.zone,
        "today": local.date().isoformat(),
        **overview.counts(connection, user.user_id, moments),
        "tags": [{"name": tag.name, "colour": tag.colour, "open": number} for tag, number in used],
        "attention": _attention(connection, user, moments, limit),
    }


def _attention(connection: Connection, user: User, moments: Moments, limit: int) -> list[Json]:
    """Return the overdue tasks, then those due today, each in the order of their time."""
    if not limit:
        return []
    overdue = Selection(status="open", overdue_at=(moments.now, moments.today))
    today = Selection(status="open", due_from=moments.today, due_before=moments.tomorrow)
    first = _tasks(connection, user, overdue, limit)
    known = {task["id"] for task in first}
    rest = _tasks(connection, user, today, limit) if len(first) < limit else []
    return [*first, *(task for task in rest if task["id"] not in known)][:limit]


def _tasks(connection: Connection, user: User, wanted: Selection, limit: int) -> list[Json]:
    page = listing.page(connection, user.user_id, wanted, Place(_BY_TIME, limit), render.form(user.zone))
    return [from_json(one) if isinstance(one, str) else render.task(*one, user.zone) for one in page.tasks]


def _dates(task: Task, following: Iterable[Due], repeat: Repeat, count: int, user_zone: str) -> Json:
    dues = list(islice(following, count + 1))
    return {
        "task_id": task.id,
        "dates": [render.when(due, user_zone) for due in dues[:count]],
        "text": render.rule_words(repeat),
        "ends": len(dues) <= count,
    }


def _following(series: Series, latest: Task, user_zone: str, now: dt.datetime) -> Iterable[Due]:
    """Return the dates after that of the latest occurrence; a stopped series has none."""
    if series.state is SeriesState.STOPPED:
        return ()
    return upcoming(
        series.repeat,
        series.zone or user_zone,
        occurrence=latest.occurrence or latest.due or Due(local_datetime(now, user_zone).date()),
        due=latest.due,
        now=now,
        user_zone=user_zone,
        made=series.made,
    )


def _activity(made: Sequence[Made], limit: int, user_zone: str) -> Json:
    shown = made[:limit]
    answer: Json = {"activity": [_line(one, user_zone) for one in shown], "next_cursor": None}
    if len(made) > limit:
        answer["next_cursor"] = cursor_of((shown[-1].numbered.sequence,), ())
    return answer


def _line(made: Made, user_zone: str) -> Json:
    change = made.numbered.change
    at = local_datetime(change.at, user_zone)
    subject: Any = change.snapshot if change.type.startswith("task.") else change.more.get("task")
    return {
        "sequence": made.numbered.sequence,
        "at": at.isoformat(timespec="seconds"),
        "at_text": due_text(Due(at.date(), at.time(), user_zone)),
        "actor": change.actor.kind.value,
        "actor_text": _ACTORS[change.actor.kind],
        "channel": change.channel.value,
        "command_id": change.command_id,
        "type": change.type,
        "task": None if not subject else {name: subject[name] for name in ("id", "number", "title")},
        "text": sentence(change, user_zone=user_zone, by_undo=made.by_undo),
        "undone": made.undone,
    }
