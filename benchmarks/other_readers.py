"""Other libraries that read dates in words, asked the same phrases: dateparser (a search in the line) and recurrent.

Neither gives a title back; only the due is compared, and whether a false friend is taken for a date.
"""

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

import dateparser.search  # type: ignore[import-untyped]  # it has no types
from dateutil.rrule import rrulestr
from recurrent import RecurringEvent  # type: ignore[import-untyped]  # it has no types

from taskora.nlu.reader import read_line
from taskora.nlu.reading import Context

Due = tuple[dt.date, dt.time | None]
Reader = Callable[[str, Context], Due | None]


def by_taskora(text: str, context: Context) -> Due | None:
    """Return the due of the first command that has one."""
    found = next((command.due for command in read_line(text, context).commands if command.due is not None), None)
    return (found.date, found.time) if found is not None else None


def by_dateparser(text: str, context: Context) -> Due | None:
    """Return the first date that a search finds, the future preferred."""
    settings = {"RELATIVE_BASE": _wall(context), "PREFER_DATES_FROM": "future", "RETURN_TIME_AS_PERIOD": True}
    found = dateparser.search.search_dates(text, languages=["en"], settings=settings)
    return (found[0][1].date(), found[0][1].time()) if found else None


def by_recurrent(text: str, context: Context) -> Due | None:
    """Return the date, or the first one of the rule, that recurrent finds."""
    now = _wall(context)
    found = RecurringEvent(now_date=now).parse(text)
    if isinstance(found, str):
        found = next(iter(rrulestr(found, dtstart=now)), None)
    return (found.date(), found.time()) if isinstance(found, dt.datetime) else None


READERS: dict[str, Reader] = {"Taskora": by_taskora, "dateparser": by_dateparser, "recurrent": by_recurrent}


def _wall(context: Context) -> dt.datetime:
    return context.now.astimezone(ZoneInfo(context.preferences.zone)).replace(tzinfo=None)
