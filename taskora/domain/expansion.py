"""One rule as the wall times it names, from any point on. The only place that calls python-dateutil's `rrule`."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from heapq import merge

from dateutil import rrule as dateutil

from taskora.domain.rules import Parts, explicit, parse
from taskora.domain.series import Rule

HORIZON = dt.timedelta(days=366 * 41)
"""A rule without a date in so many years has none (the rarest real one, a weekday on 29 February, skips 40)."""

_LAST_DAY = dt.datetime(9999, 12, 31)  # noqa: DTZ001  a wall time
_FREQ = {name: getattr(dateutil, name) for name in ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY")}
_LAST_DAYS = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}


def walls(rule: Rule, since: dt.date) -> Iterator[dt.datetime]:
    """Yield the wall times of a rule on or after a local day, in order; an all-day rule's are at midnight.

    Days that fall together on a month's last one come twice. Ends in the year 9999, or when forty years hold no date.
    """
    parts = explicit(parse(rule.rrule), rule.start)
    streams = [_expand(part, rule, since) for part in _clamped(parts)]
    return streams[0] if len(streams) == 1 else merge(*streams)


def _clamped(parts: Parts) -> list[Parts]:
    """Split off the days that some month lacks, each as "the last day of the month up to this one"."""
    literal = parts.weekdays or parts.positions or parts.year_days or parts.weeks
    if parts.freq not in {"MONTHLY", "YEARLY"} or literal or not any(day > 28 for day in parts.month_days):
        return [parts]
    plain = tuple(day for day in parts.month_days if day <= 28)
    split = [replace(parts, month_days=plain)] if plain else []
    for day in (day for day in parts.month_days if day > 28):
        if parts.freq == "MONTHLY":
            split.append(replace(parts, month_days=tuple(range(28, day + 1)), positions=(-1,)))
        else:
            split += _clamped_in_year(parts, day)
    return split


def _clamped_in_year(parts: Parts, day: int) -> list[Parts]:
    months = parts.months or tuple(range(1, 13))
    by_last_day = {last: tuple(month for month in months if _LAST_DAYS.get(month, 31) == last) for last in (30, 31)}
    split = [replace(parts, months=some, month_days=(min(day, last),)) for last, some in by_last_day.items() if some]
    if 2 in months:
        split.append(replace(parts, months=(2,), month_days=(28, 29), positions=(-1,)))
    return split


def _expand(parts: Parts, rule: Rule, since: dt.date) -> Iterator[dt.datetime]:
    time = rule.time or dt.time(0)
    origin = dt.datetime.combine(rule.start, time if parts.within_a_day else dt.time(0))
    window = max(origin, dt.datetime.combine(since, dt.time(0)))
    while True:
        found = False
        end = window + HORIZON if window < _LAST_DAY - HORIZON else _LAST_DAY
        if parts.within_a_day and not _has_days(parts, origin, window, end):
            return
        for wall in _window(parts, origin, window, end):
            found = True
            yield wall if parts.within_a_day else dt.datetime.combine(wall.date(), time)
        if not found or end == _LAST_DAY:
            return
        window = end


def _has_days(parts: Parts, origin: dt.datetime, window: dt.datetime, end: dt.datetime) -> bool:
    """Ask cheaply whether any day fits a rule of hours or minutes: stepping through years of minutes takes too long."""
    if not (parts.months or parts.month_days or parts.year_days or parts.weekdays):
        return True
    days = replace(parts, freq="YEARLY", interval=1, hours=(), minutes=(), positions=())
    new_year = dt.datetime.combine(origin.replace(month=1, day=1), dt.time(0))
    return next(_window(days, new_year, dt.datetime.combine(window, dt.time(0)), end), None) is not None


def _window(parts: Parts, origin: dt.datetime, window: dt.datetime, end: dt.datetime) -> Iterator[dt.datetime]:
    """Yield the rule's wall times in [window, end)."""
    try:
        expanded = dateutil.rrule(
            _FREQ[parts.freq],
            dtstart=_near(parts, origin, window),
            interval=parts.interval,
            wkst=parts.week_start,
            bymonth=parts.months or None,
            bymonthday=parts.month_days or None,
            byyearday=parts.year_days or None,
            byweekno=parts.weeks or None,
            byweekday=[dateutil.weekday(day, ordinal or None) for ordinal, day in parts.weekdays] or None,
            byhour=parts.hours or None,
            byminute=parts.minutes or None,
            bysetpos=parts.positions or None,
            until=end,
        )
    except ValueError:  # dateutil refuses hours that the interval can never reach
        return
    try:
        for wall in expanded:
            if window <= wall < end:
                yield wall
    except ValueError:  # dateutil looks for days beyond the year 9999
        return


def _near(parts: Parts, origin: dt.datetime, window: dt.datetime) -> dt.datetime:
    """Return a start in the phase of the interval, at or before the window, so that nothing inside it is missed."""
    if window <= origin:
        return origin
    if parts.freq == "YEARLY":
        steps = (window.year - origin.year) // parts.interval
        return origin.replace(year=origin.year + steps * parts.interval, month=1, day=1) if steps else origin
    if parts.freq == "MONTHLY":
        months = (window.year - origin.year) * 12 + window.month - origin.month
        months = months // parts.interval * parts.interval
        year, month = divmod(origin.year * 12 + origin.month - 1 + months, 12)
        return origin.replace(year=year, month=month + 1, day=1) if months else origin
    unit = {"WEEKLY": 7 * 1440, "DAILY": 1440, "HOURLY": 60, "MINUTELY": 1}[parts.freq]
    step = dt.timedelta(minutes=unit * parts.interval)
    return origin + (window - origin) // step * step
