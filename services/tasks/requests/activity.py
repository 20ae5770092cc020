"""The query of the activity as what is sought in the change log: words of a period become instants in the user's zone."""

import datetime as dt

from services.tasks.requests.cursors import read_cursor
from services.tasks.requests.queries import instant_after
from services.tasks.requests.said import read
from services.tasks.store.activity import Sought
from taskora.api.wire import ActivityQuery
from taskora.domain.due import Due
from taskora.domain.errors import NotUnderstood
from taskora.nlu.reader import read_period
from taskora.nlu.reading import Context, Filter


def sought_of(query: ActivityQuery, context: Context) -> Sought:
    """Return what a query seeks. Raises NotUnderstood for words of no period, InvalidField for a cursor of another list."""
    period = Filter() if query.when is None else read(query.when, "when", read_period, context)
    first, last = _day(period.due_from, period.completed_from), _day(period.due_to, period.completed_to)
    if query.when is not None and first is None and last is None:
        raise NotUnderstood(
            f"“{query.when.strip()[:80]}” says no time.", field="when", advice="Say it as “today” or “last week”."
        )
    zone = context.preferences.zone
    return Sought(
        actor_kind=query.actor,
        channel=query.channel,
        type=query.type,
        at_from=None if first is None else first.instant(zone),
        at_before=None if last is None else instant_after(last, zone),
        below=None if query.cursor is None else read_cursor(query.cursor, ())[0],
    )


def _day(due: Due | None, completed: dt.date | None) -> Due | None:
    return due if completed is None else Due(completed)
