"""The query of a list as a selection: words of a period, days and wall times become instants in the user's zone."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, TypeVar

from pydantic import Field, ValidationError
from starlette.datastructures import QueryParams

from services.kit.problems import invalid
from services.tasks.requests.cursors import read_cursor
from services.tasks.requests.said import read
from services.tasks.store.listing import SORTS, Place, Selection, Sort
from taskora.api.wire import Asked, TaskQuery
from taskora.domain.due import Due, local_datetime
from taskora.domain.errors import InvalidField
from taskora.domain.fields import check_date, tag_key
from taskora.domain.wording import due_text
from taskora.nlu.reader import read_period
from taskora.nlu.reading import Context, Filter

_DAY = dt.timedelta(days=1)
_LISTS = ("tag", "any_tag", "no_tag")
CHANGES_LIMIT = 200
Query = TypeVar("Query", bound=Asked)


@dataclass(frozen=True, slots=True)
class Listing:
    """What is to be listed. `period` is what words of a period were read as, for the answer."""

    wanted: Selection
    place: Place
    period: Mapping[str, object] | None


def parse_query(params: QueryParams) -> TaskQuery:
    """Read the query of a list. Raises InvalidField for a parameter that is unknown or has the wrong form."""
    try:
        return TaskQuery.model_validate({**params, **{name: params.getlist(name) for name in _LISTS}})
    except ValidationError as error:
        raise invalid(error.errors(include_url=False)) from error


def parse_params(model: type[Query], params: QueryParams) -> Query:
    """Read a query without lists. Raises InvalidField for a parameter that is unknown or has the wrong form."""
    try:
        return model.model_validate(dict(params))
    except ValidationError as error:
        raise invalid(error.errors(include_url=False)) from error


class ChangesQuery(Asked):
    """After which number changes are asked for, and how many at most."""

    since: Annotated[int, Field(ge=0, lt=2**53)] = 0
    limit: Annotated[int, Field(ge=1, le=CHANGES_LIMIT)] = CHANGES_LIMIT


def listing_of(query: TaskQuery, context: Context) -> Listing:
    """Return what a query asks for. Raises NotUnderstood or InvalidField that names the parameter."""
    spoken = Filter() if query.when is None else read(query.when, "when", read_period, context)
    finished = query.status == "completed" or query.completed_from is not None or query.completed_to is not None
    sort = _sort(query.sort or spoken.sort or _default_sort(query, finished=finished))
    zone = context.preferences.zone
    due_from, due_before, completed = _bounds(query, spoken, zone, finished=finished)
    minimum = query.min_priority or spoken.min_priority
    exact = query.priority or spoken.priority
    wanted = Selection(
        status=_status(query, spoken, finished=finished),
        trash=query.trash,
        due_from=due_from,
        due_before=due_before,
        no_due=query.no_due or spoken.no_due,
        overdue_at=_overdue_at(context) if query.overdue or spoken.overdue else None,
        completed_from=completed[0],
        completed_before=completed[1],
        tags=_keys((*query.tag, *spoken.tags)),
        any_tags=_keys(query.any_tag),
        no_tags=_keys(query.no_tag),
        untagged=query.untagged,
        priority=None if exact is None else exact.rank,
        min_priority=None if minimum is None else minimum.rank,
        repeats=query.repeats,
        created_from=None if query.created_from is None else Due(query.created_from).instant(zone),
        created_before=None if query.created_to is None else instant_after(Due(query.created_to), zone),
        text=query.text if query.text is not None else spoken.text,
    )
    after = None if query.cursor is None else read_cursor(query.cursor, sort)
    period = None if query.when is None else _period(spoken)
    return Listing(wanted, Place(sort, query.limit, after, counted=query.total), period)


def _keys(tags: Iterable[str]) -> tuple[str, ...]:
    return tuple(tag_key(tag.strip().lstrip("#")) for tag in tags)


def _sort(text: str) -> Sort:
    keys: dict[str, bool] = {}
    for part in text.split(","):
        turned, name = part.strip().startswith("-"), part.strip().removeprefix("-")
        if name not in SORTS:
            raise InvalidField(f"“{name[:40]}” is no sort key.", field="sort", advice=f"Sort by {', '.join(SORTS)}.")
        keys.setdefault(name, turned)
    return tuple(keys.items())


def _default_sort(query: TaskQuery, *, finished: bool) -> str:
    if query.trash:
        return "-deleted"
    return "-completed" if finished else "due,priority"


def _status(query: TaskQuery, spoken: Filter, *, finished: bool) -> str | None:
    """Return the status asked for: completed when a time of completion is, all in the trash, else open."""
    if query.status is not None:
        return None if query.status == "all" else query.status
    if spoken.status is not None:
        return spoken.status.value
    if finished:
        return "completed"
    return None if query.trash else "open"


Bounds = tuple[dt.datetime | None, dt.datetime | None]


def _bounds(
    query: TaskQuery, spoken: Filter, zone: str, *, finished: bool
) -> tuple[dt.datetime | None, dt.datetime | None, Bounds]:
    """Return the bounds of the due and of the completion; words mean the completion when finished tasks are asked for."""
    completed_from = _first(query.completed_from, spoken.completed_from)
    completed_to = _first(query.completed_to, spoken.completed_to)
    due_from, due_to = spoken.due_from, spoken.due_to
    completed: Bounds = (
        None if completed_from is None else Due(completed_from).instant(zone),
        None if completed_to is None else instant_after(Due(completed_to), zone),
    )
    if finished and completed == (None, None):
        completed = (
            None if due_from is None else due_from.instant(zone),
            None if due_to is None else instant_after(due_to, zone),
        )
        due_from = due_to = None
    due_from = _wall(query.due_from, "due_from", zone) or due_from
    due_to = _wall(query.due_to, "due_to", zone) or due_to
    return (
        None if due_from is None else due_from.instant(zone),
        None if due_to is None else instant_after(due_to, zone),
        completed,
    )


def _first(stated: dt.date | None, spoken: dt.date | None) -> dt.date | None:
    return spoken if stated is None else check_date(stated, "completed_from")


def instant_after(due: Due, zone: str) -> dt.datetime:
    """Return the first instant that is after an inclusive day or wall time."""
    if due.all_day:
        return Due(due.date + _DAY).instant(zone)
    return due.instant(zone) + dt.timedelta.resolution


def _wall(text: str | None, name: str, zone: str) -> Due | None:
    if text is None:
        return None
    try:
        if len(text) <= len("2026-11-20"):
            return Due(check_date(dt.date.fromisoformat(text), name))
        wall = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidField(
            f"“{text[:40]}” is no date.", field=name, advice="Give 2026-11-20 or 2026-11-20T14:00."
        ) from error
    if wall.tzinfo is not None:
        wall = local_datetime(wall, zone).replace(tzinfo=None)
    check_date(wall.date(), name)
    return Due(wall.date(), wall.time(), zone)


def _overdue_at(context: Context) -> tuple[dt.datetime, dt.datetime]:
    zone = context.preferences.zone
    return context.now, Due(local_datetime(context.now, zone).date()).instant(zone)


def _period(spoken: Filter) -> Mapping[str, object]:
    """Return what the words were read as, in ISO forms and in a text for people."""
    texts = [due_text(due) for due in (spoken.due_from, spoken.due_to) if due is not None]
    named = [name for name, given in (("overdue", spoken.overdue), ("no date", spoken.no_due)) if given]
    return {
        "from": _iso(spoken.due_from),
        "to": _iso(spoken.due_to),
        "text": " to ".join(dict.fromkeys(texts)) or ", ".join(named),
    }


def _iso(due: Due | None) -> str | None:
    if due is None:
        return None
    return due.date.isoformat() if due.time is None else f"{due.date.isoformat()}T{due.time.isoformat('minutes')}"
